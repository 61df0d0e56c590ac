"""What people do on the site, by the words that they read there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .site import LiveSite

TEXT = "Ik belde eerst zelf, en schreef daarna pas op wat ik had gezien. Dat hielp ons allebei."


def sign_in(page: Page, username: str, password: str) -> None:
    """Fills in the sign-in page that is in front."""
    page.get_by_label("Gebruikersnaam of e-mailadres").fill(username)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Inloggen").click()


def show_again(page: Page, password: str) -> None:
    """Shows again who she is, on the page that is in front."""
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Ga verder").click()


def sign_in_to_admin(page: Page, username: str, password: str) -> None:
    page.goto("/beheer/login/")
    sign_in(page, username, password)
    expect(page).to_have_url(re.compile(r"/beheer/$"))


def join(page: Page) -> str:
    """Takes the drawn pseudonym; returns it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Doe mee onder een schuilnaam")
    pseudonym = page.locator("#gw-pseudonym").inner_text()
    page.get_by_role("button", name=f"Doe mee als {pseudonym}").click()
    return pseudonym


def write(page: Page, text: str = TEXT, kind: str = "Ervaring") -> None:
    """Fills in the form in front, and sends it."""
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Je tekst").fill(text)
    page.get_by_role("button", name=re.compile("Verstuur als")).click()


def decide(page: Page, public_id: str, action: str, reason: str = "", words: str = "") -> None:
    """An ambassador opens a contribution from her queue, and decides."""
    page.goto("/beheer/")
    page.get_by_role("link", name="Moderatie").first.click()
    page.locator(f"main a[href*='/{public_id}/']").first.click()
    page.get_by_role("radio", name=re.compile(action)).check()
    if reason:
        page.get_by_role("combobox", name="Reden").select_option(label=reason)
        page.get_by_label("In je eigen woorden").fill(words)
    page.get_by_role("button", name="Beslis en ga door").click()


def story_of(site: LiveSite) -> tuple[str, str]:
    """A story with an open dialogue in which people speak: (its address, its discussion)."""
    rows = site.rows(
        "SELECT p.url_path, d.uuid FROM goedwerk_forum_discussion d "
        "JOIN wagtailcore_page p ON p.id = d.page_id "
        "WHERE d.shown_count > 2 AND p.url_path LIKE '%/verhalen/%' ORDER BY p.id"
    )
    path, uuid = rows[0]
    return "/" + path.split("/", 2)[2], str(uuid).replace("-", "")


def written(site: LiveSite, text: str) -> int:
    return site.rows(f"SELECT count(*) FROM goedwerk_forum_revision WHERE text = '{text}'")[0][0]
