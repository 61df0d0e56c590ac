"""An editor brings an experience to a draft page: by keyboard alone, and without script."""

from __future__ import annotations

import re

import pytest
from bar import explanations
from playwright.sync_api import Page, expect

from live.examiner import Examiner
from live.people import sign_in_to_admin

pytestmark = pytest.mark.browser

MOST = 250
INBOX = "/beheer/inzendingen/"


def submission_in(demo, state: str, *, with_work: bool = False) -> str:
    """The public id of a submission of the demonstration."""
    rows = demo.rows(
        "SELECT public_id, sealed_work IS NOT NULL FROM goedwerk_casestudies_submission "
        f"WHERE state = '{state}' ORDER BY sent_on"
    )
    return next(public_id for public_id, has_work in rows if bool(has_work) is with_work)


def state_of(demo, public_id: str) -> tuple:
    return demo.rows(
        "SELECT s.state, p.live, p.title FROM goedwerk_casestudies_submission s "
        "LEFT JOIN wagtailcore_page p ON p.id = s.page_id "
        f"WHERE s.public_id = '{public_id}'"
    )[0]


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has focus; it must show that it has."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.evaluate("(e, s) => e.matches(s)", selector):
            outline = focused.evaluate(
                "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow"
            )
            assert outline != "nonenone", f"{selector} has focus and does not show it"
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def go_by_key(page: Page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def left(page: Page) -> str:
    return page.locator("#gw-left").inner_text()


def test_with_the_keyboard_alone_from_the_list_to_a_draft(demo, visit):
    public_id = submission_in(demo, "sent")
    page = visit(demo, script=True, viewport={"width": 1280, "height": 900})
    sign_in_to_admin(page, "redacteur", demo.seeded["password"])
    page.goto(INBOX)
    go_by_key(page, f"td a[href='{INBOX}{public_id}/']")
    go_by_key(page, "form[action$='/neem/'] button")

    tab_to(page, "#gw-panel *")
    for _step in range(20):
        before = left(page)
        if "0 moet anders" in before or "Over alles" in before:
            break
        page.keyboard.press("a")
        expect(page.locator("#gw-left")).not_to_have_text(before)
        expect(page.locator("#gw-panel")).to_be_focused()
    assert re.search("0 moet anders|Over alles", left(page))
    before = left(page)
    page.keyboard.press("z")
    expect(page.locator("#gw-left")).not_to_have_text(before)
    page.keyboard.press("a")
    expect(page.locator("#gw-left")).to_have_text(re.compile("0 moet anders|Over alles"))

    tab_to(page, "#gw-text-title")
    page.keyboard.type("Een deur of een advies")
    tab_to(page, "#gw-text-lead")
    page.keyboard.type("Iemand vraagt een jurist om een weg. Hij wil advies geven.")
    expect(page.locator("#gw-saved")).to_have_text("Bewaard.")
    expect(page.locator("#gw-now-lead")).to_contain_text("Hij wil advies geven.")
    expect(page.locator("#gw-text-lead")).to_be_focused()
    tab_to(page, "button[value=check]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/herkenning/$"))

    for name in ("singling_out", "linking", "inference"):
        tab_to(page, f"#id_check_{name}")
        page.keyboard.type("Er zijn veel juristen die dit meemaken.")
    go_by_key(page, ".gw-two button[type=submit]")
    tab_to(page, "input[name=parent]")
    page.keyboard.press("Space")
    go_by_key(page, "main form button[type=submit].button")
    expect(page).to_have_url(re.compile("/naast-elkaar/$"))
    state, live, title = state_of(demo, public_id)
    assert (state, bool(live), title) == ("abstracted", False, "Een deur of een advies")


@pytest.mark.parametrize("width", [320, 1280])
def test_without_script_each_press_is_a_page(demo, visit, width):
    public_id = submission_in(demo, "in_hand", with_work=True)
    page = visit(demo, viewport={"width": width, "height": 900})
    page.goto(f"/beheer/login/?next={INBOX}{public_id}/")
    page.get_by_label("Gebruikersnaam of e-mailadres").fill("redacteur")
    page.get_by_label("Wachtwoord", exact=True).fill(demo.seeded["password"])
    page.get_by_role("button", name="Inloggen").click()

    before = left(page)
    if not page.locator("#gw-text-lead").is_visible():
        page.locator("#gw-write-lead summary").click()
    page.locator("#gw-text-lead").fill(f"Getypt op {width} punten.")
    page.locator("#gw-own").fill("iemand anders")
    page.get_by_role("button", name="Vervang", exact=True).click()
    assert left(page) != before
    assert page.locator("#gw-text-lead").input_value() == f"Getypt op {width} punten."
    here = page.locator(".gw-here q").first.inner_text()
    page.get_by_role("button", name="Volgende").click()
    assert page.locator(".gw-here q").first.inner_text() != here
    page.get_by_role("button", name="Houd").click()
    expect(page.get_by_role("alert")).to_contain_text("waarom deze woorden mogen blijven")
    page.locator("summary", has_text="Beslist").click()
    page.get_by_role("button", name="Draai terug").first.click()
    assert left(page) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_error_and_all_that_unfolds_pass_the_bar(demo, visit):
    page = visit(demo, script=True)
    sign_in_to_admin(page, "redacteur", demo.seeded["password"])
    examiner = Examiner(page, demo, explanations("admin"), "main")
    half = f"{INBOX}{submission_in(demo, 'in_hand', with_work=True)}/"
    page.goto(half)
    page.get_by_role("button", name="Houd").click()
    expect(page.get_by_role("alert")).to_be_focused()
    examiner.look("with an error")
    for summary in page.locator("#gw-bench summary").all():
        summary.click()
    examiner.look("with everything unfolded")
    page.goto(f"{half}weiger/")
    page.get_by_role("button", name="Plaats niet").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een reden")
    examiner.look("refusal with an error")
    assert not examiner.problems, "\n".join(examiner.problems)
