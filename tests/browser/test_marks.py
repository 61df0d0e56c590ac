"""Marks in one's own text: one press, with script in place and without it on a page of its own."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from live.people import join, sign_in, story_of

pytestmark = pytest.mark.browser

TEXT = "Ik sprak Jan de Vries, en Jan zei niets. Soms wil ik gewoon dood."
REPLACED = "Ik sprak [collega A], en [collega A] zei niets. Soms wil ik gewoon dood."


@pytest.fixture
def at_the_form(demo, visit):
    """Opens the form with the text in it, at 320 px."""

    def opened(*, script: bool):
        page = visit(demo, script=script, viewport={"width": 320, "height": 800})
        page.goto(f"/gesprek/{story_of(demo)[1]}/schrijf/")
        sign_in(page, "deelnemer3", demo.seeded["password"])
        if "meedoen" in page.url:
            join(page)
        page.get_by_role("radio", name="Vraag").check()
        page.get_by_label("Je tekst").fill(TEXT)
        return page

    return opened


def shown_text(page) -> str:
    return page.get_by_label("Je tekst").input_value().strip()


@pytest.mark.parametrize("script", [True, False])
def test_one_press_replaces_and_another_puts_back(at_the_form, script):
    page = at_the_form(script=script)
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.get_by_role("heading", name="Hoe gaat het met je?")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"Maak er ‘\[collega A\]’ van")).click()
    expect(page.locator("#gw-vervangen")).to_contain_text("Vervangen op 2 plekken")
    assert shown_text(page) == REPLACED
    expect(page.get_by_role("radio", name="Vraag")).to_be_checked()
    page.get_by_role("button", name="Zet mijn woorden terug").click()
    expect(page.locator("#gw-vervangen")).to_have_count(0)
    assert shown_text(page) == TEXT


def test_press_with_script_leaves_neither_the_page_nor_a_word(at_the_form):
    page = at_the_form(script=True)
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Bekijk eerst").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gw-voorbeeld")).to_be_focused()
    assert page.evaluate("window.stayed")
    page.get_by_label("Je tekst").fill(f"{TEXT} En nog een zin.")
    page.get_by_role("button", name=re.compile(r"\[collega A\]")).click()
    expect(page.locator("#gw-vervangen")).to_be_focused()
    assert shown_text(page) == f"{REPLACED} En nog een zin."
    assert page.evaluate("window.stayed")


def test_press_is_an_ordinary_one_where_the_answer_does_not_come(at_the_form):
    page = at_the_form(script=True)
    page.route("**/schrijf/", lambda route: _only_whole_pages(route))
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.locator("#gw-voorbeeld")).to_be_visible()
    assert shown_text(page) == TEXT


def _only_whole_pages(route) -> None:
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


def test_marks_are_shown_before_sending_and_nothing_is_in_the_way(at_the_form):
    page = at_the_form(script=True)
    page.get_by_role("button", name=re.compile("Verstuur als")).click()
    expect(page.get_by_text("Je tekst is nog niet verstuurd")).to_be_visible()
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response
    assert [violation["id"] for violation in found["violations"]] == []
    wide, narrow = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= narrow
    page.get_by_role("button", name=re.compile("Verstuur als")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bijdrage")
