"""When the link between an account and a pseudonym is cut, told to its owner beforehand."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max

from .actions.closed_cases import kept_participants
from .actions.letting_go import AFTER_CLOSING, AFTER_DECISION
from .models import Discussion, Participant, Statement

DAY = datetime.timedelta(days=1)
#: The last day after which there is a day to cut a link: somebody may close in the year 9999.
LATEST = datetime.date.max - AFTER_CLOSING - DAY


def tell(participants: Iterable[Participant]) -> list[Participant]:
    """Adds to each ``link_ends`` and ``has_open_case``; three queries.

    ``link_ends`` is the first day on which the link may be cut, None while nobody knows when the
    discussion, or a branch of it, closes; an open report or appeal (``has_open_case``) keeps it
    longer.
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
    of_branches = _of_branches({participant.discussion_id for participant in found})
    for participant in found:
        closings = [participant.discussion.day_of_closing, *of_branches[participant.discussion_id]]
        participant.link_ends = _ends(closings, latest.get(participant.pk))
        participant.has_open_case = participant.pk in open_cases
    return found


def _of_branches(homes: set[int]) -> dict[int, list[datetime.date | None]]:
    """The last days of the branches of each discussion."""
    found: dict[int, list[datetime.date | None]] = defaultdict(list)
    there = Discussion.objects.filter(branch_of__in=homes, is_enabled=True)
    for branch in there.only("branch_of", "closes_on", "ended_on"):
        if branch.branch_of_id is not None:
            found[branch.branch_of_id].append(branch.day_of_closing)
    return found


def _ends(
    closings: list[datetime.date | None], decided: datetime.date | None
) -> datetime.date | None:
    known = [day for day in closings if day is not None]
    if len(known) < len(closings):
        return None
    ends = min(max(known), LATEST) + AFTER_CLOSING + DAY
    return max(ends, decided + AFTER_DECISION + DAY) if decided else ends
