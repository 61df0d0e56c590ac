"""What the dashboard shows: read in a fixed number of queries, whatever there is to count.

Nobody is in it: days, reasons, counts and the names of checks. Who may see which discussions is
decided before (``access.overseen_discussions``).
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from . import kinds
from .checks import precision
from .figures import that_stand
from .lateness import promised_before
from .models import (
    AuditRecord,
    CheckPrecision,
    Contribution,
    DecisionTime,
    Discussion,
    ReasonCode,
    WaitingCount,
    Within,
)
from .transitions import Action, Display

#: Decisions that the dashboard counts, in its order.
DECISIONS = (Action.PUBLISH, Action.RETURN, Action.REJECT, Action.HIDE)
#: Codes of the record: what a judge decided on an appeal.
GRANTED = ("appeal_granted", "appeal_condition")
REFUSED = ("appeal_refused",)
#: Silent discussions that are named.
NAMED = 20


@dataclass(frozen=True)
class Period:
    """Whole days, both included."""

    first: datetime.date
    last: datetime.date

    def days(self) -> list[datetime.date]:
        length = (self.last - self.first).days + 1
        return [self.first + datetime.timedelta(days=place) for place in range(length)]


@dataclass(frozen=True)
class Waiting:
    """What waits for a person at this moment; ``oldest`` is the hour in which it began."""

    number: int
    overdue: int
    oldest: datetime.datetime | None

    @property
    def hours(self) -> int:
        """Full hours that the oldest waits."""
        if self.oldest is None:
            return 0
        return int((timezone.now() - self.oldest).total_seconds()) // 3600


@dataclass(frozen=True)
class Decided:
    """The decisions of a period."""

    by_action: list[tuple[Action, int]]
    by_reason: list[tuple[ReasonCode, int]]
    by_software: int
    granted: int
    refused: int

    @property
    def total(self) -> int:
        return sum(number for _action, number in self.by_action)

    @property
    def judged(self) -> int:
        """Appeals that were decided on."""
        return self.granted + self.refused


@dataclass(frozen=True)
class Times:
    """How long decisions took: how many within each bound."""

    counted: list[tuple[Within, int]]

    @property
    def total(self) -> int:
        return sum(number for _within, number in self.counted)

    def percentile(self, percent: int) -> Within | None:
        """The bound that so many percent of the decisions kept; None where there were none."""
        so_far = 0
        for within, number in self.counted:
            so_far += number
            if number and 100 * so_far >= percent * self.total:
                return within
        return None


def waiting_now(discussions: QuerySet[Discussion]) -> Waiting:
    """One query."""
    found = Contribution.objects.filter(
        waiting__isnull=False, discussion__in=discussions
    ).aggregate(
        number=Count("pk"),
        overdue=Count("pk", filter=Q(waiting_since__hour__lte=promised_before())),
        oldest=Min("waiting_since__hour"),
    )
    return Waiting(**found)


def waiting_by_day(
    discussions: QuerySet[Discussion], period: Period
) -> list[tuple[datetime.date, int]]:
    """How many waited when each day began; one query."""
    rows = (
        WaitingCount.objects.filter(
            discussion__in=discussions, day__gte=period.first, day__lte=period.last
        )
        .values_list("day")
        .annotate(Sum("number"))
    )
    known = dict(rows)
    return [(day, known.get(day, 0)) for day in period.days()]


def decided(discussions: QuerySet[Discussion] | None, period: Period) -> Decided:
    """What was decided; in all discussions where ``None``. One query."""
    records = AuditRecord.objects.filter(
        object_kind="contribution",
        day__gte=period.first,
        day__lte=period.last,
        action__in=[*DECISIONS, *GRANTED, *REFUSED],
    )
    if discussions is not None:
        theirs = Contribution.objects.filter(discussion__in=discussions).order_by()
        records = records.filter(object_id__in=theirs.values("public_id"))
    rows = (
        that_stand(records)
        .order_by()
        .values_list("action", "reason", "decided_by_software")
        .annotate(Count("pk"))
    )
    return _decided(rows)


def _decided(rows: Iterable[tuple[str, str, bool, int]]) -> Decided:
    actions: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    by_software = 0
    for action, reason, decided_by_software, number in rows:
        actions[action] += number
        if action in DECISIONS:
            reasons[reason] += number
            by_software += number if decided_by_software else 0
    return Decided(
        by_action=[(action, actions[action]) for action in DECISIONS],
        by_reason=[(reason, reasons[reason]) for reason in ReasonCode if reasons[reason]],
        by_software=by_software,
        granted=sum(actions[code] for code in GRANTED),
        refused=sum(actions[code] for code in REFUSED),
    )


def times(period: Period) -> dict[str, Times]:
    """How long people took to decide, by what it waited as, in all discussions; one query."""
    rows = (
        DecisionTime.objects.filter(day__gte=period.first, day__lte=period.last)
        .order_by("kind")
        .values_list("kind", "within")
        .annotate(Sum("number"))
    )
    known: dict[str, Counter[int]] = defaultdict(Counter)
    for kind, within, number in rows:
        known[kind][within] += number
    return {kind: _times(counted) for kind, counted in known.items()}


def all_times(by_kind: dict[str, Times]) -> Times:
    """The same, whatever it waited as."""
    together: Counter[int] = Counter()
    for found in by_kind.values():
        together.update(dict(found.counted))
    return _times(together)


def _times(counted: Counter[int]) -> Times:
    return Times([(within, counted[within]) for within in Within])


def precisions() -> list[CheckPrecision]:
    """The kinds of finding of which enough were judged, the least right first; one query."""
    known = precision.measured().values()
    return sorted(filter(precision.says_something, known), key=lambda row: row.percent)


def silent(discussions: QuerySet[Discussion], days: int) -> list[Discussion]:
    """Open discussions without a contribution for so many days, or with a question without answer.

    Each with ``last_day`` (None: nobody said anything yet) and ``unanswered``; the longest silent
    first, one more than ``NAMED`` at most. One query.
    """
    today = timezone.localdate()
    since = today - datetime.timedelta(days=days)
    shown = Contribution.objects.filter(discussion=OuterRef("pk"), display=Display.TEXT).order_by()
    return list(
        discussions.filter(
            Q(opens_on__isnull=True) | Q(opens_on__lte=since),
            Q(closes_on__isnull=True) | Q(closes_on__gte=today),
            ended_on__isnull=True,
            is_enabled=True,
            page__live=True,
        )
        .annotate(
            last_day=Subquery(shown.order_by("-day").values("day")[:1]),
            unanswered=Coalesce(Subquery(_unanswered(shown, since)), 0),
        )
        .filter(Q(last_day__isnull=True) | Q(last_day__lte=since) | Q(unanswered__gt=0))
        .select_related("page")
        .order_by(Coalesce("last_day", datetime.date.min), "pk")[: NAMED + 1]
    )


def _unanswered(shown: QuerySet[Contribution], since: datetime.date) -> QuerySet[Any, Any]:
    """How many questions stand in a discussion since then without a reply that can be read."""
    replies = Contribution.objects.filter(in_reply_to=OuterRef("pk"), display=Display.TEXT)
    return (
        shown.filter(~Exists(replies), kind__in=kinds.asking(), day__lte=since)
        .values("discussion")
        .annotate(number=Count("pk"))
        .values("number")
    )
