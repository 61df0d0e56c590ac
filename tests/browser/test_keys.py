"""The keys of the moderation queue do what their sheet says, and nothing while somebody types."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from live.people import sign_in_to_admin

pytestmark = pytest.mark.browser

LIST = "/beheer/moderatie/"
#: Every key that stands on the sheet.
KEYS = "jkoxptwvrmnslu?"
#: The words that are selected and pointed at: the first ones of the text that is judged.
SELECT = """length => {
  const words = document.createTreeWalker(
    document.querySelector("[data-gw-judged]"), NodeFilter.SHOW_TEXT);
  let first = words.nextNode();
  while (first.textContent.trim().length < length) first = words.nextNode();
  const start = first.textContent.search(/\\S/);
  getSelection().setBaseAndExtent(first, start, first, start + length);
  return getSelection().toString();
}"""


@pytest.fixture
def page(demo, visit) -> Page:
    return opened(demo, visit, "ambassadeur")


def opened(demo, visit, who: str) -> Page:
    page = visit(demo, script=True, viewport={"width": 1280, "height": 900})
    sign_in_to_admin(page, who, demo.seeded["password"])
    page.goto(LIST)
    return page


def noted(demo) -> str:
    """What nobody has in hand: a new text with a note that leaves the decision to anybody."""
    return demo.rows(
        "SELECT c.public_id FROM goedwerk_forum_contribution c"
        " JOIN goedwerk_forum_casenote n ON n.contribution_id = c.xtdcomment_ptr_id"
        " WHERE c.waiting = 'new' AND NOT n.asks_second_look"
    )[0][0]


def reported(demo) -> str:
    return demo.rows(
        "SELECT public_id FROM goedwerk_forum_contribution"
        " WHERE waiting = 'report' AND state = 'published' ORDER BY xtdcomment_ptr_id"
    )[0][0]


def state_of(demo, public_id: str) -> str:
    return demo.rows(
        f"SELECT state FROM goedwerk_forum_contribution WHERE public_id = '{public_id}'"
    )[0][0]


def chosen(page: Page) -> str:
    """What is chosen of the decisions; nothing at first."""
    radios = page.locator("#gw-decision input[name=action]:checked")
    return radios.get_attribute("value") if radios.count() else ""


def follow(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def rows(page: Page):
    return page.locator("[data-gw-list] tbody tr")


def title(page: Page, number: int):
    return rows(page).nth(number).locator("td.title a")


def test_the_sheet_tells_of_each_key_and_closes_again(page):
    sheet = page.locator("dialog[data-gw-keys]")
    expect(sheet).to_be_hidden()
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    assert set(sheet.locator("kbd").all_inner_texts()) == set(KEYS)
    page.keyboard.press("j")
    expect(page.locator("tr.gw-here")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_in_the_list(page):
    page.keyboard.press("j")
    expect(title(page, 0)).to_be_focused()
    page.keyboard.press("j")
    expect(title(page, 1)).to_be_focused()
    expect(page.locator("tr.gw-here")).to_have_count(1)
    page.keyboard.press("k")
    expect(title(page, 0)).to_be_focused()
    box = rows(page).nth(0).locator("input[name=seen]")
    page.keyboard.press("x")
    expect(box).to_be_checked()
    page.keyboard.press("x")
    expect(box).not_to_be_checked()
    address = title(page, 0).get_attribute("href")
    follow(page, "o")
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


def test_from_case_to_case_and_back_to_the_list(demo, page):
    here = f"{LIST}{noted(demo)}/"
    page.goto(here)
    onward = page.locator(".gw-walk a[rel=next]").get_attribute("href")
    follow(page, "j")
    expect(page).to_have_url(re.compile(re.escape(onward) + "$"))
    follow(page, "k")
    expect(page).to_have_url(re.compile(re.escape(here) + "$"))
    follow(page, "s")
    expect(page).to_have_url(re.compile(f"{LIST}[0-9a-f]+/"))
    assert here not in page.url
    assert state_of(demo, noted(demo)) == "held"
    follow(page, "l")
    expect(page).to_have_url(re.compile(f"{LIST}$"))


def test_a_key_chooses_and_decides_nothing(demo, page):
    public_id = noted(demo)
    page.goto(f"{LIST}{public_id}/")
    for key, action in {"p": "publish", "t": "return", "w": "reject"}.items():
        page.keyboard.press(key)
        assert chosen(page) == action, key
    page.keyboard.press("r")
    expect(page.locator("#id_reason")).to_be_focused()
    page.locator("#gw-decision input[name=action]").first.focus()
    page.keyboard.press("n")
    expect(page.locator("#id_text")).to_be_focused()
    assert state_of(demo, public_id) == "held"

    public_id = reported(demo)
    page.goto(f"{LIST}{public_id}/")
    page.keyboard.press("v")
    assert chosen(page) == "hide"
    assert state_of(demo, public_id) == "published"


def test_points_at_the_selected_words(demo, page):
    page.goto(f"{LIST}{noted(demo)}/")
    page.keyboard.press("m")
    assert chosen(page) == "", "nothing was selected"
    words = page.evaluate(SELECT, 12)
    page.keyboard.press("m")
    assert chosen(page) == "return"
    expect(page.locator("#gw-decision [name^=mark_]").first).to_have_value(words.strip())
    expect(page.locator("#gw-decision [name^=instead_]").first).to_be_focused()


def test_takes_the_last_decision_back(demo, page):
    public_id = noted(demo)
    page.goto(f"{LIST}{public_id}/")
    page.keyboard.press("u")
    assert state_of(demo, public_id) == "held"
    page.keyboard.press("t")
    page.get_by_role("combobox", name="Reden").select_option(index=1)
    page.locator("#id_words").fill("Kun je de afdeling ruimer maken?")
    with page.expect_navigation():
        page.get_by_role("button", name="Beslis en ga door").click()
    assert state_of(demo, public_id) == "returned"
    follow(page, "u")
    assert state_of(demo, public_id) == "held"


def test_letters_are_letters_while_somebody_types(demo, page):
    search = page.locator("input[name=q]").first
    search.focus()
    page.keyboard.type(KEYS)
    expect(search).to_have_value(KEYS)
    expect(page.locator("tr.gw-here")).to_have_count(0)
    expect(page.locator("dialog[data-gw-keys]")).to_be_hidden()
    assert page.locator("input[name=seen]:checked").count() == 0

    here = f"{LIST}{noted(demo)}/"
    page.goto(here)
    for field in ("#id_words", "#id_text"):
        page.locator(field).focus()
        page.keyboard.type(KEYS)
        expect(page.locator(field)).to_have_value(KEYS)
        expect(page.locator(field)).to_be_focused()
    page.locator("#id_reason").focus()
    page.keyboard.type("ptw")
    assert chosen(page) == ""
    expect(page.locator("dialog[data-gw-keys]")).to_be_hidden()
    expect(page).to_have_url(re.compile(re.escape(here) + "$"))


def test_who_turned_shortcuts_off_has_no_letters(demo, visit):
    page = opened(demo, visit, "ambassadeur2")
    page.keyboard.press("j")
    expect(title(page, 0)).to_be_focused()
    page.goto("/beheer/account/")
    switch = page.locator("input[name$=keyboard_shortcuts]")
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    page.goto(LIST)
    expect(page.locator("dialog[data-gw-keys]")).to_have_attribute("data-gw-keys", "off")
    for key in "jx?":
        page.keyboard.press(key)
    expect(page.locator("dialog[data-gw-keys]")).to_be_hidden()
    expect(page.locator("tr.gw-here")).to_have_count(0)
