"""Measures for tests, taken through the same actions as in the admin."""

from __future__ import annotations

import datetime

from django.utils import timezone

import factories as make
from goedwerk_forum.actions import standing
from goedwerk_forum.actions.standing import Order
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Measure

WORDS = "Je schreef drie keer over een mens en niet over het werk."


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def order(kind: Measure = Measure.PAUSE, days: int = 7) -> Order:
    return Order(kind=kind, reason="about_person", words=WORDS, until=in_days(days))


def taken(contribution, kind: Measure = Measure.PAUSE, days: int = 7, *, by=None):
    """A warning or a pause for the author of a contribution; the notifier has not followed yet."""
    return standing.warn_or_pause(
        user=by or make.ambassador(contribution.discussion),
        public_id=contribution.public_id,
        order=order(kind, days),
    )


def asked(contribution, days: int = 200, *, by=None):
    """A request to exclude that waits for a second person."""
    return standing.ask_exclusion(
        user=by or make.ambassador(contribution.discussion),
        public_id=contribution.public_id,
        order=order(Measure.EXCLUDE, days),
    )


def excluded(contribution, days: int = 200):
    """An exclusion that two ambassadors decided on; the notifier has not followed yet."""
    request = asked(contribution, days)
    colleague = make.ambassador(contribution.discussion)
    return standing.confirm(user=colleague, public_id=request.public_id)


def followed(request):
    """What the notifier makes of it."""
    drive("notices")
    return request
