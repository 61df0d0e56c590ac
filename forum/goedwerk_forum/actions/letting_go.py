"""What is let go of when its term has passed: one function per rule of ``keeping``.

Each works in batches, a transaction each, and never takes rows of two discussions into one
transaction: rows that change together would tell that they belong together. What a killed process
left is found again the next time.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_comments.models import Comment

from .. import retention
from ..identity import links
from ..models import (
    AuditHead,
    AuditRecord,
    AuditSeal,
    Contribution,
    Discussion,
    Hint,
    Notice,
    OutboxRow,
    Participant,
    RescuedText,
    Revision,
    Statement,
    Unmasking,
)
from ..transitions import RevisionState, State

#: Days after the closing of a discussion, and after the last decision on somebody's text.
AFTER_CLOSING = datetime.timedelta(days=30)
AFTER_DECISION = datetime.timedelta(days=183)
#: Days that a row of work which was given up stays in the doctor's sight.
AFTER_GIVING_UP = datetime.timedelta(days=30)
TWO_YEARS = datetime.timedelta(days=731)
#: Rows changed in one transaction.
BATCH = 500


def in_batches(due: QuerySet, change: Callable[[QuerySet], object], *, discussion: str = "") -> int:
    """Applies ``change`` to all that is ``due``, BATCH rows a transaction; returns how many.

    ``discussion`` is the way from a row to its discussion's id; with it, no transaction holds
    rows of two discussions. ``change`` must make its rows no longer due.
    """
    if not discussion:
        return _batches(due, change)
    ids = list(due.order_by().values_list(discussion, flat=True).distinct())
    return sum(_batches(due.filter(**{discussion: pk}), change) for pk in ids)


def _batches(due: QuerySet, change: Callable[[QuerySet], object]) -> int:
    done = 0
    while True:
        with transaction.atomic():
            keys = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
            if keys:
                change(due.model._base_manager.filter(pk__in=keys))
        done += len(keys)
        if len(keys) < BATCH:
            return done


def closed_long_ago() -> Q:
    """Discussions closed longer ago than links are kept: by their last day, or by a guide."""
    long_ago = timezone.localdate() - AFTER_CLOSING
    return Q(closes_on__lt=long_ago) | Q(ended_on__lt=long_ago)


def cut_due_links() -> int:
    """Makes token and seal null where both terms have passed; the pseudonym stays.

    A discussion counts as closed once its branches are: people speak there as who they are here.
    """
    is_over = closed_long_ago()
    later = Discussion.objects.filter(branch_of=OuterRef("pk"), is_enabled=True).exclude(is_over)
    closed = Discussion.objects.filter(is_over, ~Exists(later))
    due = Participant.objects.filter(discussion__in=closed, token__isnull=False).exclude(
        Exists(_decided_lately("contribution__participant"))
    )
    for kept in retention.KEEPS_LINK:
        due = due.exclude(pk__in=kept())
    return in_batches(due, links.cut, discussion="discussion_id")


def _decided_lately(to: str) -> QuerySet[Statement]:
    """Decisions that somebody can still contest, seen from rows to which ``to`` leads."""
    return Statement.objects.filter(
        **{to: OuterRef("pk")}, day__gte=timezone.localdate() - AFTER_DECISION
    )


def erase_withdrawn() -> int:
    """Texts of what was withdrawn: gone at once by the action, and again here, to be sure."""
    there = Q(contribution__state=State.WITHDRAWN) & ~Q(text="", answer="", findings=[])
    return in_batches(
        Revision.objects.filter(there), _erase, discussion="contribution__discussion_id"
    )


def erase_old_versions() -> int:
    """Texts that no reader sees, of authors who can do nothing with them any more."""
    replaced = Q(state=RevisionState.DROPPED) | Q(contribution__state=State.REJECTED)
    due = Revision.objects.filter(
        replaced, contribution__participant__token__isnull=True, contribution__waiting__isnull=True
    ).exclude(state=RevisionState.ERASED)
    return in_batches(due, _erase, discussion="contribution__discussion_id")


def _erase(revisions: QuerySet[Revision]) -> None:
    revisions.update(text="", answer="", findings=[], state=RevisionState.ERASED)


def clear_unreadable() -> int:
    """The base's copy of a text is there only while readers see it; here again, to be sure."""
    unreadable = Contribution.objects.exclude(display="text").exclude(comment="")
    return in_batches(unreadable, _clear, discussion="discussion_id")


