"""Measures what a reader waits for: bytes, first paint and what moves, on a slow line.

``make bench`` runs it; ``bench/weight.py`` alone does, too. Chromium opens a story with fifty
contributions, with nothing in its cache, at 1.6 Mbit/s with 150 ms for each answer (the "slow 4G"
of Lighthouse), on the site as it is served in production but for TLS and HTTP/2.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("forum", "casestudies", "site", "tests", "bench")]
sys.path.append(str(ROOT / "scripts"))
FOLDER = Path(tempfile.mkdtemp(prefix="goedwerk-weight-"))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "goedwerk_site.settings",
    "GOEDWERK_DEMO": "1",
    "GOEDWERK_DATA_DIR": str(FOLDER),
    "LOG_LEVEL": "ERROR",
}
for elsewhere in ("DATABASE_URL", "GOEDWERK_TESTING", "REDIS_URL"):
    os.environ.pop(elsewhere, None)

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from table import HEAD, Line, conditions, write  # noqa: E402

from services import free_port  # noqa: E402

CONTRIBUTIONS = 50
TIMES = 5
#: Bytes a second, and milliseconds from a request to the first byte of its answer.
DOWN, UP, LATENCY = 1_600_000 // 8, 750_000 // 8, 150
KB = 1000
SEEN = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  answered: performance.getEntriesByType("navigation")[0].responseStart,
  moved: window.gwMoved,
  sizes: performance.getEntriesByType("navigation")
    .concat(performance.getEntriesByType("resource"))
    .map(entry => [new URL(entry.name).pathname, entry.encodedBodySize]),
})"""
WATCH = """window.gwMoved = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.gwMoved += entry.value;
}).observe({type: "layout-shift", buffered: true})"""


def prepare() -> str:
    """The demonstration, with fifty contributions at one story; returns its address."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("goedwerk_setup", stdout=sys.stderr)
    call_command("goedwerk_demo", stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    import factories as make
    from goedwerk_forum.models import Contribution, Discussion

    busy = Discussion.objects.filter(page__url_path__contains="/verhalen/", shown_count__gt=2)
    discussion = busy.order_by("pk")[0]
    Contribution.objects.filter(discussion=discussion).delete()
    make.crowd(discussion, CONTRIBUTIONS)
    return str(discussion.page.specific.url)


def serve(port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"],
        cwd=ROOT / "site",
        env=os.environ | {"BIND": f"127.0.0.1:{port}"},
    )
    for _try in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return server
    server.kill()
    sys.exit("The site did not start.")


@dataclass(frozen=True)
class Visit:
    """What one visit with an empty cache saw.

    Milliseconds to the first paint and to the page's first byte, the shift score, bytes by address.
    """

    paint: float
    answered: float
    moved: float
    sizes: dict[str, int]

    def bytes_of(self, *ends: str) -> int:
        return sum(size for path, size in self.sizes.items() if path.endswith(ends))


def visit(browser: Browser, url: str, width: int) -> Visit:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
    page = context.new_page()
    _slow_down(page)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    seen = page.evaluate(SEEN)
    context.close()
    return Visit(seen["paint"], seen["answered"], seen["moved"], dict(seen["sizes"]))


def _slow_down(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": DOWN,
            "uploadThroughput": UP,
        },
    )


def measured(browser: Browser, url: str) -> list[Line]:
    visit(browser, url, 1280)  # the first one asks the site's own caches full
    lines = []
    for width in (1280, 360):
        visits = [visit(browser, url, width) for _time in range(TIMES)]
        paints = [one.paint for one in visits]
        lines += [
            Line(
                f"story of {CONTRIBUTIONS}, {width} px: first paint",
                statistics.median(paints),
                "ms",
                1000,
                note=f"from {min(paints):.0f} to {max(paints):.0f}; first byte after "
                f"{statistics.median(one.answered for one in visits):.0f}",
            ),
            Line(
                f"story of {CONTRIBUTIONS}, {width} px: layout shift",
                max(one.moved for one in visits),
                "",
                0.02,
                note="the worst",
            ),
        ]
    last = visits[-1]
    return [
        *lines,
        Line("styles of a story, gzip", last.bytes_of(".css") / KB, "kB", 22),
        Line("scripts of a story, gzip", last.bytes_of(".js") / KB, "kB", 15),
        Line("fonts of a story", last.bytes_of(".woff2") / KB, "kB", 75),
        Line("the page itself, gzip", last.bytes_of("/") / KB, "kB", 40),
    ]


def main() -> None:
    about = conditions("slow 4G: 1.6 Mbit/s, 150 ms")
    path = prepare()
    port = free_port()
    server = serve(port)
    try:
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            lines = measured(browser, f"http://127.0.0.1:{port}{path}")
            browser.close()
    finally:
        server.kill()
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(HEAD)
    for line in lines:
        print(line)
    write("weight", lines, about)
    sys.exit(not all(line.holds for line in lines))


if __name__ == "__main__":
    main()
