"""The states in which a page is looked at, on the demonstration: a table to add rows to.

``State(name, address, who)``: an address may hold ``{places}`` (``places.py``); ``who`` is an
account of the demonstration, nobody where it is empty; ``steps`` brings the page further, to an
error or a preview. Every other view and object comes from the matrix of who gets in where
(``states_of_the_matrix.py``), so that a new view is looked at without a row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Steps = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    name: str
    address: str
    who: str = ""
    steps: Steps | None = None
    #: What it answers before the steps.
    status: int = 200

    def __str__(self) -> str:
        return self.name


# --- steps ------------------------------------------------------------------------------------


def press(name: str) -> Steps:
    """Presses a button, with nothing filled in before."""
    return lambda page: page.get_by_role("button", name=re.compile(name)).first.click()


def send_empty(page: Page) -> None:
    page.locator("form.gw-form button.utrecht-button--submit").last.click()


def preview(page: Page) -> None:
    """A text with a name, a number and a place in it, as it would be shown."""
    words = "Bel Jan de Vries op 06-12345678, hij werkt in Zwolle."
    page.get_by_role("textbox", name="Je tekst").fill(words)
    page.get_by_role("radio", name="Ervaring").check()
    page.get_by_role("button", name="Bekijk eerst").click()


def open_returned(page: Page) -> None:
    """From the list of one's own: the first that came back, with its reasons and its marks."""
    page.locator("main a.gw-row__a[href*='/mijn-bijdragen/']").first.click()
    page.wait_for_url(re.compile("/en/mijn-bijdragen/[0-9a-f]+/$"))


def open_share(page: Page) -> None:
    page.get_by_text("Delen of printen").click()


def send_nothing(page: Page) -> None:
    """Sends the first form of the page as it is, past what the browser would ask first."""
    form = page.locator("main form[method=post]").first
    with page.expect_navigation():
        form.evaluate(
            "form => { form.noValidate = true;"
            " form.requestSubmit(form.querySelector('button:not([name]), button')) }"
        )


def decide_nothing(page: Page) -> None:
    """Opens the first case of the queue, and decides without a choice."""
    page.locator("main td a[href*='/beheer/moderatie/']").first.click()
    press("Beslis en ga door")(page)


def invite(page: Page) -> None:
    """Makes a link to a circle, which is shown once."""
    press("Maak een link")(page)
    page.locator(".gw-code").wait_for()


def open_menu(page: Page) -> None:
    """The menu of a narrow screen; a wide one shows the same pages in a row."""
    page.set_viewport_size({"width": 320, "height": 900})
    page.get_by_text("Menu", exact=True).click()


def stay_too_long(page: Page) -> None:
    """Types, and sends after the token of the form is gone."""
    page.get_by_role("textbox", name="Je tekst").fill("Wij vroegen het eerst aan de balie.")
    page.context.clear_cookies(name="csrftoken")
    send_nothing(page)


def unfold(page: Page) -> None:
    """Opens all that can be unfolded."""
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")


# --- who reads --------------------------------------------------------------------------------

READING = [
    State("home", "/"),
    State("home in English", "/en/"),
    State("stories", "/verhalen/"),
    State("stories, chosen", "/verhalen/?thema=loyaliteit&soort=vraag"),
    State("stories, nothing chosen is left", "/verhalen/?leestijd=lang&organisatie=gemeente&x=1"),
    State("stories, a choice nobody knows", "/verhalen/?thema=bestaat-niet"),
    State("story, to share", "{story}", steps=open_share),
    State("dilemmas", "/dilemmas/"),
    State("story with a dialogue", "{story}"),
    State("story, unfolded", "{story}", steps=unfold),
    State("story of one kind", "{story}?soort=ervaring"),
    State("story narrowed to nothing", "{story}?soort=waardering&lens=bekwaam&wacht=1"),
    State("story with a tombstone", "{tombstone}"),
    State("story, newest first", "{story}?volgorde=nieuwste"),
    State("story, what is new", "/dilemmas/de-keuken-van-de-buren/?sinds=1"),
    State("story, long branch", "/dilemmas/de-keuken-van-de-buren/"),
    State("story, nothing new", "{story}#niets-nieuws"),
    State("story with a guide and a step", "/verhalen/twee-kaartjes-en-een-fles-wijn/"),
    State("story in another step", "/verhalen/neem-iemand-mee/"),
    State("story where nobody spoke", "{silent}"),
    State("story that is harvested", "{harvested}"),
    State("harvest", "{harvested}opbrengst/"),
    State("versions of a harvest", "{harvested}opbrengst/versies/"),
    State("search", "/zoeken/?q=rapport"),
    State("search narrowed", "/zoeken/?q=rapport&wat=bijdrage&volgorde=nieuw"),
    State("nothing found", "/zoeken/?q=onvindbaarwoord"),
    State("nothing searched", "/zoeken/"),
    State("menu of a narrow screen", "/themas/", steps=open_menu),
    State("figures", "/cijfers/"),
    State("to follow a report", "/melding/"),
    State("a report that is not known", "/melding/", steps=send_nothing),
    State("to report a contribution", "{report}"),
    State("a report with nothing in it", "{report}", steps=send_nothing),
    State("practice room", "/oefenruimte/"),
    State("whom one hides", "/verborgen/"),
    State("how to tell a story", "/inzenden/"),
    State("sign in, refused", "/account/inloggen/", steps=send_nothing),
    State("sign up, with errors", "/account/aanmelden/", steps=send_nothing),
    State("recover, with errors", "/account/herstel/", steps=send_nothing),
    State("nothing here", "/bestaat-niet/", status=404),
    State("nothing here, in English", "/en/bestaat-niet/", status=404),
    State("story with a dialogue, in English", "/en{story}"),
    State("stories, chosen, in English", "/en/verhalen/?thema=loyaliteit&soort=vraag"),
    State("figures, in English", "/en/cijfers/"),
    State("a report with nothing in it, in English", "/en{report}", steps=send_nothing),
    State("accessibility statement", "/toegankelijkheid/"),
    State("house rules", "/huisregels/"),
    State("guidance", "/handvatten/"),
    State("guidance, chosen", "/handvatten/?groep=proces&thema=tegenspraak"),
    State(
        "guidance, nothing chosen is left",
        "/handvatten/?groep=proces&thema=maatwerk-en-regels&wacht=nee",
    ),
    State("statements and assignments", "/stellingen-en-opgaven/"),
    State("statements, chosen", "/stellingen-en-opgaven/?wat=stelling&thema=loyaliteit"),
    State(
        "statements, nothing chosen is left",
        "/stellingen-en-opgaven/?wat=opgave&thema=loyaliteit",
    ),
]

