"""What software does with many reports: it hides a text until somebody looks, for a day."""

from __future__ import annotations

import datetime
import secrets
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment

from ..complaints import holds, still_waiting
from ..models import (
    GROUND_OF,
    OPEN_APPEALS,
    Appeal,
    Contribution,
    Notice,
    OutboxRow,
    ReasonCode,
    Report,
    Statement,
    Urgency,
    Waiting,
)
from ..outbox.rows import Kind, enqueue, finish
from ..transitions import Action, Display, State
from . import audit, notices
from .answers import drop_appeals
from .changing import change, drop_open, under_lock
from .discussions import raise_version
from .moderation import publish_when_due
from .verdicts import SOFTWARE

#: How long a text stays away when nobody looks.
LAPSES_AFTER = datetime.timedelta(hours=24)
#: Grounds on which it stays away until a person decided.
STAYS_AWAY = (ReasonCode.TRACEABLE, ReasonCode.CONFIDENTIAL)


def hide(contribution: Contribution, reports: Sequence[Report]) -> None:
    """Hides a published text on these reports, in the caller's transaction and under its lock.

    The reports are used up: a text that comes back is not hidden again by the same ones.
    """
    statement = _statement(contribution, _ground(reports))
    change(
        contribution,
        state=State.HIDDEN,
        waiting=Waiting.REPORT,
        urgency=Urgency.URGENT,
        display=Display.TOMBSTONE,
    )
    drop_open(contribution)
    drop_appeals(contribution, actor=SOFTWARE)
    Comment.objects.filter(pk=contribution.pk).update(comment="")
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(counts=False)
    raise_version(contribution.discussion_id, shown=-1)
    _record(contribution, Action.HIDE, statement)
    notices.add([(contribution, Notice.Event.HIDDEN, statement)])
    if statement.reason not in STAYS_AWAY:
        enqueue(Kind.LAPSE, [(contribution.pk, statement.pk)], _next_day())


def _ground(reports: Sequence[Report]) -> ReasonCode:
    """Why: what protects somebody goes first, else what most say."""
    counted = Counter(GROUND_OF[report.reason] for report in reports)
    grave = [ground for ground in STAYS_AWAY if counted[ground]]
    return grave[0] if grave else counted.most_common(1)[0][0]


def _statement(contribution: Contribution, ground: ReasonCode) -> Statement:
    return Statement.objects.create(
        contribution=contribution,
        decision=Action.HIDE,
        reason=ground,
        decided_by_software=True,
        after_report=True,
        salt=secrets.token_hex(16),
        day=timezone.localdate(),
    )


def _next_day() -> datetime.datetime:
    """A day from now, on the hour: the moment of the last report is not kept."""
    due = timezone.now() + LAPSES_AFTER + datetime.timedelta(hours=1)
    return due.replace(minute=0, second=0, microsecond=0)


def _record(contribution: Contribution, action: Action, statement: Statement | None = None) -> None:
    audit.write(
        [
            audit.entry(
                contribution,
                action,
                actor=SOFTWARE,
                before=contribution.state,
                after=State.HIDDEN if action == Action.HIDE else State.PUBLISHED,
                version=contribution.version + 1,
                statement=statement,
                by_software=True,
            )
        ]
    )


def lapse(rows: Sequence[OutboxRow]) -> None:
    """Lets texts come back on which nobody decided within a day; the reports stay open."""
    hidings = Statement.objects.filter(pk__in=[row.object_version for row in rows])
    with transaction.atomic():
        for statement in hidings.select_related("contribution").order_by("contribution_id"):
            contribution = statement.contribution = under_lock(statement.contribution)
            if holds(statement, contribution) and not _was_judged(statement):
                _come_back(contribution)
        finish(rows)


def _was_judged(statement: Statement) -> bool:
    """Whether a person decided on an appeal against it: then it is no longer software's."""
    return Appeal.objects.filter(statement=statement).exclude(state__in=OPEN_APPEALS).exists()


def _come_back(contribution: Contribution) -> None:
    drop_appeals(contribution, actor=SOFTWARE)
    change(
        contribution,
        state=State.PUBLISHED,
        waiting=still_waiting(),
        urgency=Urgency.RAISED,
    )
    raise_version(contribution.discussion_id)
    _record(contribution, Action.LAPSE)
    notices.add([(contribution, Notice.Event.LAPSED, None)])
    publish_when_due([contribution.discussion])
