"""Pictures of what may be shown, as shapes and words at places: templates make SVG of it.

All measures are units of a picture ``WIDTH`` wide, drawn so that its letters are readable at 320
CSS pixels.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from .sheets import AXIS, Item, Sheet
from .showing import Choice, Count, Mark, Place, Shown

WIDTH = 320
#: Letters that fit on a line.
LETTERS = 42
LINE, BAR, GAP = 18, 22, 14
#: The longest bar; what is left holds its number.
LONGEST = 200


@dataclass(frozen=True)
class Bar:
    """One bar: ``y`` and ``length``, the words at its end; ``number`` says of which kind it is."""

    number: int
    y: int
    length: int
    words: str

    @property
    def text_x(self) -> int:
        return self.length + 8

    @property
    def text_y(self) -> int:
        return self.y + 13


@dataclass(frozen=True)
class Row:
    """A label in lines, and below it a bar for each kind."""

    label: str
    lines: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        return ", ".join(bar.words for bar in self.bars)


@dataclass(frozen=True)
class Bars:
    """``kinds`` are the names of the bars of a row; one name is none."""

    title: str
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    height: int
    totals: tuple[int, ...]

    @property
    def description(self) -> str:
        return ". ".join(f"{row.label}: {row.said}" for row in self.rows) + "."


Given = tuple[str, Sequence[tuple[int, str]]]


def bars(
    title: str, kinds: Sequence[str], rows: Iterable[Given], totals: Sequence[int]
) -> Bars | None:
    """Rows of (label, (length, words) per kind), below each other; None where there are none."""
    given = list(rows)
    most = max([1, *(length for _label, values in given for length, _words in values)])
    drawn, y = [], 0
    for label, values in given:
        row, y = _row(label, values, y, most)
        drawn.append(row)
    return Bars(title, tuple(kinds), tuple(drawn), y, tuple(totals)) if drawn else None


def _row(label: str, values: Sequence[tuple[int, str]], y: int, most: int) -> tuple[Row, int]:
    lines = []
    for line in textwrap.wrap(label, LETTERS) or [""]:
        y += LINE
        lines.append((y - 4, line))
    found = []
    for number, (length, words) in enumerate(values):
        found.append(Bar(number, y + 2, round(length * LONGEST / most), words))
        y += BAR
    return Row(label, tuple(lines), tuple(found)), y + GAP


# --- per form --------------------------------------------------------------------------------


def of_marks(title: str, marks: Iterable[Mark], kinds: Sequence[str], total: int) -> Bars | None:
    """A list, or cards with both their piles: the most marked first."""
    ordered = sorted(marks, key=lambda mark: [-count.drawn for count in mark.counts])
    rows = [
        (mark.item.text, [(count.drawn, in_words(count)) for count in mark.counts])
        for mark in ordered
    ]
    return bars(title, kinds, rows, [total])


def in_words(count: Count) -> str:
    """A number, or the word that stands for one that would show somebody."""
    if count.is_low:
        return _("minder dan 3")
    return _("(bijna) iedereen") if count.is_high else str(count.count)


def of_choice(choice: Choice) -> Bars | None:
    """One sentence with the steps of its scale."""
    rows = [(either(group.steps), [(group.count, str(group.count))]) for group in choice.groups]
    return bars(choice.item.text, [""], rows, [choice.total])


def of_shift(before: Shown, after: Shown) -> Bars | None:
    """Two totals of one statement; None where they cannot be laid beside each other.

    Answers that are merged in one of them are merged in both: what is shown of one would else
    show in part what is merged in the other.
    """
    first, second = before.lines[:1], after.lines[:1]
    if not (first and second and before.sheet.steps == after.sheet.steps):
        return None
    left, right = cast(Choice, first[0]), cast(Choice, second[0])
    steps = before.sheet.steps
    rows = []
    for together in _joined([group.key for one in (left, right) for group in one.groups]):
        held = [step for step in steps if step.key in together]
        counts = [_sum(one, together) for one in (left, right)]
        rows.append((either(held), [(count, str(count)) for count in counts]))
    title = left.item.text
    return bars(title, [_("voor"), _("na")], rows, [left.total, right.total]) if rows[1:] else None


def _sum(choice: Choice, together: set[str]) -> int:
    return sum(group.count for group in choice.groups if set(group.key) <= together)


def _joined(groups: Iterable[Sequence[str]]) -> list[set[str]]:
    """The smallest sets that hold each group whole, in the order in which they first come."""
    joined: list[set[str]] = []
    for group in map(set, groups):
        touched = [other for other in joined if other & group]
        if not touched:
            joined.append(group)
            continue
        touched[0].update(group, *touched[1:])
        joined = [other for other in joined if other not in touched[1:]]
    return joined


def either(steps: Sequence[Item]) -> str:
    """``Oneens of weet niet``."""
    first, *others = [step.text for step in steps]
    words = [first, *(text[:1].lower() + text[1:] for text in others)]
    *most, last = words
    return _("%(most)s of %(last)s") % {"most": ", ".join(most), "last": last} if most else last


# --- two axes --------------------------------------------------------------------------------

SQUARE, MARGIN, DOT = 260, 40, 11


@dataclass(frozen=True)
class Dot:
    """Something at its place; those at the same place stand beside each other."""

    number: int
    cx: int
    cy: int

    @property
    def text_y(self) -> int:
        return self.cy + 5


@dataclass(frozen=True)
class Field:
    """Two axes with what is placed on them."""

    sheet: Sheet
    places: tuple[Place, ...]
    dots: tuple[Dot, ...]

    @property
    def description(self) -> str:
        return ". ".join(
            f"{place.number} {place.item.text}: {said(place)}" for place in self.places
        )


def said(place: Place) -> str:
    if place.x is None or place.y is None:
        return _("nog te weinig antwoorden")
    return f"{_half(place.x)} / {_half(place.y)}"


def _half(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def of_places(sheet: Sheet, places: Sequence[Place]) -> Field:
    """The field of forces."""
    at: dict[tuple[float, float], list[Place]] = defaultdict(list)
    for place in places:
        if place.x is not None and place.y is not None:
            at[(place.x, place.y)].append(place)
    dots = [dot for spot, here in at.items() for dot in _dots(spot, here)]
    return Field(sheet, tuple(places), tuple(dots))


def _dots(spot: tuple[float, float], here: Sequence[Place]) -> list[Dot]:
    """Beside each other, from the middle outward, and inside the field."""
    unit = (SQUARE - 2 * DOT) / (AXIS[-1] - AXIS[0])
    cx = MARGIN + DOT + (spot[0] - AXIS[0]) * unit
    cy = SQUARE - DOT - (spot[1] - AXIS[0]) * unit
    wide = 2 * DOT + 2
    left = cx - wide * (len(here) - 1) / 2
    left = max(MARGIN + DOT, min(left, MARGIN + SQUARE - DOT - wide * (len(here) - 1)))
    return [Dot(p.number, round(left + n * wide), round(cy)) for n, p in enumerate(here)]
