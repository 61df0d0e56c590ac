"""An editor presses a button while Wagtail's autosave is still on its way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from live.people import sign_in_to_admin

pytestmark = pytest.mark.browser

TITLE = "Een concept tussen twee opslagen"
#: Milliseconds after which Wagtail's editor begins to watch what is typed.
WATCHES_AFTER = 2500


def test_a_press_during_an_autosave_makes_one_page(demo, visit):
    [(index,)] = demo.rows("SELECT id FROM wagtailcore_page WHERE slug = 'verhalen'")
    create = f"/beheer/pages/add/goedwerk_casestudies/storypage/{index}/"
    page = visit(demo, script=True)
    sign_in_to_admin(page, "redacteur", demo.seeded["password"])
    saved = []

    def keep_the_answer(route):
        if route.request.method == "POST" and not saved:
            saved.append((route, route.fetch()))
        else:
            route.continue_()

    page.route(lambda url: url.endswith(create), keep_the_answer)
    page.goto(create)
    page.wait_for_timeout(WATCHES_AFTER)
    page.locator("#id_title").click()
    page.keyboard.type(TITLE)
    page.locator("#id_lead").fill("Iedereen zag het. Niemand zei iets.")
    wait_for(page, saved)

    page.get_by_role("button", name="Bewaar concept").click(no_wait_after=True)
    page.wait_for_timeout(500)
    route, answer = saved[0]
    route.fulfill(response=answer)

    expect(page.locator(".messages")).to_contain_text(TITLE)
    count = f"SELECT COUNT(*) FROM wagtailcore_page WHERE title = '{TITLE}'"
    assert demo.rows(count) == [(1,)]


def wait_for(page, saved) -> None:
    for _ in range(150):
        if saved:
            return
        page.wait_for_timeout(100)
    raise AssertionError("Nothing was saved by itself.")
