"""From a participant's plain text to safe HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import nh3
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

REL = "nofollow ugc noopener"


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
    """The findings that mark words, in order of the text, none overlapping an earlier one."""
    kept: list[dict[str, Any]] = []
    at = 0
    for item in sorted(findings, key=lambda item: item["start"]):
        if item["end"] > item["start"] >= at:
            kept.append(item)
            at = item["end"]
    return kept


def marked(text: str, findings: Iterable[dict[str, Any]]) -> SafeString:
    """The text with numbered marks around what was found in it (offsets into ``text``).

    A finding may bring its own ``number``: one for all that is about the same.
    """
    parts: list[str] = []
    at = 0
    for place, item in enumerate(spans(findings), start=1):
        number = item.get("number", place)
        strong = " gw-word--must" if item["level"] == "return" else ""
        parts.append(escape(text[at : item["start"]]))
        words = escape(text[item["start"] : item["end"]])
        parts.append(
            f'<mark class="gw-word{strong}">{words}<sup class="gw-word__n">{number}</sup></mark>'
        )
        at = item["end"]
    parts.append(escape(text[at:]))
    return mark_safe(linebreaks("".join(parts), autoescape=False))  # noqa: S308 - escaped above
