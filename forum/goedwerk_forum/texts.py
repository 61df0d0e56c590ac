"""From a participant's plain text to safe HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import nh3
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

REL = "nofollow ugc noopener"
#: Stands for a check where an ambassador pointed words out.
FROM_AMBASSADOR = "ambassador"


def as_kept(text: str) -> str:
    """What somebody typed, without the line ends of a browser and without blanks around it."""
    return text.replace("\r\n", "\n").strip()


def as_html(text: str) -> SafeString:
    """Paragraphs, line breaks and safe links; nothing else survives, no images, no markup."""
    html = linebreaks(urlize(text, nofollow=True, autoescape=True), autoescape=False)
    clean = nh3.clean(
        html,
        tags={"p", "br", "a"},
        attributes={"a": {"href"}},
        link_rel=REL,
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(clean)  # noqa: S308 - cleaned on the line above


def spans(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The findings that mark words, in order of the text, none overlapping another.

    Of two that overlap an ambassador's stays, or else the earlier one.
    """
    kept: list[dict[str, Any]] = []
    pointing = [item for item in findings if item["end"] > item["start"]]
    for item in sorted(pointing, key=lambda item: (not _is_from_ambassador(item), item["start"])):
        if all(item["end"] <= other["start"] or other["end"] <= item["start"] for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item["start"])


def _is_from_ambassador(item: dict[str, Any]) -> bool:
    return item.get("check") == FROM_AMBASSADOR


def marked(
    text: str,
    findings: Iterable[dict[str, Any]],
    piece: Callable[[int, int], str] | None = None,
) -> SafeString:
    """The text with numbered marks around what was found in it (offsets into ``text``).

    A finding may bring its own ``number``: one for all that is about the same. ``piece`` writes
    the HTML of the text between two places; without it the text is only escaped.
    """
    write = piece or (lambda start, end: escape(text[start:end]))
    parts: list[str] = []
    at = 0
    for place, item in enumerate(spans(findings), start=1):
        number = item.get("number", place)
        strong = " gw-word--must" if item["level"] == "return" else ""
        parts.append(write(at, item["start"]))
        words = write(item["start"], item["end"])
        parts.append(
            f'<mark class="gw-word{strong}">{words}<sup class="gw-word__n">{number}</sup></mark>'
        )
        at = item["end"]
    parts.append(write(at, len(text)))
    return mark_safe(linebreaks("".join(parts), autoescape=False))  # noqa: S308 - escaped above
