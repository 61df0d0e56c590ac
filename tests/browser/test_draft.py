"""What draft.js does with two windows, a way back and a text that did not arrive; no server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

import goedwerk_forum

pytestmark = pytest.mark.browser

SITE = "http://draft.test"
SCRIPT = Path(goedwerk_forum.__path__[0], "static/goedwerk_forum/draft.js")
FORM = """<form data-gw-draft="{0}" action="/weg/"><textarea name="text">{1}</textarea>
<p data-gw-draft-note data-gw-kept="k" data-gw-back="b" data-gw-wipe="w" hidden></p></form>"""
PAGES = {
    "/een/": FORM.format("een", ""),
    "/twee/": FORM.format("twee", ""),
    "/aangekomen/": '<p data-gw-arrived="een"></p>',
    "/eigen/": "<p>Je bijdrage</p>",
    "/vertrokken/": "<p data-gw-gone></p>",
}
BACK = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
AWAY = "dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))"
SEND = """document.querySelector('form').dispatchEvent(
    new Event('submit', {bubbles: true, cancelable: true}))"""


@pytest.fixture
def window(browser):
    context = browser.new_context(base_url=SITE)

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path == "/draft.js":
            return route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        page = f'<script type="module" src="/draft.js"></script>{PAGES.get(path, "")}'
        return route.fulfill(body=page, content_type="text/html")

    context.route("**/*", answer)

    def opened(path: str) -> Page:
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    context.close()


def drafts(page: Page) -> dict[str, dict[str, object]]:
    return page.evaluate("JSON.parse(localStorage.getItem('gw-concept') || '{}')")


def write(page: Page, words: str) -> None:
    page.locator("textarea").last.fill(words)
    page.wait_for_timeout(600)


def test_only_the_draft_that_arrived_goes(window):
    one, two = window("/een/"), window("/twee/")
    for page in (one, two):
        write(page, "Woorden")
        page.evaluate(SEND)
    one.goto("/eigen/")
    assert set(drafts(one)) == {"een", "twee"}
    one.goto("/aangekomen/")
    assert set(drafts(one)) == {"twee"}


def test_second_window_leaves_the_draft_of_the_first_alone(window):
    one, two = window("/een/"), window("/een/")
    write(one, "Woorden")
    two.evaluate(SEND)
    two.goto("/eigen/")
    assert drafts(one)["een"]["fields"] == {"text": "Woorden"}


def test_going_back_to_what_arrived_begins_anew(window):
    one, two = window("/een/"), window("/eigen/")
    write(one, "Woorden")
    one.evaluate(SEND)
    one.evaluate(AWAY)
    one.evaluate(BACK)
    assert one.locator("textarea").input_value() == "Woorden"
    two.goto("/aangekomen/")
    # A window hears of what another one changed a moment later.
    one.wait_for_function("!localStorage.getItem('gw-concept')")
    with one.expect_navigation():
        one.evaluate(BACK)
    assert one.locator("textarea").input_value() == ""
    one.goto("/eigen/")
    assert drafts(one) == {}


def test_form_that_was_closed_keeps_nothing_of_its_own_any_more(window):
    page = window("/een/")
    write(page, "Eerst")
    page.evaluate(
        """() => {
            const old = document.querySelector('form');
            old.querySelector('textarea').value = 'Oud';
            old.querySelector('textarea').dispatchEvent(new Event('input', {bubbles: true}));
            old.remove();
            localStorage.setItem('gw-concept', JSON.stringify(
                {een: {fields: {text: 'Nieuw'}, base: [''], day: Math.floor(Date.now() / 864e5)}}));
            dispatchEvent(new PageTransitionEvent('pagehide'));
        }"""
    )
    assert drafts(page)["een"]["fields"] == {"text": "Nieuw"}


def test_all_drafts_go_on_the_page_that_says_that_one_left(window):
    page = window("/een/")
    write(page, "Woorden")
    page.goto("/vertrokken/")
    assert drafts(page) == {}
