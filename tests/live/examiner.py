"""The bar: what every page must pass, in each width and each scheme, after it was opened once.

Asked of a page, by where it is asked:

- opened: it comes from one host, and its policy refuses nothing;
- 1280 light: all of axe, how it looks with letters far apart, focus seen and not covered;
- 1280, 768 and 320 dark: the rules of axe on colour, as nothing else differs; not again where no
  words have a colour, size or plane that was not judged in that scheme before;
- 1280 and 320 in forced colours: focus seen all the same, as shadows and backgrounds are gone,
  and the contrast is what the reader chose; between those, nothing stands otherwise;
- 768 light: what is new in colour, nothing is wide, controls are large enough;
- 320 light: all of axe, nothing wide, controls large enough, letters far apart, focus seen.

What it was served is kept, for the checker of HTML (``html.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Response

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
HEIGHT = 900

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
#: The rule on the size of targets is off by default; no rule of these tags asks for stylesheets.
ALL_RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "preload": {"assets": ["media"]},
}
#: Those of which the outcome depends on colours.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "preload": False,
}
#: All but those, where they were asked before in another width.
REST = ALL_RULES | {
    "rules": {"target-size": {"enabled": True}}
    | {rule: {"enabled": False} for rule in ("color-contrast", "link-in-text-block")}
}
#: Fewer than this, and axe saw an empty page.
FEWEST = 10


@dataclass(frozen=True)
class View:
    """How a page is shown, and what is asked of it then."""

    name: str
    width: int
    asked: tuple[str, ...]
    scheme: str = "light"
    forced: str = "none"


VIEWS = (
    View("1280", 1280, ("axe", "spacing", "focus", "width")),
    View("1280 dark", 1280, ("colours",), scheme="dark"),
    View("1280 forced colours", 1280, ("focus",), forced="active"),
    View("768", 768, ("colours", "width", "targets")),
    View("768 dark", 768, ("colours",), scheme="dark"),
    View("320 dark", 320, ("colours",), scheme="dark"),
    View("320 forced colours", 320, ("focus",), forced="active"),
    View("320", 320, ("axe", "width", "targets", "spacing", "focus")),
)


#: What says of what an explanation is.
NAMING = ("rule", "because", "selector")


@dataclass
class Explained:
    """What axe leaves undecided and somebody looked at: each with ``NAMING``, and why."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def unused(self) -> list[str]:
        left = (entry for number, entry in enumerate(self.entries) if number not in self.used)
        return [" ".join(str(entry[of]) for of in NAMING if of in entry) for entry in left]


class Examiner:
    """Looks at the page in front, and remembers what is wrong with it.

    ``scope`` is a selector of the part that is ours: the whole page, or ``main`` in the admin.
    """

    def __init__(
        self, page: Page, site: Any, explained: Explained | None = None, scope: str = "body"
    ) -> None:
        self.page = page
        self.host = urlsplit(site.base).netloc
        self.explained = explained or Explained()
        self.scope = scope
        self.problems: list[str] = []
        self.name = ""
        self.document: Response | None = None
        self.scheme = ""
        #: By scheme, the kinds of words on planes that axe has judged.
        self.judged: dict[str, set[str]] = {}
        page.on("request", self._of_this_host)
        page.on("console", self._no_refusal)
        page.on("response", self._keep_document)

    # --- what happens meanwhile ----------------------------------------------------------------

    def _of_this_host(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self._says(f"asks {address.netloc}")

    def _no_refusal(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self._says(message.text[:200])

    def _keep_document(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.document = response

    def _says(self, *problems: str) -> None:
        self.problems += [f"{self.name}: {problem}" for problem in problems]

    # --- looking -------------------------------------------------------------------------------

    def look(self, name: str, path: str = "") -> None:
        """At the page in front, or at ``path``: in each of ``VIEWS``, without opening it again."""
        self.name = name
        self.judged = {}
        if path:
            self.page.goto(path)
        self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate(MEASURES)
        # As somebody who came by keyboard: only then does a browser show where focus is.
        self.page.keyboard.press("Shift")
        for view in VIEWS:
            self._show(view)
            for asked in view.asked:
                self.name = f"{name} ({view.name}, {asked})"
                getattr(self, f"_{asked}")()
        self._show(VIEWS[0])

    def served(self) -> str:
        """The HTML of the page in front as it came over the line."""
        assert self.document is not None
        return self.document.text()

    def _show(self, view: View) -> None:
        self.scheme = view.scheme
        self.page.emulate_media(color_scheme=view.scheme, forced_colors=view.forced)
        size = {"width": view.width, "height": HEIGHT}
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)

    def _axe(self) -> None:
        self._run_axe(ALL_RULES if self._has_new_colours() else REST)

    def _colours(self) -> None:
        if self._has_new_colours():
            self._run_axe(COLOURS)

    def _has_new_colours(self) -> bool:
        """Whether words stand in a colour, or on a plane, that was not judged in this scheme."""
        now = set(self.page.evaluate("() => __measures.wordsOnPlanes()"))
        judged = self.judged.setdefault(self.scheme, set())
        is_new = not now <= judged
        judged |= now
        return is_new

    def _run_axe(self, rules: dict[str, Any]) -> None:
        found = self.page.evaluate(
            "([rules, explained]) => __measures.axeFinds(rules, explained)",
            [rules, self.explained.entries],
        )
        if rules is not COLOURS and found["seen"] < FEWEST:
            self._says("axe saw nothing")
        self.explained.used |= set(found["used"])
        self._says(*found["problems"])

    def _width(self) -> None:
        self._measure("tooWide", "width")

    def _targets(self) -> None:
        self._measure("smallTargets", "smaller than 24 × 24")

    def _spacing(self) -> None:
        self._measure("clippedWhenSpaced", "cut off with letters far apart")

    def _focus(self) -> None:
        self._measure("focusNotSeen", "focus")

    def _measure(self, name: str, what: str) -> None:
        found = self.page.evaluate(f"scope => __measures.{name}(scope)", self.scope)
        self._says(*(f"{what}: {one}" for one in dict.fromkeys(found)))
