"""When the link between an account and a pseudonym is cut, told to its owner beforehand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Max

from .actions.closed_cases import kept_participants
from .actions.letting_go import AFTER_CLOSING, AFTER_DECISION
from .models import Participant, Statement

DAY = datetime.timedelta(days=1)


def tell(participants: Iterable[Participant]) -> list[Participant]:
    """Adds to each ``link_ends`` and ``has_open_case``; two queries.

    ``link_ends`` is the first day on which the link may be cut, None while nobody knows when the
    discussion closes; an open report or appeal (``has_open_case``) keeps it longer.
    """
    found = list(participants)
    ids = [participant.pk for participant in found]
    decided = (
        Statement.objects.filter(contribution__participant__in=ids)
        .order_by()
        .values_list("contribution__participant")
        .annotate(Max("day"))
    )
    latest = dict(decided)
    open_cases = set(kept_participants().filter(pk__in=ids).values_list("pk", flat=True))
    for participant in found:
        participant.link_ends = _ends(participant, latest.get(participant.pk))
        participant.has_open_case = participant.pk in open_cases
    return found


def _ends(participant: Participant, decided: datetime.date | None) -> datetime.date | None:
    closes = participant.discussion.closes_on
    if closes is None:
        return None
    ends = closes + AFTER_CLOSING + DAY
    return max(ends, decided + AFTER_DECISION + DAY) if decided else ends
