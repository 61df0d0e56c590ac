"""Following a dialogue: folded branches, keys, what is new; a draft that stays on the device."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from live.people import join, sign_in, story_of

pytestmark = pytest.mark.browser

FOLDED = "/dilemmas/de-keuken-van-de-buren/"
TYPED = "Ik legde het eerst aan een collega voor, en schreef het daarna pas op."
#: Longer than a draft waits before it is kept.
KEPT_AFTER = 700


@pytest.fixture
def on_phone(demo, visit):
    def open_page(address, *, script=True):
        page = visit(demo, script=script, viewport={"width": 320, "height": 800})
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def writing(demo, visit):
    """Somebody who takes part, at the form of a story."""
    page = visit(demo, script=True, viewport={"width": 320, "height": 800})
    page.goto(f"/gesprek/{story_of(demo)[1]}/schrijf/")
    sign_in(page, "deelnemer2", demo.seeded["password"])
    expect(page).not_to_have_url(re.compile("inloggen"))
    if "meedoen" in page.url:
        join(page)
    return page


def type_in(page: Page) -> None:
    page.get_by_role("radio", name="Ervaring").check()
    page.get_by_label("Je tekst").fill(TYPED)
    page.wait_for_timeout(KEPT_AFTER)


def drafts(page: Page) -> str:
    return page.evaluate("localStorage.getItem('gw-concept') || ''")


def assert_fits_and_is_accessible(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(page).response["violations"]
    assert not found, [item["id"] for item in found]


@pytest.mark.parametrize("script", [True, False])
def test_folded_answers_open_by_keyboard_and_by_a_link_to_one(on_phone, script):
    page = on_phone(FOLDED, script=script)
    more = page.locator("details.gw-more").first
    inside = more.locator("article").last
    expect(inside).to_be_hidden()
    more.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    expect(more.get_by_text("Toon minder antwoorden")).to_be_visible()
    place = inside.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{FOLDED}#{place}")
    expect(page.locator(f"#{place}")).to_be_visible()
    assert_fits_and_is_accessible(page) if script else None


def test_keys_move_within_the_dialogue_and_nowhere_else(on_phone):
    page = on_phone(f"{FOLDED}?sinds=1")
    page.keyboard.press("j")
    expect(page.locator("article:focus")).to_have_count(0)
    page.locator("#dialoog").focus()
    posts = page.locator("#dialoog article[id^='b-']")
    page.keyboard.press("j")
    expect(posts.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(posts.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(posts.nth(0)).to_be_focused()
    page.keyboard.press("n")
    is_new = posts.evaluate_all("all => all.map((one) => !!one.querySelector('[data-gw-new]'))")
    expect(posts.nth(is_new.index(True, 1))).to_be_focused()


def test_a_link_to_one_contribution_shows_which(on_phone):
    page = on_phone(FOLDED, script=False)
    page.locator("article.gw-post .gw-meta a").nth(3).click()
    asked = page.locator("article[aria-current]")
    expect(asked).to_be_in_viewport()
    assert asked.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_newest_first_needs_no_script(on_phone):
    page = on_phone(FOLDED, script=False)
    page.get_by_text("Kies wat je leest").click()
    page.get_by_role("link", name="Nieuwste eerst").click()
    expect(page.get_by_text("Wat het laatst kwam, staat bovenaan.")).to_be_visible()
    page.get_by_role("link", name="Lees zoals de dialoog ging").click()
    expect(page.locator("details.gw-more").first).to_be_visible()


def test_what_is_new_is_found_without_script_and_leaves_a_mark_on_the_device_only(demo, visit):
    page = visit(demo, viewport={"width": 320, "height": 800})
    page.goto("/account/inloggen/")
    sign_in(page, "deelnemer3", demo.seeded["password"])
    expect(page).not_to_have_url(re.compile("inloggen"))
    page.goto(FOLDED)
    page.get_by_role("link", name="Naar wat nieuw is voor jou").click()
    expect(page.locator("#niets-nieuws")).to_be_visible()
    marks = [one for one in page.context.cookies() if one["name"] == "gw_gevolgd"]
    assert [one["path"] for one in marks] == ["/berichten/"]


def test_draft_comes_back_on_this_device_and_goes_when_it_is_wiped(writing):
    writing.wait_for_load_state("networkidle")
    asked = []
    writing.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    type_in(writing)
    assert TYPED in drafts(writing)
    assert not asked
    writing.goto("/verhalen/")
    writing.go_back()
    writing.reload()
    expect(writing.get_by_label("Je tekst")).to_have_value(TYPED)
    expect(writing.get_by_role("radio", name="Ervaring")).to_be_checked()
    expect(writing.get_by_text("Dit typte je eerder op dit apparaat.")).to_be_visible()
    assert_fits_and_is_accessible(writing)
    assert not [request for request in asked if not request.startswith("GET ")]
    writing.get_by_role("button", name="Wis wat ik typte").click()
    expect(writing.get_by_label("Je tekst")).to_have_value("")
    assert TYPED not in drafts(writing)
    writing.reload()
    expect(writing.get_by_label("Je tekst")).to_have_value("")


def test_draft_goes_when_the_text_has_arrived(writing):
    type_in(writing)
    writing.get_by_role("button", name=re.compile("Verstuur als")).click()
    expect(writing.get_by_role("heading", name="Je bijdrage", exact=True)).to_be_visible()
    assert TYPED not in drafts(writing)


def test_draft_stays_when_the_text_does_not_arrive(writing):
    type_in(writing)
    writing.route(lambda url: url.endswith("/schrijf/"), lambda route: route.abort())
    writing.get_by_role("button", name=re.compile("Verstuur als")).click(no_wait_after=True)
    writing.wait_for_timeout(KEPT_AFTER)
    writing.unroute_all()
    writing.goto("/verhalen/")
    assert TYPED in drafts(writing)


def test_draft_goes_at_sign_out_and_nobody_else_finds_it(demo, writing):
    form = writing.url
    type_in(writing)
    writing.context.clear_cookies()
    writing.goto(form)
    sign_in(writing, "deelnemer", demo.seeded["password"])
    expect(writing).not_to_have_url(re.compile("inloggen"))
    if "meedoen" in writing.url:
        join(writing)
    expect(writing.get_by_label("Je tekst")).to_have_value("")
    writing.goto("/account/uitloggen/")
    expect(writing.get_by_text("verdwijnt van dit apparaat")).to_be_visible()
    writing.get_by_role("button", name="Log uit").click()
    writing.wait_for_load_state()
    assert drafts(writing) == ""


def test_answer_in_place_keeps_its_draft_too(demo, writing):
    writing.goto(story_of(demo)[0])
    writing.locator("a[data-gw-inline]").first.click()
    form = writing.locator(".gw-inline form")
    expect(form).to_be_visible()
    type_in(writing)
    writing.reload()
    writing.locator("a[data-gw-inline]").first.click()
    expect(form.get_by_label("Je tekst")).to_have_value(TYPED)
    form.get_by_role("button", name="Wis wat ik typte").click()
