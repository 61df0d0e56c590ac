"""Looking at the whole record again: what was changed, removed, put in or left unsealed."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..errors import KeyMissing
from ..models import AuditHead, AuditRecord, AuditSeal, AuditVerification, OutboxRow
from ..outbox.rows import Kind, enqueue, finish
from .audit import GENESIS, closing_digest, digest_of

#: Links looked at in one go.
SLICE = 1000
#: Seconds of one turn of a verification that the admin asked for; the next turn goes on.
TURN = 10.0
#: Problems kept with a verification; their number is kept whole.
PROBLEMS_KEPT = 200
#: Days that a record may be dated before the ones chained before it: committed around midnight.
TOLERATED = datetime.timedelta(days=1)


class Fault(StrEnum):
    """What can be wrong."""

    CHANGED = "changed"
    REMOVED = "removed"
    BACKDATED = "backdated"
    UNSEALED = "unsealed"
    SEALS_MISSING = "seals_missing"
    CLOSING = "closing"
    CUT_OFF = "cut_off"
    OTHER_HEAD = "other_head"


SENTENCES = {
    Fault.CHANGED: "Record {record} (seal {sequence}) was changed, or the seal before it.",
    Fault.REMOVED: "Record {record} (seal {sequence}) was removed.",
    Fault.BACKDATED: "Record {record} (seal {sequence}) says {day}, but came after later days.",
    Fault.UNSEALED: "Record {record} of {day} is not sealed.",
    Fault.SEALS_MISSING: "Seals {sequence} to {last} are missing.",
    Fault.CLOSING: "The closing head of {last} (seal {sequence}) was changed.",
    Fault.CUT_OFF: "The head of {day} says seal {sequence}; the chain ends at {last}.",
    Fault.OTHER_HEAD: "Seal {sequence} is not the one in the head of {day}.",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a record by its number, or a place in the chain.

    ``last`` is the end of a gap, the end of the chain, or a year, as ``SENTENCES`` uses it.
    """

    fault: Fault
    record: int | None = None
    sequence: int | None = None
    day: datetime.date | str | None = None
    last: int | None = None

    def __str__(self) -> str:
        return SENTENCES[self.fault].format(**asdict(self))

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"day": str(self.day) if self.day else None}


@dataclass(frozen=True)
class Head:
    """A head that somebody kept: the chain had this digest at this link."""

    sequence: int
    digest: str
    day: datetime.date | str = "elsewhere"


@dataclass
class Looked:
    """A part of the chain that was looked at: ``number`` links, up to the link ``last``."""

    last: int
    number: int
    problems: list[Problem] = field(default_factory=list)


def verify(kept: Iterable[Head] = ()) -> Iterator[Problem]:
    """What is wrong with the record, in the order of the chain; nothing where it is whole.

    ``kept`` are heads from outside the site, beside those in its own table.

    Raises:
        KeyMissing: this process has no audit key.
    """
    last, kept = 0, list(kept)
    while looked := look(last, kept):
        yield from looked.problems
        last = looked.last
    yield from at_the_end(kept)


def look(after: int, kept: Iterable[Head] = ()) -> Looked | None:
    """Looks at the next SLICE links after the link ``after``; None where there are no more."""
    seals = list(AuditSeal.objects.filter(sequence__gt=after).order_by("sequence")[:SLICE])
    if not seals:
        return None
    looked = Looked(seals[-1].sequence, len(seals))
    records = AuditRecord.objects.in_bulk([seal.record_id for seal in seals])
    closings, heads = _closings(after, looked.last), _heads(after, looked.last, kept)
    expected, previous, newest = _place(after, seals[0].sequence)
    for seal in seals:
        if seal.sequence != expected:
            looked.problems.append(
                Problem(Fault.SEALS_MISSING, sequence=expected, last=seal.sequence - 1)
            )
        record = records.get(seal.record_id)
        looked.problems += _link(seal, record, previous, newest)
        looked.problems += _compared(seal, heads.get(seal.sequence, []))
        expected, previous = seal.sequence + 1, seal.digest
        newest = max(newest, record.day) if record else newest
        if closing := closings.get(seal.sequence):
            looked.problems += _closed(closing, previous)
            previous = closing.digest
    return looked


def _place(after: int, first: int) -> tuple[int, str, datetime.date]:
    """Where to go on: the number of the next link, the digest before it, the newest day so far."""
    newest = datetime.date.min
    closing = AuditHead.objects.filter(closes_year__isnull=False)
    if not after:
        # Of years that went, the closing head is left.
        gone = closing.filter(sequence=first - 1).first()
        return (first, gone.digest, newest) if gone else (1, GENESIS, newest)
    before = AuditSeal.objects.filter(sequence=after).first()
    if before and (record := AuditRecord.objects.filter(pk=before.record_id).first()):
        newest = record.day
    closed = closing.filter(sequence=after).first() or before
    return after + 1, closed.digest if closed else GENESIS, newest


