"""Which pictures there are of the demonstration; ``scripts/screenshots.py`` takes them.

Documentation shows no others: ``docs/screenshots/<name>-<width>.png``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page

ROOT = Path(__file__).resolve().parent.parent
#: Width -> height of the window.
WIDTHS = {320: 800, 768: 1024, 1280: 900}
STORY = "/verhalen/het-rapport-in-de-onderste-la/"
GUIDED = "/verhalen/twee-kaartjes-en-een-fles-wijn/"
IN_A_ROUND = "/dilemmas/dit-zien-wij-elke-dag/"
STATEMENTS = "/stellingen-en-opgaven/"
QUEUE = "/beheer/moderatie/"
SUBMISSIONS = "/beheer/inzendingen/"
REPORT = ROOT / "tests" / "reports" / "het-depot.md"


def password() -> str:
    """Of every account of the demonstration."""
    return os.environ.get("GOEDWERK_DEMO_PASSWORD", "schermafbeelding")


# --- steps: what brings a page further -----------------------------------------------------------

Step = Callable[[Page], None]


def visit(page: Page, address: str, status: int = 200) -> None:
    answer = page.goto(address)
    if answer is not None and answer.status != status:
        raise Error(f"{address} answers {answer.status}")


def follow(selector: str, then: str = "", at: int = 0) -> Step:
    """Goes where a link leads, and below that to ``then``; the link may be folded away."""
    return lambda page: visit(page, f"{page.locator(selector).nth(at).get_attribute('href')}{then}")


def show_again(page: Page) -> None:
    """Shows again who she is, before she sees what is hers."""
    visit(page, "/mijn-gegevens/download/")
    page.fill("input[name=password]", password())
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/download/")
    visit(page, "/account/")


def open_edited(page: Page) -> None:
    page.locator("article", has_text="In bewerking").get_by_role("link").first.click()
    page.locator("#brieven").wait_for()


def practise(page: Page) -> None:
    """Decides on a case to practise on, and reads what colleagues did."""
    page.locator(".gw-practice__list a").first.click()
    page.locator("#gw-decision input[type=radio]").first.check()
    page.locator("#gw-decision button[type=submit]").click()
    page.locator(".gw-feedback").wait_for()


def try_a_text(page: Page) -> None:
    page.fill(
        "textarea[name=text]", "Bel Jan de Vries op 06-12345678, die kantoortijger in Zwolle."
    )
    page.get_by_role("button", name="Probeer").click()
    page.locator(".gw-tried").wait_for()


def upload(page: Page) -> None:
    page.set_input_files("input[type=file]", REPORT)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/verslag-importeren/*/")


def throw_away(page: Page) -> None:
    page.click("button[name=throw_away]")


def open_clearance(page: Page) -> None:
    follow("main a:has-text('De lege stoel')")(page)
    page.get_by_role("tab", name="Vrijgave").click()


def sign(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Lees na en teken").click()
    page.get_by_label("Ik las alles").wait_for()
    page.wait_for_timeout(500)  # until it has faded in


def report_and_follow(page: Page) -> None:
    """Reports without an account, and looks with the code what became of it."""
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name="Verstuur je melding").click()
    code = page.locator(".gw-code").inner_text()
    visit(page, "/melding/")
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Bekijk je melding").click()
    page.get_by_role("heading", name="Je melding", exact=True).wait_for()


def take_back(page: Page) -> None:
    """Opens her story, and takes it back unless she did at another width."""
    her_story = follow("main article a.gw-row__a")
    her_story(page)
    if page.locator("a[href$='/trek-in/']").count():
        follow("a[href$='/trek-in/']")(page)
        with page.expect_navigation():
            page.get_by_role("button", name="Ja, trek mijn inzending in").click()
        visit(page, "/mijn-inzendingen/")
        her_story(page)


# --- the pictures --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shot:
    """A picture of what stands at an address, brought further by steps."""

    name: str
    address: str
    steps: tuple[Step, ...] = ()
    #: A selector of the one piece that is taken; the whole page where it is empty.
    part: str = ""
    status: int = 200
    #: Leaves the demonstration as it was.
    after: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Visit:
    """What one account looks at; nobody's where ``who`` is empty."""

    who: str
    #: Name of a picture -> address, of pages that need no steps.
    pages: dict[str, str] = field(default_factory=dict)
    shots: tuple[Shot, ...] = ()

    def all_shots(self) -> list[Shot]:
        return [*(Shot(*page) for page in self.pages.items()), *self.shots]


