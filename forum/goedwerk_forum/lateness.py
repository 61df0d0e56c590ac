"""What waits for a person longer than the site promises."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from .conf import conf
from .models import WaitingSince


def promised_before() -> datetime.datetime:
    """What waits since this moment or longer waits too long."""
    return timezone.now() - datetime.timedelta(hours=conf().PROMISED_HOURS)


def overdue() -> QuerySet[WaitingSince]:
    """What waits longer than the promised hours."""
    return WaitingSince.objects.filter(
        hour__lte=promised_before(), contribution__waiting__isnull=False
    )
