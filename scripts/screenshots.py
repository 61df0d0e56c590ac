"""Pictures of the demonstration at three widths, in docs/screenshots/.

Starts a demonstration of its own in a temporary folder; ``BASE_URL`` and
``GOEDWERK_DEMO_PASSWORD`` together name one that runs already. ``scripts/screenshots.py guide
owner`` takes those of a guide and of an owner only. Which there are stands in ``pictures.py``. One
that fails is named at the end, and holds up no other.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from pictures import ROOT, VISITS, WIDTHS, Shot, Visit, password, visit
from services import free_port

TARGET = ROOT / "docs" / "screenshots"
#: Milliseconds in which something must be there.
PATIENCE = 20_000
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
def demonstration() -> Iterator[str]:
    """The address of a running demonstration."""
    if given := os.environ.get("BASE_URL"):
        yield given.rstrip("/")
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "GOEDWERK_DEMO": "1",
            "GOEDWERK_DATA_DIR": folder,
            "GOEDWERK_DEMO_PASSWORD": password(),
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
                    yield f"http://127.0.0.1:{port}"
                    break
            else:
                sys.exit("The demonstration did not start; see the lines above.")
        finally:
            process.terminate()
            process.wait(timeout=30)


def sign_in(page: Page, who: str) -> None:
    visit(page, "/account/inloggen/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", password())
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda there: "inloggen" not in there)


def take(page: Page, shot: Shot, width: int) -> None:
    visit(page, shot.address, shot.status)
    for step in shot.steps:
        step(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    if shot.part:
        keep(page.locator(shot.part).screenshot(), shot.name, width)
    else:
        keep(whole(page, width), shot.name, width)
    for step in shot.after:
        step(page)


def whole(page: Page, width: int) -> bytes:
    """The window is made as tall as the page: what sticks to its foot would cover the text else."""
    tall = page.evaluate(TALL)
    page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})
    shot = page.screenshot()
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    return shot


def keep(picture: bytes, name: str, width: int) -> None:
    """In 128 colours: small enough for the repository."""
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    target = TARGET / f"{name}-{width}.png"
    shot.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"  {target.relative_to(ROOT)} ({target.stat().st_size // 1024} kB)")


def look_around(context: BrowserContext, one: Visit, width: int) -> Iterator[str]:
    """Takes the pictures of a visit; yields what went wrong."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if one.who:
        try:
            sign_in(page, one.who)
        except Error as error:
            yield f"{one.who}-{width}: {error.message.splitlines()[0]}"
            return
    for shot in one.all_shots():
        try:
            take(page, shot, width)
        except Error as error:
            yield f"{shot.name}-{width}: {error.message.splitlines()[0]}"


def photograph(browser: Browser, url: str, visits: Iterable[str]) -> list[str]:
    """Takes the pictures of the visits at every width; returns what went wrong."""
    failed: list[str] = []
    for name in visits:
        print(name)
        for width, height in WIDTHS.items():
            context = browser.new_context(
                base_url=url,
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
                locale="nl-NL",
            )
            failed += look_around(context, VISITS[name], width)
            context.close()
    return failed


def main() -> None:
    visits = sys.argv[1:] or list(VISITS)
    if unknown := set(visits) - set(VISITS):
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(VISITS)}.")
    TARGET.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with demonstration() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        failed = photograph(browser, url, visits)
        browser.close()
    print(f"Done in {time.monotonic() - started:.0f} s.")
    if failed:
        sys.exit("Not taken:\n" + "\n".join(failed))


if __name__ == "__main__":
    main()
