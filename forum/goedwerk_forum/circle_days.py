"""How long a circle can be read after its last day; known to ``access`` and to ``circles``."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

#: After its last day a circle can be read for so long; then it is gone for everybody.
STAYS = datetime.timedelta(days=30)


def gone_since() -> datetime.date:
    """A circle whose last day was before this day can be read by nobody, its guides included."""
    return timezone.localdate() - STAYS


def not_gone() -> Q:
    """A filter of discussions: of no circle, or of one that can still be read.

    All discussions of a circle go with its home, whatever last day they have of their own.
    """
    since = gone_since()
    home_stays = Q(branch_of__isnull=True) & (Q(closes_on__isnull=True) | Q(closes_on__gte=since))
    home_of_branch_stays = Q(branch_of__isnull=False) & (
        Q(branch_of__closes_on__isnull=True) | Q(branch_of__closes_on__gte=since)
    )
    return Q(in_circle=False) | home_stays | home_of_branch_stays
