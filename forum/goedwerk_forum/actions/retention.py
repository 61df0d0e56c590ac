"""Letting go: the link between a participant and an account is cut when its time has come."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..identity import links
from ..identity.accounts import forget_order
from ..models import Discussion, Participant, RescuedText, Statement
from ..outbox.drive import take_lease

#: Days after the closing of a discussion, and after the last decision on somebody's text.
AFTER_CLOSING = datetime.timedelta(days=30)
AFTER_DECISION = datetime.timedelta(days=183)
DAY = 24 * 3600


#: What other apps let go of on the same day, each of which says how much it was.
DAILY: list[Callable[[], int]] = []


def let_go() -> int:
    """Does today's letting go, once a day; returns the number of links cut and things gone."""
    if not take_lease("retention", secrets.token_hex(16), seconds=DAY):
        return 0
    RescuedText.objects.filter(hour__lt=timezone.now() - 2 * datetime.timedelta(hours=1)).delete()
    cut = cut_due_links() + sum(job() for job in DAILY)
    forget_order()
    return cut


def cut_due_links() -> int:
    """Makes token and seal null where both terms have passed; the pseudonym stays.

    One update per discussion: rows of different discussions changed together would tell that
    they belong together.
    """
    closed_before = timezone.localdate() - AFTER_CLOSING
    closed = Discussion.objects.filter(closes_on__lt=closed_before)
    return sum(_cut(discussion) for discussion in closed)


def _cut(discussion: Discussion) -> int:
    still_open = Statement.objects.filter(
        contribution__participant=OuterRef("pk"), day__gte=timezone.localdate() - AFTER_DECISION
    )
    due = Participant.objects.filter(discussion=discussion, token__isnull=False)
    return links.cut(due.exclude(Exists(still_open)))
