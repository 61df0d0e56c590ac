"""Every page that somebody meets: nothing for axe to find, nothing wide, nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from live.examiner import Examiner
from live.people import show_again, sign_in, sign_in_to_admin, story_of

pytestmark = pytest.mark.browser

HREFS = "all => all.map(a => a.getAttribute('href'))"


#: A story of the demonstration with a harvest that holds something of everything.
HARVESTED = "/verhalen/het-rapport-in-de-onderste-la/"


def pages_of(demo) -> dict[str, str]:
    """Address by name, for the pages that an address leads to."""
    dilemma = demo.rows(
        "SELECT url_path FROM wagtailcore_page WHERE url_path LIKE '%/dilemmas/_%' ORDER BY id"
    )[0][0]
    text = demo.rows(
        "SELECT url_path FROM wagtailcore_page JOIN home_textpage ON page_ptr_id = id ORDER BY id"
    )[0][0]
    story, discussion = story_of(demo)
    return {
        "home": "/",
        "index": "/verhalen/",
        "story": story,
        "dilemma": "/" + dilemma.split("/", 2)[2],
        "text": "/" + text.split("/", 2)[2],
        "login": "/account/inloggen/",
        "signup": "/account/aanmelden/",
        "recover": "/account/herstel/",
        "invitation": "/account/uitnodiging/onbekend/",
        "gone": "/account/afgemeld/",
        "unsubscribe": "/mail/uit/onbekend/",
        "figures": "/cijfers/",
        "search": "/zoeken/?q=rapport",
        "search narrowed": "/zoeken/?q=rapport&wat=bijdrage&volgorde=nieuw",
        "nothing found": "/zoeken/?q=onvindbaarwoord",
        "nothing searched": "/zoeken/",
        "follow a report": "/melding/",
        "report the page": f"/melden/pagina/{discussion}/",
        "practice room": "/oefenruimte/",
        "hidden": "/verborgen/",
        "statements": "/stellingen-en-opgaven/",
        "themes": "/themas/",
        "theme": "/themas/loyaliteit/",
        "narrowed": f"{story}?soort=ervaring",
        "narrowed to nothing": f"{story}?soort=waardering&lens=bekwaam&wacht=1",
        "harvest": f"{HARVESTED}opbrengst/",
        "versions of a harvest": f"{HARVESTED}opbrengst/versies/",
        "guidance": "/handvatten/",
        "tip": "/handvatten/ga-niet-alleen/",
        "consents": "/mijn-toestemmingen/",
        "nothing here": "/bestaat-niet/",
        "write": f"/gesprek/{discussion}/schrijf/",
        "mine": "/mijn-bijdragen/",
        "inbox": "/berichten/",
        "following": "/berichten/volgend/",
        "follow": f"/berichten/volgend/dialoog/{discussion}/",
        "own reports": "/mijn-meldingen/",
        "account": "/account/",
        **ACCOUNT,
    }


#: One's own account, for who has just shown again who she is.
ACCOUNT = {
    "data": "/mijn-gegevens/",
    "download": "/mijn-gegevens/download/",
    "withdraw all": "/mijn-gegevens/trek-in/",
    "cut all": "/mijn-gegevens/verbreek/",
    "security": "/account/beveiliging/",
    "add a passkey": "/account/beveiliging/sleutels/nieuw/",
    "add an app": "/account/beveiliging/app/",
    "make codes": "/account/beveiliging/codes/nieuw/",
    "second step needed": "/account/beveiliging/nodig/",
    "welcome": "/account/welkom/",
    "sign out everywhere": "/account/uitloggen/overal/",
    "leave": "/account/weg/",
}


PUBLIC = ["home", "index", "story", "dilemma", "text", "login", "signup", "nothing here"]
PUBLIC += ["recover", "invitation", "gone", "unsubscribe", "figures", "follow a report"]
PUBLIC += ["report the page", "practice room", "hidden", "statements"]
PUBLIC += ["themes", "theme", "narrowed", "narrowed to nothing"]

#: Pages of the admin, by who has them, with what in their list leads on to a page of its own.
ADMIN = {
    "ambassadeur": {
        "/beheer/moderatie/": "main a[href*='/beheer/moderatie/']:not([href*='?'])",
        "/beheer/meldingen/": "main a[href*='/beheer/meldingen/']",
        "/beheer/oefenen/": "main a[href*='/beheer/oefenen/']",
        "/beheer/overzicht/": "",
    },
    "beheerder": {
        "/beheer/controles/": "",
        "/beheer/reports/moderatie/": "",
        "/beheer/reports/moderatie/controle/": "",
        "/beheer/reports/controles/": "",
        "/beheer/reports/onderzoek/": "",
        "/beheer/soorten/": "main a[href*='/beheer/soorten/edit/'], a[href$='/soorten/new/']",
        "/beheer/lenzen/": "main a[href*='/beheer/lenzen/edit/']",
    },
}
#: Pages that one list leads to and that are looked at.
MOST = 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages(demo, visit, width, scheme):
    page = visit(demo, script=True, viewport={"width": width, "height": 900}, color_scheme=scheme)
    examiner = Examiner(page, demo)
    paths = pages_of(demo)
    for name in PUBLIC:
        examiner.look(name, paths[name])

    page.goto(paths["mine"])
    sign_in(page, "deelnemer", demo.seeded["password"])
    for name in ("mine", "inbox", "own reports", "account"):
        examiner.look(name, paths[name])
    page.goto(paths["download"])
    show_again(page, demo.seeded["password"])
    for name in ACCOUNT:
        examiner.look(name, paths[name])
    page.goto(paths["leave"])
    page.get_by_role("button", name="Ja, haal mijn account weg").click()
    examiner.look("leave, nothing chosen")
    own = own_pages(page, paths["mine"])
    assert own
    for link in own:
        examiner.look(f"own {link}", link)
    join_path = paths["write"].replace("schrijf", "meedoen")
    newcomer = visit(
        demo, script=True, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    second = Examiner(newcomer, demo)
    newcomer.goto(join_path)
    sign_in(newcomer, "redacteur2", demo.seeded["password"])
    second.look("join")
    page.goto(paths["write"])
    if "meedoen" in page.url:
        page.locator("button[name=join]").click()
    examiner.look("write")
    page.locator("form.gw-form button.utrecht-button--submit").click()
    examiner.look("write, with errors")
    page.get_by_role("textbox", name="Je tekst").fill(
        "Bel Jan de Vries op 06-12345678, hij werkt in Zwolle."
    )
    page.get_by_role("radio", name="Ervaring").check()
    page.get_by_role("button", name="Bekijk eerst").click()
    examiner.look("write, with preview")
    assert not examiner.problems + second.problems, "\n".join(examiner.problems + second.problems)


@pytest.mark.parametrize("who", ADMIN)
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_admin(demo, visit, width, who):
    page = visit(demo, script=True, viewport={"width": width, "height": 900})
    sign_in_to_admin(page, who, demo.seeded["password"])
    examiner = Examiner(page, demo)
    for path, onward in ADMIN[who].items():
        examiner.look(path, path)
        found = page.locator(onward).evaluate_all(HREFS) if onward else []
        further = [link for link in dict.fromkeys(found) if link != path][:MOST]
        assert bool(further) is bool(onward), f"{path} leads nowhere"
        for link in further:
            examiner.look(link, link)
    assert not examiner.problems, "\n".join(examiner.problems)


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_that_a_dialogue_leads_to(demo, visit, width):
    page = visit(demo, script=True, viewport={"width": width, "height": 900})
    examiner = Examiner(page, demo)
    page.goto("/stellingen-en-opgaven/")
    shown = page.locator("main a[href*='/stellingen-en-opgaven/']").evaluate_all(HREFS)
    page.goto(story_of(demo)[0])
    shown += page.locator("a[href*='/melden/']").evaluate_all(HREFS)[:1]
    assert len(shown) > 2
    for link in dict.fromkeys(shown):
        examiner.look(link, link)
    page.goto("/berichten/")
    sign_in(page, "deelnemer", demo.seeded["password"])
    page.goto("/berichten/")
    appeals = page.locator("a[href*='/bezwaar/']").evaluate_all(HREFS)
    assert appeals
    for link in dict.fromkeys(appeals):
        examiner.look(link, link)
    assert not examiner.problems, "\n".join(examiner.problems)


def circle_of(demo) -> tuple[str, list[str]]:
    """(uuid of a circle, uuids of its sessions), of the demonstration."""
    circle, home = demo.rows(
        "SELECT c.id, d.uuid FROM goedwerk_forum_circle c"
        " JOIN goedwerk_forum_discussion d ON d.id = c.discussion_id"
    )[0]
    sessions = demo.rows(
        "SELECT d.uuid FROM goedwerk_forum_circlesession s"
        " JOIN goedwerk_forum_discussion d ON d.id = s.discussion_id"
        f" WHERE s.circle_id = {circle} ORDER BY s.number"
    )
    return str(home), [str(row[0]) for row in sessions]


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_a_circle(demo, visit, width):
    home, sessions = circle_of(demo)
    paths = {
        "deelnemer": [f"/kring/{home}/", f"/kring/{home}/stoppen/"]
        + [f"/kring/sessie/{session}/" for session in sessions[:2]],
        "ambassadeur": [
            *(f"/kring/{home}/{page}/" for page in ("begeleiden", "plan", "eruit", "sluiten")),
            f"/kring/sessie/{sessions[0]}/voorbereiding/",
            "/kring/nieuw/",
            "/kring/uitnodiging/bestaat-niet/",
        ],
    }
    problems = []
    for who, theirs in paths.items():
        page = visit(demo, script=True, viewport={"width": width, "height": 900})
        examiner = Examiner(page, demo)
        page.goto("/mijn-kringen/")
        sign_in(page, who, demo.seeded["password"])
        for path in ["/mijn-kringen/", *theirs]:
            examiner.look(path, path)
        if who == "ambassadeur":
            page.goto("/kring/nieuw/")
            page.get_by_role("button", name="Maak de kring").click()
            examiner.look("a plan, with errors")
            page.goto(f"/kring/{home}/begeleiden/")
            # One place: the next width needs one too.
            page.locator("[name=places]").select_option("1")
            page.get_by_role("button", name="Maak een link").click()
            examiner.look("a link to invite with")
            page.goto(page.locator(".gw-code").inner_text().strip())
            examiner.look("an invitation, opened by a guide")
        problems += examiner.problems
    assert not problems, "\n".join(problems)


def hinted(demo) -> tuple[str, str]:
    """(uuid of a dialogue, public id of a contribution) where an author answered her guide."""
    dialogue, contribution = demo.rows(
        "SELECT d.uuid, c.public_id FROM goedwerk_forum_hint h"
        " JOIN goedwerk_forum_contribution c ON c.xtdcomment_ptr_id = h.contribution_id"
        " JOIN goedwerk_forum_discussion d ON d.id = c.discussion_id WHERE h.is_answered"
    )[0]
    return str(dialogue), str(contribution)


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_a_guide(demo, visit, width):
    dialogue, contribution = hinted(demo)
    desk = f"/gesprek/{dialogue}/begeleiden/"
    page = visit(demo, script=True, viewport={"width": width, "height": 900})
    examiner = Examiner(page, demo)
    for path in ("/verhalen/twee-kaartjes-en-een-fles-wijn/", "/verhalen/neem-iemand-mee/"):
        examiner.look(path, path)
    page.goto("/begeleiden/")
    sign_in(page, "ambassadeur", demo.seeded["password"])
    about = f"/bijdrage/{contribution}/begeleiden/"
    page.goto("/begeleiden/")
    desks = page.locator("main a[href^='/gesprek/'][href$='/begeleiden/']")
    asks_most = desks.evaluate_all(HREFS)[0]
    for path in ("/begeleiden/", asks_most, desk, f"{desk}schrijf/?benoem=emotie", about):
        examiner.look(path, path)
    for path, button in (
        (f"{desk}tafel/", "Verstuur wat de tafel zei"),
        (f"{desk}afsluiten/", "Sluit de dialoog af"),
        (f"{about}bericht/", "Stuur het bericht"),
    ):
        examiner.look(path, path)
        page.get_by_role("button", name=button).click()
        examiner.look(f"{path}, with errors")
    author = visit(demo, script=True, viewport={"width": width, "height": 900})
    second = Examiner(author, demo)
    author.goto("/berichten/")
    sign_in(author, "deelnemer2", demo.seeded["password"])
    second.look("what the guide wrote", f"/mijn-bijdragen/{contribution}/bericht/")
    assert not examiner.problems + second.problems, "\n".join(examiner.problems + second.problems)


def own_pages(page: Page, path: str) -> list[str]:
    """One's own contributions, up to five."""
    page.goto(path)
    return page.locator("article h3 a").evaluate_all(HREFS)[:5]
