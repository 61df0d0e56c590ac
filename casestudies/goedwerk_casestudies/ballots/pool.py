"""Answers that wait to be counted: added up, sealed, and always of the same length.

A pool holds how many answers wait and how often each cell is in them, in the order of the sheet.
It is sealed with LINK_KEY for its round and written anew at each vote, so that a dump tells
neither how many wait nor what changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from goedwerk_forum.identity import sealed

from ..models import Round


@dataclass
class Pool:
    """``size`` answers, added up per cell."""

    size: int = 0
    cells: Counter[str] = field(default_factory=Counter)

    def add(self, cells: Iterable[str]) -> None:
        """One more answer."""
        self.size += 1
        self.cells.update(set(cells))


def opened(round_: Round) -> Pool:
    """What waits in a round.

    Raises:
        KeyMissing: this process has no LINK_KEY, or not the one it was sealed with.
    """
    if not round_.sealed_pool:
        return Pool()
    size, *counts = sealed.unseal(round_.sealed_pool, round_.uuid)
    found = zip(round_.asked.cells(), counts, strict=True)
    return Pool(size, Counter({cell: count for cell, count in found if count}))


def closed(pool: Pool, round_: Round) -> str:
    """The pool, sealed; of the same length whatever waits in it.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    counts = [pool.cells[cell] for cell in round_.asked.cells()]
    return sealed.seal([pool.size, *counts], round_.uuid)
