"""The days of votes and assignments, for what comes next in the dialogues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from goedwerk_forum import agenda

from .models import AssignmentPage, Round, StatementPage

#: What happens on a day: its second round opens, or the round that is open closes.
VOTE_OPENS, VOTE_CLOSES = "vote_opens", "vote_closes"
ASSIGNMENT_OPENS, ASSIGNMENT_CLOSES = "assignment_opens", "assignment_closes"
PER_TYPE: tuple[tuple[Any, str, str], ...] = (
    (StatementPage, VOTE_OPENS, VOTE_CLOSES),
    (AssignmentPage, ASSIGNMENT_OPENS, ASSIGNMENT_CLOSES),
)


def register() -> None:
    """Called once, when the app is ready."""
    agenda.SOURCES.append(days_of_rounds)


def days_of_rounds(ids: Any) -> Iterator[QuerySet[Any, Any]]:
    """Of pages that anybody may read."""
    today = timezone.localdate()
    for model, opens, closes in PER_TYPE:
        readable = model.objects.filter(pk__in=ids)
        begun = Round.objects.filter(number=2).values("page_id")
        awaited = readable.filter(second_opens_on__gte=today).exclude(pk__in=begun)
        yield agenda.rows(awaited, opens, "second_opens_on", page="")
        running = Round.objects.filter(is_open=True, closes_on__gte=today)
        yield agenda.rows(running.filter(page__in=readable.values("pk")), closes, "closes_on")
