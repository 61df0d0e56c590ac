"""A passkey from making it to signing in with it, with a device that Chromium plays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from live.people import show_again, sign_in

pytestmark = pytest.mark.browser


def with_device(page) -> None:
    """A device that knows its owner, and says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_stands_in_for_the_password(demo, visit):
    page = visit(demo, script=True)
    refused: list[str] = []
    page.on(
        "console",
        lambda said: refused.append(said.text) if "Content Security" in said.text else None,
    )
    with_device(page)
    # A passkey belongs to a name; an address of digits has none.
    base = demo.base.replace("127.0.0.1", "localhost")
    page.goto(f"{base}/account/beveiliging/sleutels/nieuw/")
    sign_in(page, "redacteur2", demo.seeded["password"])
    show_again(page, demo.seeded["password"])
    expect(page.get_by_text("Het lukte niet.")).to_be_hidden()
    page.get_by_label("Naam voor deze sleutel").fill("Mijn telefoon")
    page.get_by_role("button", name="Maak mijn passkey").click()
    expect(page).to_have_url(re.compile(r"/beveiliging/codes/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Je herstelcodes")

    page.goto(f"{base}/account/beveiliging/")
    expect(page.get_by_text("Mijn telefoon", exact=True)).to_be_visible()
    page.goto(f"{base}/account/uitloggen/")
    page.get_by_role("button", name="Log uit").click()

    page.goto(f"{base}/account/inloggen/?next=/berichten/")
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page).to_have_url(f"{base}/berichten/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Voor jou")

    page.goto(f"{base}/mijn-gegevens/download/")
    if "sleutel" not in page.url:
        page.get_by_role("link", name="Gebruik je passkey").click()
    page.get_by_role("button", name="Gebruik je passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Neem alles mee")
    assert not refused


def test_without_script_the_button_is_not_there(demo, visit):
    page = visit(demo)
    page.goto("/account/inloggen/")
    expect(page.get_by_role("button", name="Log in met een passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
