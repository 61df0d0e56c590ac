"""What comes next in the dialogues that anybody may read, by day; one query.

Other apps add days of their own, in ``ready``::

    agenda.SOURCES.append(days_of_votes)

A source gets the ids of the pages that anybody may read, as a query, and yields queries of rows
made by ``rows``.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .models import Discussion, HarvestPage, Step
from .public import on_page, open_today

SOURCES: list[Callable[[Any], Iterable[QuerySet[Any, Any]]]] = []
#: What happens on a day, beside what other apps add.
STEP, CLOSES = "step", "closes"


@dataclass(frozen=True)
class Coming:
    """What happens on a day, and with which page; where a step begins also which one, of all."""

    what: str
    day: datetime.date
    page: Page
    steps: tuple[Step, ...] = ()
    step: Step | None = None

    @property
    def is_last_step(self) -> bool:
        return bool(self.steps) and self.step == self.steps[-1]


def rows(found: QuerySet[Any], what: str, day: str, page: str = "page__") -> QuerySet[Any, Any]:
    """A query of what happens: ``day`` is its column, ``page`` the way from a row to its page."""
    return _rows(found, what, day, page, Value("", TextField()), Value(0))


def _rows(
    found: QuerySet[Any], what: str, day: str, page: str, steps: Any, number: Any
) -> QuerySet[Any, Any]:
    columns = {
        "coming_what": Value(what, TextField()),
        "coming_day": F(day),
        "coming_page": F(f"{page}pk"),
        "coming_title": F(f"{page}title"),
        "coming_way": F(f"{page}url_path"),
        "coming_type": F(f"{page}content_type_id"),
        "coming_steps": steps,
        "coming_step": number,
    }
    return found.order_by().annotate(**columns).values_list(*columns)


def coming(public: PageQuerySet, limit: int) -> list[Coming]:
    """The next days among pages that anybody may read, the first one first."""
    ids = public.order_by().not_type(HarvestPage).values("pk")
    sources = [*_of_dialogues(ids), *(found for source in SOURCES for found in source(ids))]
    together = sources[0].union(*sources[1:], all=True)
    return [_read(row) for row in together.order_by("coming_day", "coming_title")[:limit]]


def _of_dialogues(ids: Any) -> Iterator[QuerySet[Any, Any]]:
    today = timezone.localdate()
    running = Discussion.objects.filter(on_page(), open_today(), page__in=ids)
    yield rows(running.filter(closes_on__gte=today), CLOSES, "closes_on")
    steps = Cast("course__steps", TextField())
    moving = running.filter(course__moves_on__gte=today)
    yield _rows(moving, STEP, "course__moves_on", "page__", steps, F("course__moves_to"))


def _read(row: tuple[Any, ...]) -> Coming:
    what, day, pk, title, url_path, content_type, kept, number = row
    page = Page(pk=pk, title=title, url_path=url_path, content_type_id=content_type)
    found = json.loads(kept) if kept else []
    steps = tuple(Step.read(place, step) for place, step in enumerate(found, start=1))
    step = next((step for step in steps if step.number == number), None)
    return Coming(what, day, page, steps, step)
