"""The whole way with the keyboard alone, without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from live.people import join, sign_in, story_of, written

pytestmark = pytest.mark.browser

MOST = 200
#: Whether some of what has focus, or of its label, lies on top.
IN_SIGHT = """element => [element, ...(element.labels || [])]
  .flatMap(one => [...one.getClientRects()])
  .map(box => document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))
  .some(top => top && [element, ...(element.labels || [])].some(one => one.contains(top)))"""
TEXT = "Dit heb ik met alleen het toetsenbord geschreven."


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what has focus reads or is called ``words``; its outline must show."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and re.search(words, _called(focused)):
            assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none", words
            assert focused.evaluate(IN_SIGHT), f"{words} is behind something"
            return
    raise AssertionError(f"Tab does not lead to {words}")


def _called(focused) -> str:
    return focused.evaluate(
        "e => [e.innerText, e.getAttribute('aria-label'), e.value,"
        " ...[...(e.labels || [])].map(l => l.innerText)].filter(Boolean).join(' ')"
    )


def test_from_the_skip_link_to_ones_own_contribution(demo, visit):
    page = visit(demo)
    page.goto(f"/gesprek/{story_of(demo)[1]}/schrijf/")
    sign_in(page, "deelnemer3", demo.seeded["password"])
    if "meedoen" in page.url:
        join(page)

    page.goto("/verhalen/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("naar de inhoud", re.IGNORECASE))
    page.keyboard.press("Enter")
    title = page.locator("main h2 a, main h3 a").first.inner_text()
    tab_to(page, re.escape(title))

    page.goto(story_of(demo)[0])
    with page.expect_navigation():
        tab_to(page, r"^(Reageer|Antwoord|Vertel|Beantwoord|Denk|Vraag|Vul)")
        page.keyboard.press("Enter")
    assert "/reageer/" in page.url

    with page.expect_navigation():
        tab_to(page, "Verstuur als")
        page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Fout:"))
    expect(page.locator("#gw-errors")).to_be_focused()
    tab_to(page, "Schrijf eerst je bijdrage")
    page.keyboard.press("Enter")
    expect(page.locator("#gw-text")).to_be_visible()
    tab_or_stay(page)
    page.keyboard.type(TEXT)
    page.keyboard.press("Shift+Tab")
    for _press in range(MOST):
        if page.locator(":focus[name=kind]").count():
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        tab_to(page, "Verstuur als")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bijdrage")
    assert written(demo, TEXT) == 1

    with page.expect_navigation():
        tab_to(page, "Mijn bijdragen")
        page.keyboard.press("Enter")
    expect(page.get_by_text(TEXT)).to_be_visible()


def tab_or_stay(page: Page) -> None:
    """A link to a field gives it focus, or puts the next Tab there."""
    if not page.locator("#gw-text:focus").count():
        page.keyboard.press("Tab")
    expect(page.locator("#gw-text")).to_be_focused()
