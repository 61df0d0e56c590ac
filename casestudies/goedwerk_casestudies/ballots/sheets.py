"""What a round asks: a snapshot, so that a later edit of the page changes no answer given.

An answer is a set of cells. A cell is a short text of fixed words and keys, never of a person::

    mark   "burgers"                 somebody marked it
    sort   "personal:rust"           one of her personal values
    sort   "working:rust"            one of her values at work
    place  "gemeente:x:4"            she put its interest at 4 of 5
    place  "gemeente:y:2"            and its influence at 2
    scale  "stelling:eens"           what she chose of the steps
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Marks on each of the two axes.
AXIS = (1, 2, 3, 4, 5)
PILES = ("personal", "working")


class Form(models.TextChoices):
    """The forms that an assignment can have."""

    MARK = "mark", _("Aanwijzen: kies uit een lijst wat voor jou geldt")
    SORT = "sort", _("Kaarten: kies wat bij jou past en wat bij je werk past")
    PLACE = "place", _("Plaatsen: zet elk op twee assen")
    SCALE = "scale", _("Schaal: kies bij elke zin een stap")


@dataclass(frozen=True)
class Item:
    """Something that is asked about; ``key`` names it in the cells."""

    key: str
    text: str
    more: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that is asked. ``steps`` are those of a scale, ``most`` how many cards one may choose."""

    form: str
    items: tuple[Item, ...]
    steps: tuple[Item, ...] = ()
    most: int = 0
    across: str = ""
    upward: str = ""

    def cells(self) -> list[str]:
        """Every cell that an answer may hold, in a fixed order."""
        return list(self._cells())

    def _cells(self) -> Iterator[str]:
        for item in self.items:
            if self.form == Form.MARK:
                yield item.key
            elif self.form == Form.SORT:
                yield from (f"{pile}:{item.key}" for pile in PILES)
            elif self.form == Form.PLACE:
                yield from (f"{item.key}:{axis}:{mark}" for axis in "xy" for mark in AXIS)
            else:
                yield from (f"{item.key}:{step.key}" for step in self.steps)

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)


def sheet_of(stored: dict[str, Any]) -> Sheet:
    """The sheet that was stored."""
    lists = {name: tuple(Item(**item) for item in stored[name]) for name in ("items", "steps")}
    return Sheet(**stored | lists)
