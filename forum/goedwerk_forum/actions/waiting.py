"""Since when something waits for a person, and how long decisions took.

The hour lives in a row of its own that goes in the transaction of the decision; what stays is a
count per day. Whatever makes a contribution wait, or ends that, says so here.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Count, F
from django.utils import timezone

from ..models import Contribution, DecisionTime, WaitingCount, WaitingSince, Within
from . import tally

#: How long counts of days are kept.
KEPT = datetime.timedelta(days=2 * 365)


def this_hour() -> datetime.datetime:
    """Now, rounded down to the hour: no finer time of a contribution is written anywhere."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def begin(contribution_ids: Iterable[int]) -> None:
    """These wait for a person from now on; one query."""
    hour = this_hour()
    WaitingSince.objects.bulk_create(
        [WaitingSince(contribution_id=pk, hour=hour) for pk in contribution_ids],
        ignore_conflicts=True,
    )


def forget(contribution_ids: Iterable[int]) -> None:
    """These no longer wait, and nobody decided: their author changed them or took them back."""
    WaitingSince.objects.filter(pk__in=list(contribution_ids)).delete()


def follow(contribution_id: int, *, before: str | None, after: str | None) -> None:
    """What a person's decision did to the waiting of one contribution."""
    if before:
        count_decisions({contribution_id: before})
    if after:
        begin([contribution_id])


def count_decisions(waited_as: Mapping[int, str]) -> None:
    """Counts how long these (contribution id -> what it waited as) took, and forgets since when.

    Belongs last in the transaction of the decision: others wait for the rows that it counts in.
    """
    rows = WaitingSince.objects.filter(pk__in=list(waited_as))
    since = dict(rows.values_list("pk", "hour"))
    if not since:
        return
    WaitingSince.objects.filter(pk__in=list(since)).delete()
    count_known((waited_as[pk], hour) for pk, hour in since.items())


def count_known(waited: Iterable[tuple[str, datetime.datetime]]) -> None:
    """Counts decisions on what waited as this since that hour, where that was read already."""
    now = timezone.now()
    counted = Counter((kind, _within(now - hour)) for kind, hour in waited)
    if counted:
        _add(counted)


def take_back(contribution_id: int, *, waited_as: str, hour: datetime.datetime) -> None:
    """A decision of this minute was undone: the contribution waits since ``hour``, as before."""
    WaitingSince.objects.bulk_create([WaitingSince(contribution_id=contribution_id, hour=hour)])
    within = _within(timezone.now() - hour)
    DecisionTime.objects.filter(
        day=timezone.localdate(), kind=waited_as, within=within, number__gt=0
    ).update(number=F("number") - 1)


def _within(waited: datetime.timedelta) -> Within:
    hours = waited.total_seconds() / 3600
    return next((within for within in Within if hours <= within), Within.LONGER)


def _add(counted: Counter[tuple[str, Within]]) -> None:
    today = timezone.localdate()
    rows = [(today, kind, within, number) for (kind, within), number in counted.items()]
    tally.add(DecisionTime, ("day", "kind", "within"), ("number",), rows)


def mend() -> int:
    """Makes each that waits known, and none else; returns how many were not right.

    A contribution that began to wait by another way than ``begin`` counts from now.
    """
    ended = WaitingSince.objects.filter(contribution__waiting__isnull=True).delete()[0]
    unknown = Contribution.objects.filter(waiting__isnull=False, waiting_since__isnull=True)
    missing = list(unknown.order_by().values_list("pk", flat=True))
    begin(missing)
    return ended + len(missing)


def count_the_waiting() -> int:
    """Writes down how many wait in each discussion today, once, and drops what is too old."""
    today = timezone.localdate()
    if WaitingCount.objects.filter(day=today).exists():
        return 0
    WaitingCount.objects.filter(day__lt=today - KEPT).delete()
    DecisionTime.objects.filter(day__lt=today - KEPT).delete()
    waiting = Contribution.objects.filter(waiting__isnull=False).order_by()
    rows = waiting.values_list("discussion_id").annotate(Count("pk"))
    WaitingCount.objects.bulk_create(
        [WaitingCount(day=today, discussion_id=pk, number=number) for pk, number in rows],
        ignore_conflicts=True,
    )
    return len(rows)
