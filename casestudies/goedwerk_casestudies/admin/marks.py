"""A text with what was found in it, replaced in it, or is long in it, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..findings import Examined, Seen, folded
from ..reading_level import Sentence
from ..work import Swap


@dataclass(frozen=True)
class Mark:
    """Characters ``start`` to ``end`` with their class; a number behind, an anchor before."""

    start: int
    end: int
    name: str
    number: int | None = None
    anchor: str = ""


def marks_of_now(
    seen: Iterable[Seen], kept: Iterable[Seen], swaps: Iterable[Swap], here: str
) -> list[Mark]:
    """What is marked in an abstracted text; ``here`` is the key of the finding in hand."""
    waiting = [_open_mark(one, here) for one in seen]
    calm = [Mark(one.start, one.end, "gw-word gw-word--kept") for one in kept]
    replaced = [Mark(swap.start, swap.end, "gw-word gw-word--done") for swap in swaps]
    return [*waiting, *calm, *replaced]


def _open_mark(seen: Seen, here: str) -> Mark:
    name = f"gw-word gw-word--{seen.severity}"
    if seen.key == here:
        return Mark(seen.start, seen.end, f"{name} gw-word--here", seen.number, "gw-here")
    return Mark(seen.start, seen.end, name, seen.number)


def marks_of_raw(seen: Iterable[Seen], examined: Examined, here: Seen | None) -> list[Mark]:
    """What is marked in a raw text: whatever waits, and faintly what was decided."""
    marks = []
    wanted = folded(here.words) if here else None
    waiting = {folded(one.words) for one in examined.open}
    for one in seen:
        words = folded(one.words)
        severity = one.severity if words in waiting else "done"
        at_hand = " gw-word--here" if words == wanted else ""
        marks.append(Mark(one.start, one.end, f"gw-word gw-word--{severity}{at_hand}"))
    return marks


def marked(text: str, marks: Iterable[Mark], long: Iterable[Sentence] = ()) -> SafeString:
    """The text, cut where a mark or a long sentence begins or ends; marks do not overlap."""
    ordered = _apart(marks)
    sentences = list(long)
    cuts = {0, len(text)}
    places: list[Mark | Sentence] = [*ordered, *sentences]
    for place in places:
        cuts |= {place.start, place.end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    pieces = [_piece(text, start, end, ordered, sentences) for start, end in pairwise(edges)]
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped below


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def _piece(text: str, start: int, end: int, marks: list[Mark], long: list[Sentence]) -> str:
    words: str = escape(text[start:end])
    mark = next((mark for mark in marks if mark.start <= start and end <= mark.end), None)
    if mark is not None:
        words = _wrapped(words, mark, is_first=start == mark.start, is_last=end == mark.end)
    if any(sentence.start <= start and end <= sentence.end for sentence in long):
        return f'<span class="gw-long">{words}</span>'
    return words


def _wrapped(words: str, mark: Mark, *, is_first: bool, is_last: bool) -> str:
    anchor = f' id="{mark.anchor}"' if mark.anchor and is_first else ""
    number = f'<sup class="gw-word__n">{mark.number}</sup>' if mark.number and is_last else ""
    return f'<mark class="{mark.name}"{anchor}>{words}{number}</mark>'
