"""Rewriting all that hangs on a key, under the new one; both are known while it is under way.

What hangs on a key is registered here, by table: ``register(Holder(...))``. A row is rewritten in
a short transaction with others of its discussion, or alone; a killed rotation goes on with the
rows that are left. Nothing is dropped: a row that opens with neither key stays as it is, and is
counted.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from ..errors import KeyMissing

logger = logging.getLogger("goedwerk.rotation")

#: Rows rewritten in one transaction, and seconds in between, in which others write.
BATCH = 100
PAUSE = 0.01
#: Rounds over all tables: what a process wrote with the key before is found in the next one.
ROUNDS = 3


@dataclass(frozen=True)
class Holder:
    """Rows that hold something made with a key.

    ``due`` finds those that may hold something made with the key before. ``renew`` gives the new
    columns of one row, nothing where it is made with the present key already; it raises
    ``KeyMissing`` where neither opens it. ``discussion`` is the way to the discussion's id; a row
    without one is rewritten alone, as rows that change together seem to belong together.
    """

    label: str
    fields: tuple[str, ...]
    due: Callable[[], models.QuerySet]
    renew: Callable[[Any], Mapping[str, object]]
    discussion: str = ""


HOLDERS: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    HOLDERS[holder.label] = holder


@dataclass
class Outcome:
    """What a rotation did and left, per table: rows rewritten, left, and opened by neither key."""

    renewed: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    unopened: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not any(self.left.values()) and not any(self.unopened.values())


def rotate(say: Callable[[str], None] = lambda _line: None) -> Outcome:
    """Rewrites what is left under the present keys, and counts that nothing remains.

    Raises:
        KeyMissing: a key that is needed for it is not in this process.
    """
    outcome = Outcome()
    for _round in range(ROUNDS):
        for holder in HOLDERS.values():
            done = sum(_renew_all(holder))
            outcome.renewed[holder.label] = outcome.renewed.get(holder.label, 0) + done
            say(f"{holder.label}: {done} rewritten")
        outcome.left, outcome.unopened = _counted()
        if not any(outcome.left.values()):
            break
    return outcome


def _renew_all(holder: Holder) -> Iterator[int]:
    if not holder.discussion:
        for pk in list(holder.due().order_by("pk").values_list("pk", flat=True)):
            yield _renew(holder, [pk])
        return
    discussions = holder.due().order_by().values_list(holder.discussion, flat=True).distinct()
    for discussion in list(discussions):
        due = holder.due().filter(**{holder.discussion: discussion}).order_by("pk")
        ids = list(due.values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            yield _renew(holder, ids[start : start + BATCH])


def _renew(holder: Holder, ids: list[int]) -> int:
    """Rewrites these rows as they are now, locked; a row that changed meanwhile is read anew."""
    done = 0
    with transaction.atomic():
        for row in holder.due().filter(pk__in=ids).select_for_update(of=("self",)):
            try:
                changes = holder.renew(row)
            except KeyMissing:
                continue
            if changes:
                type(row)._base_manager.filter(pk=row.pk).update(**changes)
                done += 1
    time.sleep(PAUSE)
    return done


def _counted() -> tuple[dict[str, int], dict[str, int]]:
    """Per table: rows that still hold something made with the key before; rows that do not open."""
    left, unopened = {}, {}
    for label, holder in HOLDERS.items():
        left[label] = unopened[label] = 0
        for row in holder.due().iterator(chunk_size=500):
            try:
                left[label] += bool(holder.renew(row))
            except KeyMissing:
                unopened[label] += 1
    return left, unopened