GUIDE_LINK = "a[href$='/begeleiden/']"
TO_GUIDE = follow(GUIDE_LINK)
A_CASE = follow("main td a[href*='/beheer/moderatie/']:not([href*='/alle/'])")
A_CIRCLE = follow("main a[href^='/kring/']:not([href$='/nieuw/'])")
IN_HAND = "tr:has-text('In bewerking') td.title a"
HARVESTS = follow("main a[href*='/beheer/opbrengst/van/']")

#: By the name that is asked for. Those that leave something behind come last.
VISITS: dict[str, Visit] = {
    "reader": Visit(
        "",
        {
            "home": "/",
            "home-english": "/en/",
            "index": "/verhalen/",
            "index-chosen": "/verhalen/?thema=loyaliteit&soort=vraag",
            "dilemmas": "/dilemmas/",
            "story": STORY,
            "dilemma": "/dilemmas/een-vinkje-voor-de-keurmeester/",
            "steps": "/dilemmas/de-sleutel-van-de-loods/",
            "harvest": f"{STORY}opbrengst/",
            "guidance": "/handvatten/",
            "guidance-chosen": "/handvatten/?groep=proces&thema=tegenspraak",
            "tip": "/handvatten/ga-niet-alleen/",
            "themes": "/themas/",
            "theme": "/themas/loyaliteit/",
            "search": "/zoeken/?q=regels",
            "statements": STATEMENTS,
            "statements-chosen": f"{STATEMENTS}?wat=stelling&thema=loyaliteit",
            "statement": f"{STATEMENTS}een-advies-kort-je-nooit-stil-in/",
            "assignment": f"{STATEMENTS}wie-trekt-er-aan-het-nieuwe-fietspad/",
            "practice-room": "/oefenruimte/",
            "figures": "/cijfers/",
            "method": "/over-de-methode/",
            "house-rules": "/huisregels/",
            "protection": "/zo-beschermen-we-je-naam/",
            "accessibility": "/toegankelijkheid/",
            "login": "/account/inloggen/",
            "sign-up": "/account/aanmelden/",
            "recover": "/account/herstel/",
            "report-follow": "/melding/",
        },
        (
            Shot("report", STORY, (follow("a[href^='/melden/']"),)),
            Shot("not-found", "/bestaat-niet/", status=404),
        ),
    ),
    "participant": Visit(
        "deelnemer",
        {
            "mine": "/mijn-bijdragen/",
            "inbox": "/berichten/",
            "following": "/berichten/volgend/",
            "consents": "/mijn-toestemmingen/",
            "own-reports": "/mijn-meldingen/",
            "circles": "/mijn-kringen/",
        },
        (
            Shot("write", STORY, (follow("a[href*='/schrijf/']"),)),
            Shot("join", GUIDED, (follow("a[href*='/schrijf/']"),)),
            Shot("own", "/mijn-bijdragen/", (follow("a.gw-row__a[href^='/mijn-bijdragen/']"),)),
            Shot("appeal", "/berichten/", (follow("main a[href*='/bezwaar/']"),)),
            Shot("circle", "/mijn-kringen/", (A_CIRCLE,)),
            Shot(
                "circle-session",
                "/mijn-kringen/",
                (A_CIRCLE, follow("main h3 a[href^='/kring/sessie/']", at=1)),
            ),
            Shot("account", "/account/", (show_again,)),
            Shot("data", "/mijn-gegevens/"),
            Shot("cut", "/mijn-gegevens/verbreek/"),
            Shot("security", "/account/beveiliging/"),
            Shot("leave", "/account/weg/"),
        ),
    ),
    "paused": Visit("gepauzeerd", {"inbox-paused": "/berichten/"}),
    "contributor": Visit(
        "deelnemer",
        {"story-start": "/inzenden/", "story-mine": "/mijn-inzendingen/"},
        (
            Shot("story-read", "/mijn-inzendingen/", (follow("a[href$='/nalezen/']"),)),
            Shot("story-step", "/mijn-inzendingen/", (follow("a[href$='/gebeurd/']"),)),
            Shot("story-consent", "/mijn-inzendingen/", (follow("a[href$='/akkoord/']"),)),
            Shot("story-own", "/mijn-inzendingen/", (open_edited,)),
            Shot(
                "story-withdraw",
                "/mijn-inzendingen/",
                (follow("a[href$='/trek-in/']:has-text('Trek in')"),),
            ),
        ),
    ),
    "ambassador": Visit(
        "ambassadeur",
        {
            "admin-ambassador": "/beheer/",
            "moderate-queue": QUEUE,
            "moderate-keys": f"{QUEUE}toetsen/",
            "rota": f"{QUEUE}rooster/",
            "measures": f"{QUEUE}maatregelen/",
            "complaints": "/beheer/meldingen/",
            "dashboard": "/beheer/overzicht/",
        },
        (
            Shot("moderate-case", QUEUE, (A_CASE,)),
            Shot("measure", QUEUE, (A_CASE, follow("a:has-text('Waarschuw, pauzeer')"))),
            Shot(
                "complaint",
                "/beheer/meldingen/",
                (follow("main a[href^='/beheer/meldingen/']:not([href$='/meldingen/'])"),),
            ),
        ),
    ),
    "guide": Visit(
        "ambassadeur",
        {"guide-overview": "/begeleiden/"},
        (
            Shot("guided", GUIDED, part="#dialoog"),
            Shot("branch", GUIDED, (follow(".gw-tomb--way a"),)),
            Shot("guide", GUIDED, (TO_GUIDE,)),
            Shot("guide-tools", GUIDED, (TO_GUIDE, follow(".gw-guided a[href^='/bijdrage/']"))),
            Shot("guide-steps", IN_A_ROUND, (follow(GUIDE_LINK, then="stappen/"),)),
            Shot("circle-guide", "/mijn-kringen/", (A_CIRCLE,)),
            Shot(
                "harvest-words",
                STORY,
                (TO_GUIDE, HARVESTS, follow("main a:has-text('Woorden uit de dialoog')")),
            ),
            Shot(
                "harvest-edit",
                STORY,
                (TO_GUIDE, HARVESTS, follow("main a[href^='/beheer/pages/'][href$='/edit/']")),
            ),
        ),
    ),
    "practice": Visit(
        "ambassadeur",
        shots=(
            Shot("practice-feedback", "/beheer/oefenen/", (practise,)),
            Shot("practice", "/beheer/oefenen/"),
        ),
    ),
    "privacy": Visit(
        "privacy",
        {
            "admin-privacy": "/beheer/",
            "record": "/beheer/reports/moderatie/",
            "record-verify": "/beheer/reports/moderatie/controle/",
        },
    ),
    "owner": Visit(
        "beheerder",
        {
            "admin-owner": "/beheer/",
            "checks": "/beheer/controles/",
            "words": "/beheer/woorden/",
            "precision": "/beheer/reports/controles/",
            "research": "/beheer/reports/onderzoek/",
            "brand": "/beheer/settings/home/brand/",
            "reasons": "/beheer/standaardteksten/",
            "kinds": "/beheer/soorten/",
            "formats": "/beheer/werkvormen/",
        },
        (
            Shot("checks-try", "/beheer/controles/proef/", (try_a_text,)),
            Shot("format", "/beheer/werkvormen/", (follow("main td.title a"),)),
        ),
    ),
    "importer": Visit(
        "redacteur",
        {"report-upload": "/beheer/verslag-importeren/"},
        (Shot("report-choose", "/beheer/verslag-importeren/", (upload,), after=(throw_away,)),),
    ),
    "editor": Visit(
        "redacteur",
        {"admin-editor": "/beheer/", "submissions": SUBMISSIONS},
        (
            Shot("letters", SUBMISSIONS, (follow(IN_HAND, then="brieven/"),)),
            Shot("workbench", SUBMISSIONS, (follow(IN_HAND, at=1),)),
            Shot("recognition", SUBMISSIONS, (follow(IN_HAND, then="herkenning/", at=1),)),
            Shot(
                "beside",
                SUBMISSIONS,
                (follow("tr:has-text('akkoord') td.title a", then="naast-elkaar/"),),
            ),
        ),
    ),
    "second-editor": Visit(
        "redacteur2",
        shots=(
            Shot("clearance", "/beheer/", (open_clearance,)),
            Shot("clearance-sign", "/beheer/", (open_clearance, sign)),
        ),
    ),
    "reporter": Visit(
        "",
        shots=(Shot("report-status", STORY, (follow("a[href^='/melden/']"), report_and_follow)),),
    ),
    "gone": Visit("deelnemer2", shots=(Shot("story-gone", "/mijn-inzendingen/", (take_back,)),)),
}


def names() -> set[str]:
    """Of the files that a whole run makes."""
    return {
        f"{shot.name}-{width}.png"
        for one in VISITS.values()
        for shot in one.all_shots()
        for width in WIDTHS
    }