# --- who takes part ---------------------------------------------------------------------------

TAKING_PART = [
    State("own contributions", "/mijn-bijdragen/", "deelnemer"),
    State("inbox", "/berichten/", "deelnemer"),
    State("inbox, reasons unfolded", "/berichten/", "deelnemer", unfold),
    State("write, open too long", "{write}", "deelnemer", stay_too_long),
    State("following", "/berichten/volgend/", "deelnemer"),
    State("consents", "/mijn-toestemmingen/", "deelnemer"),
    State("own stories", "/mijn-inzendingen/", "deelnemer"),
    State("own circles", "/mijn-kringen/", "deelnemer"),
    State("circle", "{circle}", "deelnemer"),
    State("circle, a session that was", "{first_session}", "deelnemer"),
    State("circle, a session to come", "{second_session}", "deelnemer"),
    State("series of circles", "{series}", "deelnemer"),
    State("write", "{write}", "deelnemer"),
    State("write, with errors", "{write}", "deelnemer", send_empty),
    State("write, with a preview and marks", "{write}", "deelnemer", preview),
    State("a message of the guide", "{hint}", "deelnemer2"),
    State("inbox of who was warned", "/berichten/", "gewaarschuwd"),
    State("inbox of who is paused", "/berichten/", "gepauzeerd"),
    State("inbox of who is excluded", "/berichten/", "uitgesloten"),
    State("account", "/account/", "deelnemer"),
    State("leave, nothing chosen", "/account/weg/", "deelnemer", press("haal mijn account weg")),
    State("new password, with errors", "/account/wachtwoord/", "deelnemer", send_nothing),
    State("a story, nothing told", "/inzenden/nieuw/", "deelnemer", send_nothing),
    State("write, with errors, in English", "/en{write}", "deelnemer", send_empty),
    State("inbox, in English", "/en/berichten/", "deelnemer"),
    State("own returned, in English", "/en/mijn-bijdragen/", "deelnemer", open_returned),
    State("account, in English", "/en/account/", "deelnemer"),
    State("circle, in English", "/en{circle}", "deelnemer"),
    State("not hers", "/beheer/", "deelnemer", status=403),
]

# --- who guides -------------------------------------------------------------------------------

GUIDING = [
    State("dialogues that one guides", "/begeleiden/", "ambassadeur"),
    State("desk of a dialogue", "{desk}", "ambassadeur"),
    State("what a table said, with errors", "{desk}tafel/", "ambassadeur", send_nothing),
    State("end a dialogue, with errors", "{desk}afsluiten/", "ambassadeur", send_nothing),
    State("name what happens", "{desk}schrijf/?benoem=emotie", "ambassadeur"),
    State("message to an author, with errors", "{about}bericht/", "ambassadeur", send_nothing),
    State("circle, for its guide", "{circle}begeleiden/", "ambassadeur"),
    State("a link to invite with", "{circle}begeleiden/", "ambassadeur", invite),
    State("series, for a guide", "{series}", "ambassadeur"),
    State("series, for who guides both", "{series}", "ambassadeur2"),
    State("series, a link to invite with", "{series}uitnodigen/", "ambassadeur", invite),
    State("joint report", "{series}verslag/", "ambassadeur"),
    State("joint report, to release", "{series}vrijgeven/", "ambassadeur"),
    State("circle, plan with errors", "/kring/nieuw/", "ambassadeur", press("Maak de kring")),
]

SITE = [*READING, *TAKING_PART, *GUIDING]

# --- the admin --------------------------------------------------------------------------------

ADMIN = [
    State("sign in to the admin", "/beheer/login/"),
    State("home of an ambassador", "/beheer/", "ambassadeur"),
    State("home of an editor", "/beheer/", "redacteur"),
    State("home of the privacy officer", "/beheer/", "privacy"),
    State("home of the owner", "/beheer/", "beheerder"),
    State("queue", "/beheer/moderatie/", "ambassadeur"),
    State("queue, narrowed to nothing", "/beheer/moderatie/?q=onvindbaarwoord", "ambassadeur"),
    State("case, decided without a choice", "/beheer/moderatie/", "ambassadeur", decide_nothing),
    State("complaints", "/beheer/meldingen/", "ambassadeur"),
    State("practice", "/beheer/oefenen/", "ambassadeur"),
    State("overview", "/beheer/overzicht/", "ambassadeur"),
    State("submissions", "/beheer/inzendingen/", "redacteur"),
    State("workbench, all unfolded", "{bench}", "redacteur", unfold),
    State("report, none given", "/beheer/verslag-importeren/", "redacteur", send_nothing),
]
