"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from ..texts import marked

#: A word, or one sign that is none.
WORD = re.compile(r"\w+|\W")
#: Words of a text from which on comparing would take too long; it is shown all the same.
MOST = 4000

Places = list[tuple[int, int]]


def changed(old: str, new: str) -> tuple[Places, Places]:
    """Where words of ``old`` went and where words of ``new`` came, as (start, end) in each."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) + len(after) > 2 * MOST:
        return [], []
    gone: Places = []
    come: Places = []
    ends_before, ends_after = _ends(before), _ends(after)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        if end > start:
            gone.append((ends_before[start], ends_before[end]))
        if new_end > new_start:
            come.append((ends_after[new_start], ends_after[new_end]))
    return gone, come


def _ends(words: list[str]) -> list[int]:
    """The place in the text at which each word begins, and the end of the text."""
    places = [0]
    for word in words:
        places.append(places[-1] + len(word))
    return places


def as_html(text: str, findings: Iterable[dict[str, Any]], places: Places, tag: str) -> SafeString:
    """The text with its findings marked, and ``places`` in elements ``tag`` ("ins" or "del")."""
    return marked(text, findings, lambda start, end: _piece(text, start, end, places, tag))


def _piece(text: str, start: int, end: int, places: Places, tag: str) -> str:
    parts, at = [], start
    for begin, stop in places:
        inside = max(begin, at), min(stop, end)
        if inside[0] >= inside[1]:
            continue
        parts += [escape(text[at : inside[0]]), _wrapped(text[slice(*inside)], tag)]
        at = inside[1]
    return "".join([*parts, escape(text[at:end])])


def _wrapped(words: str, tag: str) -> str:
    """Never around a line end: paragraphs are made of these afterwards."""
    lines = [
        f"<{tag}>{escape(line)}</{tag}>" if line.strip() else line for line in words.split("\n")
    ]
    return "\n".join(lines)
