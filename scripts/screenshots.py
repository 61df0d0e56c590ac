"""Pictures of the demonstration at three widths, in docs/screenshots/.

Starts a demonstration of its own in a temporary folder; ``BASE_URL`` and
``GOEDWERK_DEMO_PASSWORD`` together name one that runs already. ``scripts/screenshots.py guide
owner`` takes those of a guide and of an owner only.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from services import free_port

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
WIDTHS = {320: 800, 768: 1024, 1280: 900}
STORY = "/verhalen/het-rapport-in-de-onderste-la/"
UNJOINED = "/verhalen/twee-kaartjes-en-een-fles-wijn/"
DILEMMA = "/dilemmas/een-vinkje-voor-de-keurmeester/"
STEPS = "/dilemmas/de-sleutel-van-de-loods/"
GUIDED = "/verhalen/twee-kaartjes-en-een-fles-wijn/"
REPORT = ROOT / "tests" / "reports" / "het-depot.md"
#: The tallest picture, in its own pixels; a longer page is cut off below.
TALLEST = 4000
#: How tall a page is; in the admin it scrolls within its frame.
TALL = """Math.max(
    document.documentElement.scrollHeight,
    ...[...document.querySelectorAll("main, .content-wrapper")].map((part) => part.scrollHeight)
)"""
CHROMIUM = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """(address, password) of a running demonstration."""
    password = os.environ.get("GOEDWERK_DEMO_PASSWORD", "schermafbeelding")
    if given := os.environ.get("BASE_URL"):
        yield given.rstrip("/"), password
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "GOEDWERK_DEMO": "1",
            "GOEDWERK_DATA_DIR": folder,
            "GOEDWERK_DEMO_PASSWORD": password,
        }
        process = subprocess.Popen(
            [sys.executable, "site/manage.py", "goedwerk_run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            for line in process.stdout or ():
                print(line, end="")
                if "Ctrl-C stops it" in line:
                    yield f"http://127.0.0.1:{port}", password
                    break
            else:
                sys.exit("The demonstration did not start; see the lines above.")
        finally:
            process.terminate()
            process.wait(timeout=30)


def save(page: Page, name: str, width: int) -> None:
    """One picture, whole page, in 128 colours: small enough to keep in the repository.

    The window is made as tall as the page: what sticks to its foot would cover the text else.
    """
    page.evaluate("document.fonts.ready.then(() => true)")
    tall = page.evaluate(TALL)
    page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})
    shot = page.screenshot()
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    keep(shot, name, width)


def keep(picture: bytes, name: str, width: int) -> None:
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    target = TARGET / f"{name}-{width}.png"
    shot.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"  {target.relative_to(ROOT)} ({target.stat().st_size // 1024} kB)")


def sign_in(context: BrowserContext, url: str, name: str, password: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/account/inloggen/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda there: "inloggen" not in there)
    return page


def first_link(page: Page, selector: str) -> str:
    return page.locator(selector).first.get_attribute("href") or "/"


def as_reader(context: BrowserContext, url: str, width: int, _password: str) -> None:
    page = context.new_page()
    for name, path in {
        "home": "/",
        "index": "/verhalen/",
        "story": STORY,
        "dilemma": DILEMMA,
        "login": "/account/inloggen/",
        "figures": "/cijfers/",
        "steps": STEPS,
        "harvest": f"{STORY}opbrengst/",
        "guidance": "/handvatten/",
        "tip": "/handvatten/ga-niet-alleen/",
        "theme": "/themas/loyaliteit/",
        "search": "/zoeken/?q=regels",
        "statements": "/stellingen-en-opgaven/",
        "statement": "/stellingen-en-opgaven/een-advies-kort-je-nooit-stil-in/",
        "assignment": "/stellingen-en-opgaven/wie-trekt-er-aan-het-nieuwe-fietspad/",
        "practice-room": "/oefenruimte/",
    }.items():
        page.goto(url + path)
        save(page, name, width)
    page.goto(url + STORY)
    page.goto(url + first_link(page, "a[href^='/melden/']"))
    save(page, "report", width)


def as_participant(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "deelnemer", password)
    for name, story in {"write": STORY, "join": UNJOINED}.items():
        page.goto(url + story)
        page.goto(url + first_link(page, "a[href*='/schrijf/']"))
        save(page, name, width)
    page.goto(f"{url}/mijn-bijdragen/")
    save(page, "mine", width)
    page.goto(url + first_link(page, "a.gw-row__a[href^='/mijn-bijdragen/']"))
    save(page, "own", width)
    for name, path in {
        "inbox": "/berichten/",
        "following": "/berichten/volgend/",
        "consents": "/mijn-toestemmingen/",
        "own-reports": "/mijn-meldingen/",
        "circles": "/mijn-kringen/",
    }.items():
        page.goto(url + path)
        save(page, name, width)
    page.goto(url + first_link(page, "main a[href^='/kring/']"))
    save(page, "circle", width)
    own_account(page, url, width, password)


def as_contributor(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "deelnemer", password)
    mine = f"{url}/mijn-inzendingen/"
    page.goto(f"{url}/inzenden/")
    save(page, "story-start", width)
    page.goto(mine)
    save(page, "story-mine", width)
    for name, end in {"read": "nalezen/", "step": "gebeurd/", "consent": "akkoord/"}.items():
        page.goto(mine)
        page.goto(url + first_link(page, f"a[href$='/{end}']"))
        save(page, f"story-{name}", width)
    page.goto(mine)
    page.locator("article", has_text="In bewerking").get_by_role("link").first.click()
    save(page, "story-own", width)


def own_account(page: Page, url: str, width: int, password: str) -> None:
    """What she sees of her account, after showing again who she is."""
    page.goto(f"{url}/mijn-gegevens/download/")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/download/")
    for name, path in {
        "account": "/account/",
        "data": "/mijn-gegevens/",
        "cut": "/mijn-gegevens/verbreek/",
        "security": "/account/beveiliging/",
        "leave": "/account/weg/",
    }.items():
        page.goto(url + path)
        save(page, name, width)


def as_ambassador(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "ambassadeur", password)
    page.goto(f"{url}/beheer/moderatie/")
    save(page, "moderate-queue", width)
    page.goto(url + first_link(page, "main td a[href*='/beheer/moderatie/']:not([href*='/alle/'])"))
    save(page, "moderate-case", width)
    for name, path in {
        "moderate-keys": "/beheer/moderatie/toetsen/",
        "rota": "/beheer/moderatie/rooster/",
        "measures": "/beheer/moderatie/maatregelen/",
        "complaints": "/beheer/meldingen/",
    }.items():
        page.goto(url + path)
        save(page, name, width)
    page.goto(
        url + first_link(page, "main a[href^='/beheer/meldingen/']:not([href$='/meldingen/'])")
    )
    save(page, "complaint", width)


def practising(context: BrowserContext, url: str, width: int, password: str) -> None:
    """Figures, and a case to practise on with what colleagues did."""
    page = sign_in(context, url, "ambassadeur", password)
    page.goto(f"{url}/beheer/overzicht/")
    save(page, "dashboard", width)
    page.goto(f"{url}/beheer/oefenen/")
    page.locator(".gw-practice__list a").first.click()
    page.locator("#gw-decision input[type=radio]").first.check()
    page.locator("#gw-decision button[type=submit]").click()
    page.locator(".gw-feedback").wait_for()
    save(page, "practice-feedback", width)
    page.goto(f"{url}/beheer/oefenen/")
    save(page, "practice", width)


def as_guide(context: BrowserContext, url: str, width: int, password: str) -> None:
    """A guided thread, a branch with a place of its own, and the tools behind both."""
    page = sign_in(context, url, "ambassadeur", password)
    page.goto(url + GUIDED)
    keep(page.locator("#dialoog").screenshot(), "guided", width)
    guide = first_link(page, "a[href$='/begeleiden/']")
    page.goto(url + first_link(page, ".gw-tomb--way a"))
    save(page, "branch", width)
    page.goto(url + guide)
    save(page, "guide", width)
    page.goto(url + first_link(page, ".gw-guided a[href^='/bijdrage/']"))
    save(page, "guide-tools", width)
    page.goto(f"{url}/begeleiden/")
    save(page, "guide-overview", width)


def as_owner(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "beheerder", password)
    for name, path in {"checks": "/beheer/controles/", "words": "/beheer/woorden/"}.items():
        page.goto(url + path)
        save(page, name, width)


def as_importer(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "redacteur", password)
    page.goto(f"{url}/beheer/verslag-importeren/")
    save(page, "report-upload", width)
    page.set_input_files("input[type=file]", REPORT)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/verslag-importeren/*/")
    save(page, "report-choose", width)
    page.click("button[name=throw_away]")


def as_second_editor(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "redacteur2", password)
    page.goto(f"{url}/beheer/")
    page.goto(url + first_link(page, "main a:has-text('De lege stoel')"))
    page.get_by_role("tab", name="Vrijgave").click()
    save(page, "clearance", width)
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Lees na en teken").click()
    page.get_by_label("Ik las alles").wait_for()
    page.wait_for_timeout(500)  # until it has faded in
    save(page, "clearance-sign", width)


def as_editor(context: BrowserContext, url: str, width: int, password: str) -> None:
    page = sign_in(context, url, "redacteur", password)
    inbox = f"{url}/beheer/inzendingen/"
    page.goto(inbox)
    save(page, "submissions", width)
    in_hand = page.locator("tr", has_text="In bewerking").locator("td.title a")
    talking, half = (in_hand.nth(place).get_attribute("href") for place in (0, 1))
    page.goto(f"{url}{talking}brieven/")
    save(page, "letters", width)
    page.goto(f"{url}{half}")
    save(page, "workbench", width)
    page.goto(f"{url}{half}herkenning/")
    save(page, "recognition", width)
    page.goto(inbox)
    asked = first_link(page, "tr:has-text('akkoord') td.title a")
    page.goto(f"{url}{asked}naast-elkaar/")
    save(page, "beside", width)


#: Who looks, by the name that is asked for.
VISITS: dict[str, Callable[[BrowserContext, str, int, str], None]] = {
    "reader": as_reader,
    "participant": as_participant,
    "contributor": as_contributor,
    "ambassador": as_ambassador,
    "guide": as_guide,
    "practice": practising,
    "owner": as_owner,
    "importer": as_importer,
    "editor": as_editor,
    "second-editor": as_second_editor,
}


def photograph(browser: Browser, url: str, password: str, visits: Iterable[str]) -> None:
    for width, height in WIDTHS.items():
        print(f"{width} px")
        for name in visits:
            context = browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", locale="nl-NL"
            )
            VISITS[name](context, url, width, password)
            context.close()


def main() -> None:
    visits = sys.argv[1:] or list(VISITS)
    if unknown := set(visits) - set(VISITS):
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(VISITS)}.")
    TARGET.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with demonstration() as (url, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        photograph(browser, url, password, visits)
        browser.close()
    print(f"Done in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
