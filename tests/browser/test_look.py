"""Every page that somebody meets: nothing for axe to find, nothing wide, nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from live.examiner import Examiner
from live.people import show_again, sign_in, story_of

pytestmark = pytest.mark.browser


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
        "nothing here": "/bestaat-niet/",
        "write": f"/gesprek/{discussion}/schrijf/",
        "mine": "/mijn-bijdragen/",
        "inbox": "/berichten/",
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
PUBLIC += ["recover", "invitation", "gone", "unsubscribe"]


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
    for name in ("mine", "inbox", "account"):
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


def own_pages(page: Page, path: str) -> list[str]:
    """One's own contributions, up to five."""
    page.goto(path)
    links = page.locator("article h2 a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return links[:5]
