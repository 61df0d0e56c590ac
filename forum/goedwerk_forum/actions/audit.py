"""The append-only record: writing, sealing, closing its years; ``verifying`` looks at it again."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ..identity import keys
from ..models import AuditHead, AuditRecord, AuditSeal, Contribution, Discussion, Statement
from ..outbox.drive import take_lease
from ..outbox.rows import Kind, enqueue
from ..transitions import Action

#: Actor of what an author does to her own contribution; never tells which author.
AUTHOR = "author"
#: Records chained in one transaction.
BATCH = 500
#: How far back a record may have been committed late, in record numbers.
LATE = 10_000
GENESIS = "0" * 64


def entry(
    contribution: Contribution,
    action: Action | str,
    *,
    actor: str,
    before: str = "",
    after: str = "",
    version: int | None = None,
    statement: Statement | None = None,
    by_software: bool = False,
) -> AuditRecord:
    """An unsaved record of one action on a contribution."""
    return AuditRecord(
        day=timezone.localdate(),
        actor=actor,
        action=str(action),
        object_kind="contribution",
        object_id=contribution.public_id,
        object_version=contribution.version if version is None else version,
        before=str(before),
        after=str(after),
        reason=statement.reason if statement else "",
        detected_by_software=statement.detected_by_software if statement else by_software,
        decided_by_software=by_software,
        words_digest=words_digest(statement) if statement else "",
    )


def about_discussion(
    discussion: Discussion,
    action: str,
    *,
    actor: str,
    before: str = "",
    after: str = "",
    version: int | None = None,
    by_software: bool = False,
) -> AuditRecord:
    """An unsaved record of something about a whole discussion; never of who did it."""
    return about(
        "discussion",
        discussion.uuid.hex,
        action,
        actor=actor,
        before=before,
        after=after,
        version=discussion.version if version is None else version,
        by_software=by_software,
    )


def about(
    object_kind: str,
    object_id: str,
    action: str,
    *,
    actor: str,
    before: str = "",
    after: str = "",
    reason: str = "",
    version: int = 0,
    by_software: bool = False,
) -> AuditRecord:
    """An unsaved record about anything else, by a mark that leads to no person.

    ``version``: of the object; 0 where it has none, or where that says nothing.
    """
    return AuditRecord(
        day=timezone.localdate(),
        actor=actor,
        action=str(action),
        object_kind=object_kind,
        object_id=object_id,
        object_version=version,
        before=str(before),
        after=str(after),
        reason=str(reason),
        decided_by_software=by_software,
    )


def words_digest(statement: Statement) -> str:
    """Salted hash of the decider's words: proves them later without holding them now.

    With the law or rule before them, where she named one.
    """
    words = f"{statement.law}\n{statement.words}" if statement.law else statement.words
    return hashlib.sha256(f"{statement.salt}:{words}".encode()).hexdigest()


def write(entries: Iterable[AuditRecord]) -> None:
    AuditRecord.objects.bulk_create(entries)


def digest_of(previous: str, record: AuditRecord) -> str:
    """The link of ``record`` after the link with the digest ``previous``.

    Raises:
        KeyMissing: this process has no audit key.
    """
    fields = {
        field.attname: str(getattr(record, field.attname)) for field in record._meta.concrete_fields
    }
    return _keyed(previous + json.dumps(fields, sort_keys=True))


def closing_digest(previous: str, year: int, sequence: int) -> str:
    """The closing head of a year, after its last link."""
    return _keyed(f"{previous} closes {year} at {sequence}")


def _keyed(message: str) -> str:
    return hmac.new(keys.audit_key(), message.encode(), hashlib.sha256).hexdigest()


def seal_records() -> int:
    """Chains what is committed and not yet sealed; returns how many. One sealer at a time."""
    if not take_lease("sealer", owner := secrets.token_hex(16), seconds=30):
        return 0
    try:
        return _seal_all()
    finally:
        take_lease("sealer", owner, seconds=0)


def _seal_all() -> int:
    total = 0
    while sealed := _seal_batch():
        total += sealed
    return total


def _seal_batch() -> int:
    with transaction.atomic():
        last = AuditSeal.objects.order_by("-sequence").first()
        oldest = max(0, last.record_id - LATE) if last else 0
        records = list(
            AuditRecord.objects.filter(seal__isnull=True, pk__gt=oldest).order_by("pk")[:BATCH]
        )
        if records:
            _chain(records, *end_of_chain())
    return len(records)


def _chain(records: list[AuditRecord], sequence: int, digest: str) -> None:
    """Seals ``records`` after the link ``sequence``; closes a year before the first of the next."""
    year = year_of_chain(default=records[0].day.year)
    seals = []
    for record in records:
        if record.day.year > year:
            year = record.day.year
            digest = _close(year - 1, sequence, digest)
        sequence, digest = sequence + 1, digest_of(digest, record)
        seals.append(AuditSeal(sequence=sequence, record=record, digest=digest))
    AuditSeal.objects.bulk_create(seals)


def _close(year: int, sequence: int, digest: str) -> str:
    """Ends the chain of a year; the next begins with its closing head, which nobody can forge."""
    closed = closing_digest(digest, year, sequence)
    AuditHead.objects.create(
        day=timezone.localdate(), sequence=sequence, digest=closed, closes_year=year
    )
    return closed


def end_of_chain() -> tuple[int, str]:
    """Number and digest after which the next record is chained."""
    closing = AuditHead.objects.filter(closes_year__isnull=False).order_by("-sequence").first()
    last = AuditSeal.objects.order_by("-sequence").first()
    if last is None:
        return (closing.sequence, closing.digest) if closing else (0, GENESIS)
    if closing is not None and closing.sequence == last.sequence:
        return closing.sequence, closing.digest
    return last.sequence, last.digest


def year_of_chain(default: int) -> int:
    """The year whose chain is open; ``default`` where none was closed yet and none is open."""
    closed = AuditHead.objects.aggregate(latest=Max("closes_year"))["latest"]
    if closed is not None:
        return closed + 1
    first = AuditSeal.objects.select_related("record").order_by("sequence").first()
    return first.record.day.year if first else default


def note_head() -> int:
    """Today's head of the chain: a row that stays, and a mail to the witness; once a day."""
    last = AuditSeal.objects.order_by("-sequence").first()
    if (
        last is None
        or AuditHead.objects.filter(day=timezone.localdate(), closes_year__isnull=True).exists()
    ):
        return 0
    with transaction.atomic():
        head = AuditHead.objects.create(
            day=timezone.localdate(), sequence=last.sequence, digest=last.digest
        )
        enqueue(Kind.HEAD, [(head.pk, 0)], None)
    return 1
