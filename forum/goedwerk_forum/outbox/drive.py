"""Claiming rows and running their handlers: the one code path of Celery and of the runner."""

from __future__ import annotations

import datetime
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..conf import conf
from ..models import Lease, OutboxRow
from .rows import Kind, LostLease, Queue

logger = logging.getLogger("goedwerk.outbox")

#: A digest takes all the news there is: in two batches it would be two mails to one account.
BATCH_OF: dict[str, int] = {Queue.NOTICES: 5000}
#: Seconds before a failed row is tried again, times the number of attempts.
BACKOFF = 2


@dataclass(frozen=True)
class Handler:
    """What to do with rows of one kind.

    ``run`` takes any number of rows, and finishes them (``rows.finish``) in the transaction of
    its effect. ``died`` takes a row that failed MAX_ATTEMPTS times, in a transaction.
    """

    run: Callable[[Sequence[OutboxRow]], None]
    died: Callable[[OutboxRow], None]


def handlers() -> dict[str, Handler]:
    from ..news import SOURCES
    from .handlers import HANDLERS

    return HANDLERS | dict.fromkeys(SOURCES, HANDLERS[Kind.NOTICE])


def _due(queue: str) -> QuerySet[OutboxRow]:
    now = timezone.now()
    rows = OutboxRow.objects.filter(
        Q(leased_until__isnull=True) | Q(leased_until__lt=now),
        queue=queue,
        state=OutboxRow.State.WAITING,
        kind__in=handlers().keys(),
        due_at__lte=now,
    ).order_by("attempts", "due_at")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows


def claim(queue: str, owner: str) -> list[OutboxRow]:
    """Takes a batch of fresh rows, or one row that failed before, alone: it may be the poison.

    Attempts are counted here, before any handler runs: a handler that kills its process counts.
    """
    with transaction.atomic():
        rows = list(_due(queue)[: BATCH_OF.get(queue) or conf().CLAIM_BATCH])
        fresh = [row for row in rows if row.attempts == 0]
        taken = fresh or rows[:1]
        OutboxRow.objects.filter(pk__in=[row.pk for row in taken]).update(
            attempts=F("attempts") + 1,
            owner=owner,
            leased_until=timezone.now() + datetime.timedelta(seconds=conf().LEASE_SECONDS),
        )
    for row in taken:
        row.attempts += 1
        row.owner = owner
    return taken


def _bury(row: OutboxRow) -> None:
    """Gives the case to a person, and forgets the moment; tried again later where that fails."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        with transaction.atomic():
            OutboxRow.objects.filter(pk=row.pk).update(
                state=OutboxRow.State.DEAD, leased_until=None, owner="", due_at=midnight
            )
            handlers()[row.kind].died(row)
    except Exception as error:
        logger.warning(
            "outbox row not given up", extra={"kind": row.kind, "error": type(error).__name__}
        )
        _put_back(row)
    else:
        logger.error("outbox row given up", extra={"kind": row.kind, "attempts": row.attempts - 1})


def _put_back(row: OutboxRow) -> None:
    later = timezone.now() + datetime.timedelta(seconds=BACKOFF * row.attempts)
    OutboxRow.objects.filter(pk=row.pk, owner=row.owner).update(
        leased_until=None, owner="", due_at=later
    )


def _run(handler: Handler, rows: Sequence[OutboxRow]) -> None:
    """Runs the handler; where a batch fails, each row alone: one cannot hold up the rest."""
    try:
        handler.run(rows)
    except LostLease:
        return
    except Exception as error:
        if len(rows) > 1:
            for row in rows:
                _run(handler, [row])
            return
        logger.warning(
            "outbox row failed",
            extra={
                "kind": rows[0].kind,
                "attempts": rows[0].attempts,
                "error": type(error).__name__,
            },
        )
        _put_back(rows[0])


def _by_handler(rows: list[OutboxRow]) -> Iterator[tuple[Handler, list[OutboxRow]]]:
    """Rows that one handler does go to it together: one mail tells of all news, of all kinds."""
    groups: dict[int, tuple[Handler, list[OutboxRow]]] = {}
    known = handlers()
    for row in rows:
        handler = known[row.kind]
        groups.setdefault(id(handler), (handler, []))[1].append(row)
    yield from groups.values()


def drive(queue: str, *, seconds: float = 20.0) -> int:
    """Works through what is due in ``queue``; returns the number of rows taken.

    It stops taking batches after ``seconds``, well within a worker's time limit; the next sweep
    goes on with what is left.
    """
    owner = secrets.token_hex(16)
    total = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until and (rows := claim(queue, owner)):
        total += len(rows)
        for row in [row for row in rows if row.attempts > conf().MAX_ATTEMPTS]:
            _bury(row)
            rows.remove(row)
        for handler, group in _by_handler(rows):
            _run(handler, group)
    heartbeat(f"driver:{queue}")
    return total


def heartbeat(name: str) -> None:
    """Leaves word that somebody drives ``name``: read by /readyz and by the banner in the admin."""
    now = timezone.now()
    Lease.objects.update_or_create(name=name, defaults={"seen_at": now, "until": now})


def take_lease(name: str, owner: str, seconds: int) -> bool:
    """Whether ``owner`` may do the periodic job ``name`` now."""
    now = timezone.now()
    until = now + datetime.timedelta(seconds=seconds)
    Lease.objects.get_or_create(name=name, defaults={"until": now, "seen_at": now})
    return bool(
        Lease.objects.filter(Q(until__lte=now) | Q(owner=owner), name=name).update(
            owner=owner, until=until, seen_at=now
        )
    )
