"""The append-only record: writing, sealing, verifying."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from ..identity import keys
from ..models import AuditRecord, AuditSeal, Contribution, Statement
from ..outbox.drive import take_lease
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


def words_digest(statement: Statement) -> str:
    """Salted hash of the decider's words: proves them later without holding them now."""
    return hashlib.sha256(f"{statement.salt}:{statement.words}".encode()).hexdigest()


def write(entries: Iterable[AuditRecord]) -> None:
    AuditRecord.objects.bulk_create(entries)


def _digest(previous: str, record: AuditRecord) -> str:
    fields = {
        field.attname: str(getattr(record, field.attname)) for field in record._meta.concrete_fields
    }
    message = previous + json.dumps(fields, sort_keys=True)
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
        last = AuditSeal.objects.select_related("record").order_by("-sequence").first()
        oldest = max(0, last.record_id - LATE) if last else 0
        records = list(
            AuditRecord.objects.filter(seal__isnull=True, pk__gt=oldest).order_by("pk")[:BATCH]
        )
        sequence, digest = (last.sequence, last.digest) if last else (0, GENESIS)
        seals = []
        for record in records:
            sequence, digest = sequence + 1, _digest(digest, record)
            seals.append(AuditSeal(sequence=sequence, record=record, digest=digest))
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def verify() -> Iterator[str]:
    """Sentences that each name what is wrong with the record; none where it is whole."""
    previous, expected = GENESIS, 1
    seals = AuditSeal.objects.order_by("sequence").values_list("sequence", "record_id", "digest")
    for chunk in _chunks(seals.iterator(chunk_size=BATCH)):
        records = AuditRecord.objects.in_bulk([record_id for _s, record_id, _d in chunk])
        for sequence, record_id, digest in chunk:
            if sequence != expected:
                yield f"Seals {expected} to {sequence - 1} are missing."
            expected = sequence + 1
            record = records.get(record_id)
            if record is None:
                yield f"Record {record_id} (seal {sequence}) was removed."
            elif _digest(previous, record) != digest:
                yield f"Record {record_id} (seal {sequence}) was changed, or the seal before it."
            previous = digest
    yield from _late()


def _chunks(
    rows: Iterator[tuple[int, int, str]],
) -> Iterator[list[tuple[int, int, str]]]:
    chunk: list[tuple[int, int, str]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == BATCH:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _late() -> Iterator[str]:
    today = timezone.localdate()
    for record in AuditRecord.objects.filter(seal__isnull=True, day__lt=today).order_by("pk"):
        yield f"Record {record.pk} of {record.day} is not sealed."
