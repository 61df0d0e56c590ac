"""How kinds and lenses were used over time: counts of texts that anybody may read, per quarter.

No cell under three is told: it says that there were fewer. Nothing is added up beside the cells,
so that none can be found by subtracting.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _

from . import kinds
from .models import Contribution, Discussion
from .transitions import Display

#: The least that is told of a cell.
LEAST = 3
#: Quarters in a picture: the newest ones.
QUARTERS = 8
#: Fewer than so many stand as close as if there were so many.
FEW_QUARTERS = 4
#: Pixels: of a row, of the words below all, and of the radius of the largest dot.
ROW, FOOT, LARGEST = 72, 40, 11


@dataclass(frozen=True)
class Cell:
    """One number; ``is_few`` where there were some, and too few to tell."""

    number: int
    is_few: bool = False

    @property
    def words(self) -> str:
        return _("<3") if self.is_few else str(self.number)


@dataclass(frozen=True)
class Row:
    """One kind or lens, with a cell for each quarter."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Quarter:
    """Three months, by their first day."""

    first: datetime.date

    @property
    def number(self) -> int:
        return (self.first.month + 2) // 3

    @property
    def words(self) -> str:
        return _("%(number)de kwartaal %(year)d") % {
            "number": self.number,
            "year": self.first.year,
        }

    @property
    def short(self) -> str:
        """For the foot of a narrow column."""
        return _("kw %(number)d") % {"number": self.number}


@dataclass(frozen=True)
class Dot:
    """A cell with its place: percent across, a radius in pixels."""

    x: str
    radius: str
    cell: Cell


@dataclass(frozen=True)
class Drawn:
    """A row with its place in pixels: its name, its dots, and a number below each."""

    name: str
    top: int
    dots: tuple[Dot, ...]

    @property
    def name_y(self) -> int:
        return self.top + 14

    @property
    def dots_y(self) -> int:
        return self.top + 32

    @property
    def numbers_y(self) -> int:
        return self.top + 58


@dataclass(frozen=True)
class Grid:
    """A picture with its table: rows of kinds or lenses, columns of quarters.

    ``name`` is unique on the page. Lengths: percent across, pixels down.
    """

    name: str
    title: str
    quarters: tuple[Quarter, ...]
    rows: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        return not any(cell.number for row in self.rows for cell in row.cells)

    @property
    def description(self) -> str:
        return _("Van %(first)s tot en met %(last)s. Hoe groter de stip, hoe meer bijdragen.") % {
            "first": self.quarters[0].words,
            "last": self.quarters[-1].words,
        }

    @property
    def height(self) -> int:
        return ROW * len(self.rows) + FOOT

    def columns(self) -> list[tuple[str, Quarter]]:
        """The middle of each column, in percent, with its quarter."""
        width = 100 / max(len(self.quarters), FEW_QUARTERS)
        return [
            (f"{(place + 0.5) * width:.2f}", quarter) for place, quarter in enumerate(self.quarters)
        ]

    def drawn(self) -> list[Drawn]:
        """The rows with their places."""
        middles = [middle for middle, _quarter in self.columns()]
        most = max((cell.number for row in self.rows for cell in row.cells), default=0)
        return [
            Drawn(
                name=row.name,
                top=place * ROW,
                dots=tuple(
                    Dot(middle, _radius(cell, most), cell)
                    for middle, cell in zip(middles, row.cells, strict=True)
                ),
            )
            for place, row in enumerate(self.rows)
        ]


def _radius(cell: Cell, most: int) -> str:
    """In pixels; the surface of a dot says how many."""
    if cell.is_few:
        return "2"
    return f"{LARGEST * math.sqrt(cell.number / most):.1f}" if cell.number else "0"


def counted(discussions: QuerySet[Discussion]) -> tuple[Grid, ...]:
    """The grids of kinds and of lenses, over the newest quarters; one query.

    Empty where nothing was said.
    """
    said = per_quarter(discussions)
    if not said:
        return ()
    quarters = _until(max(quarter for quarter, _kind, _lens in said), min(q for q, *_ in said))
    by_kind, by_lens = (
        _summed(said, lambda key: (key[0], key[1])),
        _summed(said, lambda key: (key[0], key[2])),
    )
    return (
        Grid(
            "lenzen-tijd",
            _("Lenzen door de tijd"),
            quarters,
            tuple(
                _row(lens.name.capitalize(), lens.key, quarters, by_lens) for lens in kinds.lenses()
            ),
        ),
        Grid(
            "soorten-tijd",
            _("Soorten bijdragen door de tijd"),
            quarters,
            tuple(
                _row(kind.name, kind.key, quarters, by_kind)
                for kind in kinds.every()
                if kind.is_in_use or any(key == kind.key for _quarter, key in by_kind)
            ),
        ),
    )


def per_quarter(
    discussions: QuerySet[Discussion],
) -> dict[tuple[datetime.date, str, str], int]:
    """How many texts of participants readers see, by (first day of the quarter, kind, lens)."""
    said = (
        Contribution.objects.filter(discussion__in=discussions, display=Display.TEXT)
        .filter(by_guide=False)
        .annotate(quarter=TruncQuarter("day"))
        .order_by()
        .values_list("quarter", "kind", "lens")
        .annotate(number=Count("pk"))
    )
    return {(quarter, kind, lens): number for quarter, kind, lens, number in said}


def _summed(
    said: dict[tuple[datetime.date, str, str], int],
    key_of: Callable[[tuple[datetime.date, str, str]], tuple[datetime.date, str]],
) -> Counter[tuple[datetime.date, str]]:
    sums: Counter[tuple[datetime.date, str]] = Counter()
    for key, number in said.items():
        sums[key_of(key)] += number
    return sums


def _until(last: datetime.date, first: datetime.date) -> tuple[Quarter, ...]:
    """The quarters from the first to the last, at most the newest few, in the order of time."""
    found = [last]
    while found[-1] > first and len(found) < QUARTERS:
        before = found[-1] - datetime.timedelta(days=1)
        found.append(before.replace(month=3 * ((before.month - 1) // 3) + 1, day=1))
    return tuple(Quarter(day) for day in reversed(found))


def _row(
    name: str,
    key: str,
    quarters: Sequence[Quarter],
    sums: Counter[tuple[datetime.date, str]],
) -> Row:
    return Row(name, tuple(_cell(sums[quarter.first, key]) for quarter in quarters))


def _cell(number: int) -> Cell:
    return Cell(0, is_few=True) if 0 < number < LEAST else Cell(number)


def merged(cells: Iterable[tuple[str, int]], rest: str) -> list[tuple[str, int]]:
    """The cells of one group without small ones: these together under the name ``rest``.

    Where they are too few together, the smallest of the others goes with them, so that none can
    be found by subtracting; a group that is too small as a whole is left out.
    """
    given = [(name, number) for name, number in cells if number]
    told, together = sorted(given, key=lambda one: one[1]), 0
    while told and (told[0][1] < LEAST or 0 < together < LEAST):
        together += told.pop(0)[1]
    kept = [one for one in given if one in told]
    return [*kept, *([(rest, together)] if together >= LEAST else [])]
