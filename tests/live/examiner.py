"""What every page must pass: axe finds nothing, nothing is wide, nothing comes from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: The rule on the size of targets is off by default.
RULES = {"rules": {"target-size": {"enabled": True}}}


class Examiner:
    """Looks at the page in front, and remembers what is wrong with it."""

    def __init__(self, page: Page, site) -> None:
        self.page = page
        self.host = urlsplit(site.base).netloc
        self.problems: list[str] = []
        self.name = ""
        page.on("request", self._of_this_host)
        page.on("console", self._no_refusal)

    def _of_this_host(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self.problems.append(f"{self.name}: asks {address.netloc}")

    def _no_refusal(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.problems.append(f"{self.name}: {message.text[:200]}")

    def look(self, name: str, path: str = "") -> None:
        self.name = name
        if path:
            self.page.goto(path)
        found = Axe().run(self.page, options=RULES).response
        assert len(found["passes"]) > 10, f"axe saw nothing of {name}"
        for violation in found["violations"]:
            where = [node["target"] for node in violation["nodes"][:3]]
            self.problems.append(f"{name}: {violation['id']} at {where}")
        wide, narrow = self.page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if wide > narrow:
            self.problems.append(f"{name}: {wide} wide in {narrow}")
