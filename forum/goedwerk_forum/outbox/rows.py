"""Putting work into the outbox and taking it out, inside the caller's transaction."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.utils import timezone

from ..conf import conf
from ..models import OutboxRow
from . import doorbell


class Queue(StrEnum):
    """Which process does the work: the worker without keys, or the notifier with UNSEAL_KEY."""

    MODERATION = "moderation"
    NOTICES = "notices"


class Kind(StrEnum):
    """What is to be done; a worker leaves a kind that it does not know for a newer one."""

    CHECK = "check"
    RELEASE = "release"
    NOTICE = "notice"
    ALERT = "alert"
    LAPSE = "lapse"
    ALONE = "alone"
    STANDING = "standing"
    HEAD = "head"
    VERIFY = "verify"
    TELL_UNMASKED = "tell_unmasked"
    FOLLOWED = "followed"
    STEP = "step"


#: Which queue each kind goes in; ``news.register`` adds those of other apps.
QUEUE_OF: dict[str, Queue] = {
    Kind.CHECK: Queue.MODERATION,
    Kind.RELEASE: Queue.MODERATION,
    Kind.NOTICE: Queue.NOTICES,
    Kind.ALERT: Queue.NOTICES,
    Kind.LAPSE: Queue.MODERATION,
    Kind.ALONE: Queue.NOTICES,
    Kind.STANDING: Queue.NOTICES,
    Kind.HEAD: Queue.NOTICES,
    Kind.VERIFY: Queue.MODERATION,
    Kind.TELL_UNMASKED: Queue.MODERATION,
    Kind.FOLLOWED: Queue.NOTICES,
    Kind.STEP: Queue.MODERATION,
}


class LostLease(Exception):
    """Another worker took the row over; this one must undo its effect."""


def enqueue(kind: str, items: Iterable[tuple[int, int]], due_at: datetime.datetime | None) -> None:
    """Asks for ``kind`` on each (object id, version), once; rings the bell after the commit."""
    now = timezone.now()
    OutboxRow.objects.bulk_create(
        [
            OutboxRow(
                queue=QUEUE_OF[kind],
                kind=kind,
                object_id=object_id,
                object_version=version,
                due_at=due_at or now,
            )
            for object_id, version in items
        ],
        ignore_conflicts=True,
    )
    if due_at is None or due_at <= now:
        doorbell.ring_after_commit(QUEUE_OF[kind])


def finish(rows: Sequence[OutboxRow]) -> None:
    """Takes done rows out; called in the transaction of their effect.

    Raises:
        LostLease: a row is no longer this worker's.
    """
    if not rows:
        return
    done, _by_model = OutboxRow.objects.filter(
        pk__in=[row.pk for row in rows], owner=rows[0].owner
    ).delete()
    if done != len(rows):
        raise LostLease


def next_release(now: datetime.datetime | None = None) -> datetime.datetime:
    """The next moment at which released texts become visible; ``now`` where they do at once."""
    now = now or timezone.now()
    every = conf().RELEASE_EVERY * 60
    if not every:
        return now
    moment = (int(now.timestamp()) // every + 1) * every
    return datetime.datetime.fromtimestamp(moment, tz=datetime.UTC)


def ask_release(discussion_ids: Iterable[int]) -> None:
    """One release per discussion per moment, however many texts wait for it."""
    due_at = next_release()
    every = conf().RELEASE_EVERY * 60 or 1
    moment = int(due_at.timestamp()) // every
    enqueue(Kind.RELEASE, [(pk, moment) for pk in sorted(set(discussion_ids))], due_at)
