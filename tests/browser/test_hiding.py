"""Hiding a pseudonym for oneself: on the device, by keyboard, and nothing of it on the line."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from live.people import sign_in, story_of

pytestmark = pytest.mark.browser


@pytest.fixture
def thread(demo, visit):
    """A reader at a thread, at 320 px, with script."""
    page = visit(demo, script=True, viewport={"width": 320, "height": 800})
    page.goto(story_of(demo)[0])
    return page


def first_post(page):
    return page.locator("article[data-gw-who]").first


def hide(page) -> str:
    post = first_post(page)
    who = post.get_attribute("data-gw-who")
    post.get_by_role("button", name=f"Verberg {who} voor mij").press("Enter")
    return who


def assert_fits_and_is_accessible(page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(page).response["violations"]
    assert not found, [item["id"] for item in found]


def test_all_of_a_pseudonym_folds_up_and_opens_again(thread):
    who = hide(thread)
    theirs = thread.locator(f'article[data-gw-who="{who}"]')
    for index in range(theirs.count()):
        expect(theirs.nth(index).locator(".gw-post__t")).to_be_hidden()
    show = first_post(thread).get_by_role("button", name=f"Toon {who} weer")
    expect(show).to_be_focused()
    assert_fits_and_is_accessible(thread)
    show.press("Enter")
    expect(first_post(thread).locator(".gw-post__t")).to_be_visible()
    expect(thread.locator("[data-gw-hiding]")).to_be_hidden()


def test_it_stays_after_a_visit_and_stands_in_the_list(thread):
    who = hide(thread)
    thread.reload()
    expect(first_post(thread).locator(".gw-post__t")).to_be_hidden()
    expect(thread.get_by_text("Wie je hier verbergt")).to_be_visible()
    thread.get_by_role("link", name="Alles wat je verbergt").click()
    expect(thread.get_by_role("heading", name="Op dit apparaat")).to_be_visible()
    assert_fits_and_is_accessible(thread)
    thread.get_by_role("button", name=f"Toon {who} weer").click()
    expect(thread.get_by_text("Je verbergt niemand.")).to_be_visible()


def test_nothing_of_it_goes_to_the_server(thread):
    asked = []
    thread.wait_for_load_state("networkidle")
    thread.on("request", lambda request: asked.append(request.url))
    hide(thread)
    thread.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/static/" not in url]


def test_without_script_nothing_is_offered_and_a_page_explains(demo, visit):
    page = visit(demo)
    page.goto(story_of(demo)[0])
    expect(page.get_by_role("button", name="voor mij")).to_have_count(0)
    page.goto("/verborgen/")
    expect(page.get_by_text("Verbergen werkt met JavaScript")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_practice_room_works_with_and_without_script(demo, visit, script):
    page = visit(demo, script=script, viewport={"width": 320, "height": 800})
    page.goto("/oefenruimte/")
    page.get_by_label("Een tekst om te proberen").fill("Jan de Vries zei niets.")
    page.get_by_role("button", name="Kijk wat er gebeurt").click()
    expect(page.get_by_role("heading", name="Dit zou er gebeuren")).to_be_visible()
    page.get_by_role("button", name="Maak er ‘een collega’ van").first.or_(
        page.locator(".gw-press").first
    ).first.click()
    expect(page.get_by_text("Vervangen:")).to_be_visible()
    if script:
        assert_fits_and_is_accessible(page)
    assert page.context.cookies() == []


def test_paused_person_reads_why_and_until_when(demo, visit):
    page = visit(demo, script=True, viewport={"width": 320, "height": 800})
    page.goto(f"/gesprek/{story_of(demo)[1]}/schrijf/")
    sign_in(page, "gepauzeerd", demo.seeded["password"])
    expect(page.get_by_text("Je hebt een pauze tot en met")).to_be_visible()
    assert_fits_and_is_accessible(page)
