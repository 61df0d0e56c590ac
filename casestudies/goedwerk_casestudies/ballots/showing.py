"""What a picture may show of a round: totals in which nobody stands alone.

Nothing under ``STEP`` answers. Of a choice, answers that fewer than ``SMALL`` people gave are
merged with others; of a list in which one marks what one likes, a number near none or near all is
a word. All of it is made from totals that change in steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Round
from ..models.ballots import STEP
from .sheets import AXIS, PILES, Form, Item, Sheet

#: Fewer people than this in one cell are not shown by themselves.
SMALL = 3


@dataclass(frozen=True)
class Group:
    """Answers of a choice that are shown as one; ``steps`` are those that it holds."""

    steps: tuple[Item, ...]
    count: int

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(step.key for step in self.steps)


@dataclass(frozen=True)
class Choice:
    """How a scale was answered for one item; no groups where they would show somebody."""

    item: Item
    groups: tuple[Group, ...]
    total: int


@dataclass(frozen=True)
class Count:
    """How many of ``of`` marked something; ``number`` is None where it would show somebody."""

    count: int
    of: int

    @property
    def is_low(self) -> bool:
        return self.count < SMALL

    @property
    def is_high(self) -> bool:
        return not self.is_low and self.of - self.count < SMALL

    @property
    def number(self) -> int | None:
        return None if self.is_low or self.is_high else self.count

    @property
    def drawn(self) -> int:
        """The length of its bar: no longer or shorter than its words say."""
        if self.is_low:
            return 0
        return self.of if self.is_high else self.count


@dataclass(frozen=True)
class Mark:
    """One thing on the list, or one card with both its piles (personal, working)."""

    item: Item
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Place:
    """Where the group puts something on two axes, to half a mark; None where too few placed it."""

    item: Item
    number: int
    x: float | None
    y: float | None


Line = Choice | Mark | Place


@dataclass(frozen=True)
class Shown:
    """A round, as anybody may see it; ``lines`` are empty where there is nothing to show yet."""

    round: Round
    sheet: Sheet
    lines: tuple[Line, ...]

    @property
    def is_early(self) -> bool:
        """Whether too few answered, rather than that what they said would show somebody."""
        return self.round.counted < STEP


def shown(round_: Round) -> Shown:
    """What anybody may see of a round."""
    sheet = round_.asked
    lines: tuple[Line, ...] = ()
    if round_.counted >= STEP:
        lines = tuple(_line(sheet, round_, number, item) for number, item in enumerate(sheet.items))
    if not any(_says(line) for line in lines):
        lines = ()
    return Shown(round_, sheet, lines)


def _says(line: Line) -> bool:
    if isinstance(line, Choice):
        return bool(line.groups)
    return not isinstance(line, Place) or line.x is not None


def _line(sheet: Sheet, round_: Round, number: int, item: Item) -> Line:
    tally = round_.tally
    if sheet.form == Form.SCALE:
        return choice(item, sheet.steps, [tally.get(f"{item.key}:{s.key}", 0) for s in sheet.steps])
    if sheet.form == Form.PLACE:
        x, y = (_middle([tally.get(f"{item.key}:{axis}:{n}", 0) for n in AXIS]) for axis in "xy")
        return Place(item, number + 1, x, y)
    cells = [item.key] if sheet.form == Form.MARK else [f"{pile}:{item.key}" for pile in PILES]
    return Mark(item, tuple(Count(tally.get(cell, 0), round_.counted) for cell in cells))


def choice(item: Item, steps: Sequence[Item], counts: Sequence[int]) -> Choice:
    """The counts of a choice, the small ones merged."""
    total = sum(counts)
    merged = merge(counts) if total >= STEP else []
    groups = tuple(
        Group(tuple(steps[n] for n in numbers), sum(counts[n] for n in numbers))
        for numbers in merged
    )
    filled = [group for group in groups if group.count]
    # One group alone would tell what each of them said.
    return Choice(item, groups if len(filled) > 1 else (), total)


def merge(counts: Sequence[int]) -> list[tuple[int, ...]]:
    """The numbers of cells that are shown together, so that nobody stands alone in one.

    The small cells go into one group, and next to them the smallest others until the group is no
    small one itself and hides more than one cell. An empty cell holds nobody and stays as it is.
    """
    empty = [n for n, count in enumerate(counts) if not count]
    small = [n for n, count in enumerate(counts) if 0 < count < SMALL]
    others = sorted((n for n, count in enumerate(counts) if count >= SMALL), key=counts.__getitem__)
    while small and others and (len(small) < 2 or sum(counts[n] for n in small) < SMALL):
        small.append(others.pop(0))
    groups = [tuple(sorted(small))] if small else []
    return sorted([*groups, *((n,) for n in [*others, *empty])])


def _middle(counts: Sequence[int]) -> float | None:
    """The mean of marks, to half a mark; None where fewer than ``STEP`` were given."""
    given = sum(counts)
    if given < STEP:
        return None
    mean = sum(mark * count for mark, count in zip(AXIS, counts, strict=True)) / given
    return round(mean * 2) / 2