def _clear(contributions: QuerySet[Contribution]) -> None:
    Comment.objects.filter(pk__in=contributions.values("pk")).update(comment="")


def erase_words_of_decisions() -> int:
    """The decider's own words, and their salt, six months after the last decision in the case."""
    later = Statement.objects.filter(
        contribution=OuterRef("contribution"), day__gte=timezone.localdate() - AFTER_DECISION
    )
    due = (
        Statement.objects.exclude(words="", law="", salt="")
        .filter(contribution__waiting__isnull=True)
        .exclude(Exists(later))
        .exclude(contribution__participant__in=_kept_participants())
    )
    return in_batches(
        due,
        lambda rows: rows.update(words="", law="", salt=""),
        discussion="contribution__discussion_id",
    )


def _kept_participants() -> QuerySet[Participant]:
    """Who has something open, by the apps that say so: her cases stay whole."""
    kept = Q(pk__in=[])
    for query in retention.KEEPS_LINK:
        kept |= Q(pk__in=query())
    return Participant.objects.filter(kept)


def forget_notices() -> int:
    """Messages in an inbox, when what they tell of can no longer be contested."""
    old = Notice.objects.filter(day__lt=timezone.localdate() - AFTER_DECISION)
    return in_batches(old, lambda rows: rows.delete(), discussion="participant__discussion_id")


def forget_hints() -> int:
    """What a guide wrote to an author, and what she answered."""
    old = Hint.objects.filter(day__lt=timezone.localdate() - AFTER_DECISION)
    return in_batches(old, lambda rows: rows.delete(), discussion="contribution__discussion_id")


def forget_rescued_texts() -> int:
    """Texts of expired sessions, an hour (rounded up) after they were typed."""
    old = RescuedText.objects.filter(hour__lt=timezone.now() - datetime.timedelta(hours=2))
    return in_batches(old, lambda rows: rows.delete())


def forget_dead_work() -> int:
    """Work that was given up; the case itself waits for a person."""
    dead = OutboxRow.objects.filter(
        state=OutboxRow.State.DEAD, due_at__lt=timezone.now() - AFTER_GIVING_UP
    )
    return in_batches(dead, lambda rows: rows.delete())


def forget_unmaskings() -> int:
    """Orders that were carried out two years ago, and of which the author heard."""
    old = Unmasking.objects.filter(day__lt=timezone.localdate() - TWO_YEARS, is_told=True)
    return in_batches(old, lambda rows: rows.delete(), discussion="contribution__discussion_id")


def to_be_told() -> QuerySet[Unmasking, Any]:
    """The participants who will hear that they were unmasked: their link stays until then."""
    return Unmasking.objects.filter(is_told=False).values("contribution__participant")


def forget_old_years() -> int:
    """The years of the audit record that closed two years ago, oldest first; their heads stay.

    The database lets nothing younger go, whatever this asks.
    """
    closed = AuditHead.objects.filter(closes_year__lte=timezone.localdate().year - 3)
    last = closed.order_by("-sequence").first()
    if last is None:
        return 0
    gone = 0
    for first in iter(lambda: _oldest_seal(last.sequence), None):
        gone += _forget_seals(min(first + BATCH - 1, last.sequence))
    return gone


def _oldest_seal(up_to: int) -> int | None:
    seals = AuditSeal.objects.filter(sequence__lte=up_to).order_by("sequence")
    return seals.values_list("sequence", flat=True).first()


def _forget_seals(up_to: int) -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # The site's role may not delete here; this function may, and only what is old.
            with connection.cursor() as cursor:
                cursor.execute("SELECT goedwerk_forget_audit(%s)", [up_to])
                return int(cursor.fetchone()[0])
        seals = AuditSeal.objects.filter(sequence__lte=up_to)
        ids = list(seals.values_list("record_id", flat=True))
        seals._raw_delete(seals.db)
        records = AuditRecord.objects.filter(pk__in=ids)
        records._raw_delete(records.db)
        return len(ids)
