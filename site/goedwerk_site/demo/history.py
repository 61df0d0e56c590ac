"""Two months of figures for the dashboard: counts as they would have been, about nobody."""

from __future__ import annotations

import datetime

from django.utils import timezone

from goedwerk_forum.actions.checks import save_term
from goedwerk_forum.models import (
    CheckPrecision,
    ConductTerm,
    DecisionTime,
    Discussion,
    HurtKind,
    HurtWeight,
    Waiting,
    WaitingCount,
    WaitingSince,
    Within,
)

from .pages import days_ago

DAYS = 60
#: What waits on the days of a week, Monday first: little before the weekend, more after it.
WEEK = (5, 4, 3, 3, 2, 3, 4)
#: Of the decisions of a day: how many took how long.
TIMES = {Within.TWO_HOURS: 3, Within.FOUR_HOURS: 2, Within.EIGHT_HOURS: 2, Within.DAY: 1}
#: (check, kind, right, not right), as ambassadors judged them.
PRECISION = [
    ("traceable", "person", 88, 9),
    ("traceable", "role_at_place", 31, 12),
    ("traceable", "municipality", 26, 31),
    ("traceable", "date", 14, 27),
    ("conduct", "insult", 24, 3),
    ("conduct", "contempt", 15, 8),
]
#: Words of the owner's own, beside the shipped lists.
WORDS = [
    ("pennenlikker", HurtKind.CONTEMPT, HurtWeight.LIGHT),
    ("kantoortijger", HurtKind.CONTEMPT, HurtWeight.LIGHT),
    ("bloedhond", HurtKind.HARMLESS, HurtWeight.NONE),
]
#: Hours that one of the texts waits at the start: longer than was promised.
TOO_LONG = 27


def make_history() -> int:
    """Writes it, and returns how many days it tells of."""
    discussions = list(Discussion.objects.filter(is_enabled=True).order_by("pk"))
    for number in range(1, DAYS + 1):
        _day(days_ago(number), number, discussions)
    for check, kind, right, wrong in PRECISION:
        counts = {"agreed": right, "disagreed": wrong}
        CheckPrecision.objects.update_or_create(check_code=check, kind=kind, defaults=counts)
    for term, hurt, weight in WORDS:
        save_term(ConductTerm(term=term, kind=hurt, weight=weight))
    _one_waits_too_long()
    return DAYS


def _day(day: datetime.date, number: int, discussions: list[Discussion]) -> None:
    waits = WEEK[day.weekday()] + number // 20
    WaitingCount.objects.bulk_create(
        [
            WaitingCount(day=day, discussion=discussion, number=1 + waits // len(discussions))
            for discussion in discussions[:waits]
        ],
        ignore_conflicts=True,
    )
    times = {within: share + number % 2 for within, share in TIMES.items()}
    times |= {Within.TWO_DAYS: 1} if day.weekday() == 0 else {}
    DecisionTime.objects.bulk_create(
        [
            DecisionTime(day=day, kind=Waiting.NEW, within=within, number=share)
            for within, share in times.items()
        ],
        ignore_conflicts=True,
    )
    if number % 3 == 0:
        DecisionTime.objects.get_or_create(
            day=day, kind=Waiting.EDIT, within=Within.FOUR_HOURS, defaults={"number": 1}
        )


def _one_waits_too_long() -> None:
    """So that the home page of the admin has something to say."""
    first = WaitingSince.objects.order_by("pk").first()
    if first is not None:
        since = timezone.now() - datetime.timedelta(hours=TOO_LONG)
        WaitingSince.objects.filter(pk=first.pk).update(
            hour=since.replace(minute=0, second=0, microsecond=0)
        )
