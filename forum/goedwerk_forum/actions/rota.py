"""Who looks first in which week."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import Group
from django.utils import timezone

from .. import access
from ..errors import NotAllowed
from ..models import Duty
from ..people import Person, key_of


def monday(day: datetime.date) -> datetime.date:
    """The first day of the week of ``day``."""
    return day - datetime.timedelta(days=day.weekday())


def set_duty(
    *,
    user: Person,
    group: Group,
    week: datetime.date,
    ambassador: Person | None,
    stand_in: Person | None = None,
) -> None:
    """Says who looks first in the week that begins on ``week``; nobody where it is None.

    Raises:
        NotFound: ``user`` is no ambassador.
        NotAllowed: ``user``, or somebody chosen, is not in the group.
    """
    access.require_moderator(user)
    chosen = [person for person in (ambassador, stand_in) if person is not None]
    if not all(person.groups.filter(pk=group.pk).exists() for person in (user, *chosen)):
        raise NotAllowed
    if ambassador is None:
        Duty.objects.filter(group=group, week=week).delete()
        return
    Duty.objects.update_or_create(
        group=group,
        week=week,
        defaults={
            "ambassador_id": key_of(ambassador),
            "stand_in_id": key_of(stand_in) if stand_in else None,
        },
    )


def forget_past_weeks() -> int:
    """Removes the weeks that are over; returns how many."""
    return Duty.objects.filter(week__lt=monday(timezone.localdate())).delete()[0]
