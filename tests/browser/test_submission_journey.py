"""The contributor's journey without JavaScript and by keyboard, and what her pages must pass."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from live.people import sign_in

pytestmark = pytest.mark.browser

STORY = (
    "Ik vroeg Bartholomeus Kwispelaar waarom de brief nog niet weg was. Hij keek de andere kant op."
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def signed_in(visit, demo, path: str, name: str = "deelnemer3", **options) -> Page:
    page = visit(demo, **options)
    page.goto("/mijn-inzendingen/")
    sign_in(page, name, demo.seeded["password"])
    page.goto(path)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_the_index_to_sent_and_withdrawn_without_script(demo, visit):
    her = visit(demo)
    her.goto("/verhalen/")
    her.get_by_role("link", name="Vertel zelf een verhaal").click()
    expect(her.get_by_role("heading", name="Onze belofte")).to_be_visible()
    her.get_by_role("link", name="Begin met vertellen").click()
    sign_in(her, "deelnemer3", demo.seeded["password"])

    her.get_by_label("Wat gebeurde er?").fill(STORY)
    press(her, "Laat zien wat herkenbaar is")
    expect(her.locator("mark.gw-word").first).to_contain_text("Kwispelaar")
    her.locator("button[name=replace]").first.click()
    expect(her.get_by_label("Wat gebeurde er?")).not_to_have_value(re.compile("Kwispelaar"))
    press(her, "Zet mijn woorden terug")
    expect(her.get_by_label("Wat gebeurde er?")).to_have_value(STORY)
    press(her, "Bewaar en ga verder")

    her.get_by_label("Waar zat de spanning?").fill("Ik wilde niet klikken.")
    press(her, "5. De terugblik")
    her.get_by_label("Wat zie je achteraf?").fill("Ik had het hem eerder moeten vragen.")
    press(her, "2. De spanning")
    expect(her.get_by_label("Waar zat de spanning?")).to_have_value("Ik wilde niet klikken.")
    press(her, "Bewaar en stop voor nu")
    expect(her.get_by_text("Alleen jij ziet dit. Er is nog niets verstuurd.")).to_be_visible()

    her.get_by_role("link", name="Lees na en verstuur").click()
    press(her, "Verstuur naar de redactie")
    expect(her).to_have_title(re.compile("^Fout:"))
    her.get_by_role("radio", name="Ja, ik wil het eerst lezen").check()
    her.get_by_role("radio", name="Dan gaat het niet door").check()
    press(her, "Verstuur naar de redactie")
    expect(her.get_by_text("Een redacteur pakt het op.")).to_be_visible()

    her.get_by_role("textbox", name="Schrijf aan de redactie").fill("Ik ben er alleen op maandag.")
    press(her, "Verstuur je brief")
    expect(her.locator(".gw-letter")).to_contain_text("Ik ben er alleen op maandag.")
    her.get_by_role("link", name="Trek in").click()
    expect(her.get_by_text("Dat kan niet terug.")).to_be_visible()
    press(her, "Ja, trek mijn inzending in")
    expect(her.get_by_text("Je tekst en de brieven zijn weg.")).to_be_visible()
    expect(her.get_by_text("Kwispelaar")).to_have_count(0)


def test_with_script_a_mark_is_replaced_without_leaving_the_page(demo, visit):
    her = signed_in(visit, demo, "/inzenden/nieuw/", script=True)
    her.get_by_label("Wat gebeurde er?").fill(STORY)
    her.evaluate("window.stayed = true")
    press(her, "Laat zien wat herkenbaar is")
    her.locator("button[name=replace]").first.click()
    expect(her.locator("#gw-vervangen")).to_be_focused()
    expect(her.get_by_label("Wat gebeurde er?")).not_to_have_value(re.compile("Kwispelaar"))
    assert her.evaluate("window.stayed")


def test_by_keyboard_alone_a_step_is_written_and_the_next_reached(demo, visit):
    her = signed_in(visit, demo, "/inzenden/nieuw/", script=True)
    for _tab in range(40):
        her.keyboard.press("Tab")
        if her.evaluate("document.activeElement.name") == "text":
            break
    her.keyboard.type("Er lag een brief op de verkeerde stapel.")
    her.keyboard.press("Tab")
    assert her.evaluate("document.activeElement.textContent") == "Bewaar en ga verder"
    assert her.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    her.keyboard.press("Enter")
    expect(her.get_by_label("Waar zat de spanning?")).to_be_visible()


def test_she_answers_to_the_story_without_script(demo, visit):
    her = signed_in(visit, demo, "/mijn-inzendingen/", "deelnemer")
    her.get_by_role("link", name="Lees het verhaal en antwoord").click()
    expect(her.get_by_role("heading", name="De vierde keer aan de balie")).to_be_visible()
    her.get_by_role("radio", name="Er moet iets anders").check()
    press(her, "Geef dit antwoord")
    expect(her.get_by_role("link", name="Schrijf op wat er anders moet.")).to_be_visible()
    her.get_by_label("Wil je er iets bij zeggen?").fill("De balie is te herkennen.")
    press(her, "Geef dit antwoord")
    expect(her.get_by_text("In bewerking").first).to_be_visible()
    expect(her.locator(".gw-letter")).to_contain_text("De balie is te herkennen.")


def test_an_error_takes_the_focus_and_names_the_field(demo, visit):
    her = signed_in(visit, demo, "/inzenden/nieuw/", script=True)
    press(her, "Bewaar en ga verder")
    expect(her.locator("#gw-errors")).to_be_focused()
    assert her.locator("#gw-text").get_attribute("aria-invalid") == "true"
    assert not Axe().run(her, options=RULES).response["violations"]
