"""What ambassadors of the demonstration are doing: cases in hand, notes, a rota."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import Group
from django.utils import timezone

from goedwerk_forum.actions import desk, rota
from goedwerk_forum.actions.views import save_view
from goedwerk_forum.models import Contribution, Urgency
from goedwerk_forum.setup import AMBASSADORS
from goedwerk_site.accounts.models import User

NOTE = "Een sterk verhaal, vind ik. Alleen zijn de dag en de afdeling samen misschien te precies."
QUESTION = (
    "Ik twijfel: is dit boos zijn op het werk, of op één collega? Ik ken de afdeling en lees het "
    "misschien te streng. Wil jij beslissen?"
)


def sit_down(accounts: dict[str, User]) -> int:
    """Puts the ambassadors to work on what waits; returns at how many cases."""
    first, second = accounts["ambassadeur"], accounts["ambassadeur2"]
    waiting = list(
        Contribution.objects.filter(waiting="new", discussion__group__name=AMBASSADORS)
        .select_related("discussion")
        .order_by("pk")[:5]
    )
    steps = [
        lambda case: desk.claim(user=second, contribution=case),
        lambda case: _asked(second, case),
        lambda case: _noted(second, case),
        lambda case: desk.hand_over(user=second, public_id=case.public_id, to=first),
    ]
    for step, case in zip(steps, waiting, strict=False):
        step(case)
    Contribution.objects.filter(pk__in=[case.pk for case in waiting[2:3]]).update(
        urgency=Urgency.RAISED
    )
    _plan(accounts)
    save_view(user=first, name="Wacht al drie dagen", query="age=3")
    return len(waiting[: len(steps)])


def _asked(user: User, case: Contribution) -> None:
    desk.add_note(user=user, public_id=case.public_id, text=QUESTION, asks_second_look=True)


def _noted(user: User, case: Contribution) -> None:
    desk.add_note(user=user, public_id=case.public_id, text=NOTE)


def _plan(accounts: dict[str, User]) -> None:
    """Three weeks of the rota, in turns."""
    group = Group.objects.get(name=AMBASSADORS)
    pair = [accounts["ambassadeur"], accounts["ambassadeur2"]]
    this_week = rota.monday(timezone.localdate())
    for number in range(3):
        rota.set_duty(
            user=pair[0],
            group=group,
            week=this_week + datetime.timedelta(weeks=number),
            ambassador=pair[number % 2],
            stand_in=pair[(number + 1) % 2],
        )
