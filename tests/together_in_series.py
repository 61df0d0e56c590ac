"""Series of circles for tests, made by the same actions as the site makes them."""

from __future__ import annotations

import datetime

from django.utils import timezone

import circles as rings
from goedwerk_forum.actions import series as actions
from goedwerk_forum.models import Circle, Series

TITLE, PURPOSE = "Drieluik voor leidinggevenden", "Drie groepen over ruimte geven."
REPORT = "In alle kringen bleek dat stilte iets anders is dan instemming."


def begun(circle: Circle | None = None, *, title: str = TITLE, purpose: str = PURPOSE) -> Series:
    """A series with one circle in it."""
    first = circle or rings.circle()
    words = actions.SeriesWords(title, purpose)
    return actions.begin(user=rings.guide_of(first), uuid=first.uuid, words=words)


def guide_of(series: Series):
    """A guide of the first circle."""
    first = series.circles.select_related("discussion__guide").order_by("series_place")[0]
    return first.discussion.guide


def link(series: Series, *, days: int = 14) -> str:
    """The secret of a new invitation."""
    expires_on = timezone.localdate() + datetime.timedelta(days=days)
    return actions.invite(user=guide_of(series), public_id=series.public_id, expires_on=expires_on)


def joined(series: Series, circle: Circle | None = None, **fields) -> Circle:
    """A circle more in the series."""
    more = circle or rings.circle(**fields)
    actions.join(user=rings.guide_of(more), secret=link(series), uuid=more.uuid)
    return rings.fresh(more)


def written(series: Series, text: str = REPORT) -> Series:
    """The draft of the report, as a guide of the first circle writes it."""
    series.refresh_from_db()
    actions.write(
        user=guide_of(series), public_id=series.public_id, text=text, seen=series.draft_mark
    )
    series.refresh_from_db()
    return series


def released(series: Series, text: str = REPORT) -> Series:
    """The report, as everybody in the circles reads it."""
    written(series, text)
    actions.release(user=guide_of(series), public_id=series.public_id, seen=series.draft_mark)
    series.refresh_from_db()
    return series