def _closings(after: int, last: int) -> dict[int, AuditHead]:
    found = AuditHead.objects.filter(
        closes_year__isnull=False, sequence__gt=after, sequence__lte=last
    )
    return {head.sequence: head for head in found.order_by("closes_year")}


def _heads(after: int, last: int, kept: Iterable[Head]) -> dict[int, list[Head]]:
    found: dict[int, list[Head]] = {}
    for head in (*_own_heads(), *kept):
        if after < head.sequence <= last:
            found.setdefault(head.sequence, []).append(head)
    return found


def _own_heads() -> list[Head]:
    rows = AuditHead.objects.filter(closes_year__isnull=True).order_by("day")
    return [Head(*row) for row in rows.values_list("sequence", "digest", "day")]


def _link(
    seal: AuditSeal, record: AuditRecord | None, previous: str, newest: datetime.date
) -> list[Problem]:
    if record is None:
        return [Problem(Fault.REMOVED, seal.record_id, seal.sequence)]
    if digest_of(previous, record) != seal.digest:
        return [Problem(Fault.CHANGED, record.pk, seal.sequence, record.day)]
    if newest > record.day + TOLERATED:
        return [Problem(Fault.BACKDATED, record.pk, seal.sequence, record.day)]
    return []


def _compared(seal: AuditSeal, heads: list[Head]) -> list[Problem]:
    return [
        Problem(Fault.OTHER_HEAD, seal.record_id, seal.sequence, head.day)
        for head in heads
        if head.digest != seal.digest
    ]


def _closed(head: AuditHead, previous: str) -> list[Problem]:
    year = head.closes_year or 0
    if closing_digest(previous, year, head.sequence) == head.digest:
        return []
    return [Problem(Fault.CLOSING, sequence=head.sequence, day=head.day, last=year)]


def at_the_end(kept: Iterable[Head] = ()) -> Iterator[Problem]:
    """What no link tells: records without one, and heads beyond the end of the chain."""
    today = timezone.localdate()
    for record in AuditRecord.objects.filter(seal__isnull=True, day__lt=today).order_by("pk"):
        yield Problem(Fault.UNSEALED, record.pk, day=record.day)
    end = _end()
    for head in (*_own_heads(), *kept):
        if head.sequence > end:
            yield Problem(Fault.CUT_OFF, sequence=head.sequence, day=head.day, last=end)


def _end() -> int:
    """The number of the last link; of a chain that went whole, that of its closing head."""
    last = AuditSeal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    if last is not None:
        return int(last)
    closing = AuditHead.objects.filter(closes_year__isnull=False).order_by("-sequence").first()
    return closing.sequence if closing else 0


# --- asked for in the admin ------------------------------------------------------------------


def ask_verification() -> AuditVerification:
    """Has the process with the audit key look at the record; one look at a time."""
    with transaction.atomic():
        going_on = AuditVerification.objects.filter(
            state__in=[AuditVerification.State.WAITING, AuditVerification.State.RUNNING]
        ).first()
        if going_on:
            return going_on
        asked = AuditVerification.objects.create(
            day=timezone.localdate(), total=AuditSeal.objects.count()
        )
        enqueue(Kind.VERIFY, [(asked.pk, 0)], None)
    return asked


def go_on(rows: Sequence[OutboxRow]) -> None:
    """One turn of each verification that is asked for, from the link in its row's version on.

    A turn that is killed is done again.
    """
    for row in rows:
        asked = AuditVerification.objects.filter(pk=row.object_id).first()
        further = _turn(asked, row.object_version) if asked else None
        with transaction.atomic():
            if asked:
                asked.save()
            if further is not None:
                enqueue(Kind.VERIFY, [(row.object_id, further)], None)
            finish([row])


def _turn(asked: AuditVerification, after: int) -> int | None:
    """Looks for TURN seconds, and says from which link to go on; None where it is done."""
    until = time.monotonic() + TURN
    try:
        while looked := look(after):
            after = looked.last
            asked.checked += looked.number
            _note(asked, looked.problems)
            if time.monotonic() > until:
                asked.state = AuditVerification.State.RUNNING
                return after
        _note(asked, at_the_end())
    except KeyMissing:
        asked.state = AuditVerification.State.FAILED
        return None
    states = AuditVerification.State
    asked.state = states.BROKEN if asked.problem_count else states.WHOLE
    return None


def _note(asked: AuditVerification, problems: Iterable[Problem]) -> None:
    for problem in problems:
        asked.problem_count += 1
        if len(asked.problems) < PROBLEMS_KEPT:
            asked.problems.append(problem.as_json())


def give_up(row: OutboxRow) -> None:
    """A verification that killed its process again and again says that it failed."""
    AuditVerification.objects.filter(pk=row.object_id).update(state=AuditVerification.State.FAILED)
