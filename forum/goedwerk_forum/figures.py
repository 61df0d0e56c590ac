"""The yearly figures about moderation, counted from the audit record; nobody is in them.

They answer what articles 15 and 24 of the Digital Services Act ask of a platform: what came in,
what was decided, on what ground, by software or by a person, how long it took, and whom it was
forbidden to write for a time.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from .models import TAKEN_BACK, AuditHead, AuditRecord, ReasonCode
from .transitions import Action, Measure

#: What restricts a text; each has a statement of reasons.
RESTRICTIONS = (Action.RETURN, Action.REJECT, Action.HIDE)
#: Decisions that end the waiting of a new text.
ENDS_WAITING = (Action.PUBLISH, Action.RETURN, Action.REJECT)
#: Days from arrival to the first decision, as the page groups them.
SAME_DAY, NEXT_DAY, WITHIN_WEEK, LATER = "same_day", "next_day", "within_week", "later"
CACHED_SECONDS = 24 * 3600
#: What the counted records are about; reports are about pages, too.
PAGE = "page"
COUNTED = ("contribution", PAGE)


@dataclass(frozen=True)
class Line:
    """How often something happened; ``by_software`` of these without a person."""

    code: str
    total: int
    by_software: int

    @property
    def by_person(self) -> int:
        return self.total - self.by_software


@dataclass(frozen=True)
class Complaints:
    """Reports and appeals of one year, by what came of them in that year.

    A report hid a text (``hidden``) until somebody looked, or until it came back (``lapsed``).
    """

    reports: int = 0
    of_pages: int = 0
    upheld: int = 0
    refused: int = 0
    gone: int = 0
    hidden: int = 0
    lapsed: int = 0
    appeals: int = 0
    granted: int = 0
    on_condition: int = 0
    not_granted: int = 0
    dropped: int = 0

    @property
    def reversed(self) -> int:
        """Decisions that another person turned round, wholly or on a condition."""
        return self.granted + self.on_condition


@dataclass(frozen=True)
class Figures:
    """One year. ``decisions`` per action and ``restrictions`` per (action, reason)."""

    year: int
    received: int = 0
    edited: int = 0
    withdrawn: int = 0
    decisions: tuple[Line, ...] = ()
    restrictions: tuple[tuple[str, Line], ...] = ()
    found_by_software: int = 0
    complaints: Complaints = Complaints()
    #: Per measure how often, and per (measure, reason); all by people.
    measures: tuple[Line, ...] = ()
    measure_reasons: tuple[tuple[str, Line], ...] = ()
    waiting: dict[str, int] = field(default_factory=dict)
    undecided: int = 0
    #: Number and hash of the record's chain at its latest daily head, and the day: who kept it can
    #: check us later.
    seal: tuple[int, str, datetime.date] | None = None


def years() -> list[int]:
    """The years that the record knows, latest first; this year also where it is empty."""
    found = {day.year for day in AuditRecord.objects.dates("day", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)


def figures_of(year: int) -> Figures:
    """The figures of a year, counted once a day."""
    key = f"goedwerk-figures-{year}-{timezone.localdate():%Y%m%d}"
    found: Figures | None = cache.get(key)
    if found is None:
        found = count(year)
        cache.set(key, found, CACHED_SECONDS)
    return found


def count(year: int) -> Figures:
    """The figures of a year, counted now; three queries."""
    records = that_stand(AuditRecord.objects.filter(object_kind__in=COUNTED, day__year=year))
    columns = ("action", "reason", "decided_by_software", "detected_by_software", "object_kind")
    counted = records.order_by().values_list(*columns).annotate(Count("pk"))
    everything = [(*row, number, kind) for *row, kind, number in counted]
    rows: list[Row] = [row[:5] for row in everything if row[5] == "contribution"]
    totals: Counter[str] = Counter()
    for action, _reason, _decided, _detected, number in rows:
        totals[action] += number
    waiting = _waiting(year)
    undecided = waiting.pop(None, 0)
    return Figures(
        year=year,
        received=totals[Action.POST],
        edited=totals[Action.EDIT] + totals[Action.RESEND],
        withdrawn=totals[Action.WITHDRAW],
        decisions=tuple(_lines(rows, (Action.PUBLISH, *RESTRICTIONS))),
        restrictions=tuple(_reasons(rows, RESTRICTIONS)),
        measures=tuple(_lines(rows, Measure)),
        measure_reasons=tuple(_reasons(rows, Measure)),
        found_by_software=sum(row[4] for row in rows if row[0] in RESTRICTIONS and row[3]),
        complaints=_complaints(everything),
        waiting={str(group): number for group, number in waiting.items()},
        undecided=undecided,
        seal=_latest_head(),
    )


def that_stand(records: QuerySet[AuditRecord]) -> QuerySet[AuditRecord]:
    """Without decisions that were taken back within their minute: nobody was told of them."""
    taken_back = AuditRecord.objects.filter(
        action=TAKEN_BACK,
        object_id=OuterRef("object_id"),
        object_version=OuterRef("object_version") + 1,
    )
    return records.filter(~Exists(taken_back))


def _latest_head() -> tuple[int, str, datetime.date] | None:
    heads = AuditHead.objects.filter(closes_year__isnull=True).order_by("-day")
    return heads.values_list("sequence", "digest", "day").first()


Row = tuple[str, str, bool, bool, int]


def _complaints(rows: Iterable[tuple[Any, ...]]) -> Complaints:
    """What was reported and appealed; a page counts with the contributions, and by itself."""
    totals: Counter[str] = Counter()
    of_pages = 0
    for action, _reason, decided_by_software, _detected, number, kind in rows:
        totals[f"{action}:software" if decided_by_software else action] += number
        of_pages += number if (kind, action) == (PAGE, "report") else 0
    return Complaints(
        reports=totals["report"],
        of_pages=of_pages,
        upheld=totals["report_upheld"],
        refused=totals["report_refused"],
        gone=totals["report_gone"],
        hidden=totals[f"{Action.HIDE}:software"],
        lapsed=totals[f"{Action.LAPSE}:software"],
        appeals=totals["appeal"],
        granted=totals["appeal_granted"],
        on_condition=totals["appeal_condition"],
        not_granted=totals["appeal_refused"],
        dropped=totals["appeal_dropped"],
    )


def _line(code: str, rows: Iterable[Row]) -> Line:
    rows = list(rows)
    return Line(code, sum(row[4] for row in rows), sum(row[4] for row in rows if row[2]))


def _lines(rows: list[Row], actions: Iterable[str]) -> Iterable[Line]:
    for action in actions:
        yield _line(action, [row for row in rows if row[0] == action])


def _reasons(rows: list[Row], actions: Iterable[str]) -> Iterable[tuple[str, Line]]:
    for action in actions:
        for reason in ReasonCode.values:
            line = _line(reason, [row for row in rows if row[:2] == (action, reason)])
            if line.total:
                yield action, line


def _waiting(year: int) -> Counter[str | None]:
    """How many of the texts that came in this year waited how long; None: still waiting."""
    objects = (
        that_stand(
            AuditRecord.objects.filter(object_kind="contribution", object_id__in=_posted_in(year))
        )
        .order_by()
        .values_list("object_id")
        .annotate(
            posted=Min("day", filter=Q(action=Action.POST)),
            decided=Min("day", filter=Q(action__in=ENDS_WAITING)),
        )
    )
    return Counter(
        _group(posted, decided) for _id, posted, decided in objects.iterator(chunk_size=2000)
    )


def _posted_in(year: int) -> QuerySet[AuditRecord, Any]:
    return AuditRecord.objects.filter(action=Action.POST, day__year=year).values("object_id")


def _group(posted: datetime.date, decided: datetime.date | None) -> str | None:
    if decided is None:
        return None
    days = (decided - posted).days
    if days <= 0:
        return SAME_DAY
    if days == 1:
        return NEXT_DAY
    return WITHIN_WEEK if days <= 7 else LATER
