"""What the links that invite share: a secret that is shown once, a hash of it, and a last day."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import TypeVar

from django.db import models
from django.utils import timezone

from ..errors import IllegalTransition

#: Days that an invitation may be good for.
LONGEST = 60

Invitation = TypeVar("Invitation", bound=models.Model)


def new_secret(expires_on: datetime.date) -> str:
    """What a new link holds that is good until and with a day.

    Raises:
        IllegalTransition: the day is before today, or more than ``LONGEST`` days away.
    """
    if not 0 <= (expires_on - timezone.localdate()).days <= LONGEST:
        raise IllegalTransition
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret: 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def good(invitations: models.Manager[Invitation]) -> models.QuerySet[Invitation]:
    """Those of the invitations given whose last day is not over."""
    return invitations.filter(expires_on__gte=timezone.localdate())


def forget_old(invitations: models.Manager[Invitation]) -> int:
    """Removes those whose last day is over; returns how many."""
    gone, _by_model = invitations.filter(expires_on__lt=timezone.localdate()).delete()
    return gone
