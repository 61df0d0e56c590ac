"""Pictures of numbers as SVG that scales without a script or a style: the same bars everywhere.

Lengths are percentages of the width, so that words keep their size on a small screen. Each picture
has a title and a description, and its numbers stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Pixels: of a bar with its label and of the bar alone; a label stands above its bar.
ROW, BAR, LABEL = 44, 14, 16
#: Percent of the width that the longest bar takes; its number stands behind it.
LONGEST = 84
#: Pixels: of the columns, and of the words above and below them.
COLUMNS, WORDS = 120, 22
#: Most columns that can still be told apart on a small screen.
MOST_COLUMNS = 62


@dataclass(frozen=True)
class Bar:
    """One number with its name; ``said`` is the number as people read it."""

    label: str
    value: int
    said: str = ""

    @property
    def words(self) -> str:
        return self.said or str(self.value)


@dataclass(frozen=True)
class Drawn:
    """A bar or column with its place; all in percent or pixels, written with a point."""

    bar: Bar
    x: str
    y: int
    width: str
    height: int
    label_y: int = 0
    words_x: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with its table; ``name`` is unique on the page.

    ``head`` names the two columns of the table: of what, and how many.
    """

    name: str
    title: str
    description: str
    head: tuple[str, str]
    bars: Sequence[Bar]
    #: What the longest bar would stand for, where that is known beforehand: 100 of percentages.
    full: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(bar.value for bar in self.bars)

    @property
    def most(self) -> int:
        return max((bar.value for bar in self.bars), default=0)


class BarChart(Chart):
    """Bars below each other, each with its label above it."""

    is_lying = True

    @property
    def height(self) -> int:
        return ROW * len(self.bars)

    def drawn(self) -> Iterable[Drawn]:
        whole = self.full or self.most
        for place, bar in enumerate(self.bars):
            length = LONGEST * bar.value / whole if whole else 0
            yield Drawn(
                bar=bar,
                x="0",
                y=place * ROW + LABEL + 4,
                width=f"{length:.2f}",
                height=BAR,
                label_y=place * ROW + LABEL - 3,
                words_x=f"{length + 1.5 if length else 0:.2f}",
            )


class ColumnChart(Chart):
    """Columns beside each other, in the order of time; only the ends are named."""

    is_lying = False
    height = COLUMNS + 2 * WORDS
    #: Where the columns begin and stand, in pixels.
    top, ground = WORDS, WORDS + COLUMNS
    words_y = WORDS + COLUMNS + 16

    @property
    def first(self) -> str:
        return self.bars[0].label

    @property
    def last(self) -> str:
        return self.bars[-1].label

    def drawn(self) -> Iterable[Drawn]:
        step = 100 / len(self.bars)
        for place, bar in enumerate(self.bars):
            height = round(COLUMNS * bar.value / self.most) if self.most else 0
            yield Drawn(
                bar=bar,
                x=f"{place * step + step * 0.1:.3f}",
                y=self.ground - height,
                width=f"{step * 0.8:.3f}",
                height=height,
            )


def thinned(bars: Sequence[Bar], at_most: int = MOST_COLUMNS) -> list[Bar]:
    """At most so many bars: the highest of each run of neighbours, named by the first of them."""
    size = -(-len(bars) // at_most)
    runs = [bars[start : start + size] for start in range(0, len(bars), size or 1)]
    return [Bar(run[0].label, max(bar.value for bar in run)) for run in runs]
