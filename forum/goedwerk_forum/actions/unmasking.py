"""Saying who wrote one contribution, on a written order: two people, a record, and a notice.

The answer is given only after the record of it was committed, and is kept nowhere.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey

from ..errors import ForumError, NobodyKnows, NotAllowed, NotFound
from ..identity import links
from ..models import Contribution, Notice, OutboxRow, Unmasking
from ..outbox.rows import Kind, enqueue, finish
from ..people import Person, key_of
from . import audit, notices

RIGHT = "goedwerk_forum.unmask"
#: What the record says was done, and by whom.
DONE, REFUSED, TOLD = "unmask", "unmask_refused", "unmask_told"
TWO_PEOPLE, CLOCK = "two_people", "clock"


@dataclass(frozen=True)
class Order:
    """The written ground, and the day on which the author hears of it: today, or a later one."""

    ground: str
    tell_on: datetime.date


def unmask(*, people: Sequence[Person], public_id: str, order: Order, key: PrivateKey) -> uuid.UUID:
    """The random identity of the account that wrote a contribution.

    Asked again on the same ground it is recorded again, and the author is told once.

    Raises:
        NotAllowed: there are not two different people who both have the right, or no ground.
        NotFound: there is no such contribution.
        NobodyKnows: nobody can know any more who wrote it.
        KeyMissing: the key does not open its seal.
    """
    try:
        contribution = _found(people, public_id, order)
        account = _opened(contribution, key)
    except ForumError as error:
        refuse(public_id=public_id, why=error.code)
        raise
    with transaction.atomic():
        _record(DONE, public_id, actor=TWO_PEOPLE)
        asked, is_new = Unmasking.objects.get_or_create(
            contribution=contribution,
            ground_digest=hashlib.sha256(order.ground.encode()).hexdigest(),
            defaults={
                "ground": order.ground,
                "day": timezone.localdate(),
                "tell_on": order.tell_on,
            },
        )
        if is_new:
            enqueue(Kind.TELL_UNMASKED, [(asked.pk, 0)], _morning_of(order.tell_on))
    return account


def _found(people: Sequence[Person], public_id: str, order: Order) -> Contribution:
    if not order.ground.strip() or len({key_of(person) for person in people}) != 2:
        raise NotAllowed
    if not all(person.is_active and person.has_perm(RIGHT) for person in people):
        raise NotAllowed
    found = Contribution.objects.select_related("participant").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _opened(contribution: Contribution, key: PrivateKey) -> uuid.UUID:
    sealed = contribution.participant.sealed_account
    if sealed is None:
        raise NobodyKnows
    return links.unseal(sealed, [key])


def refuse(*, public_id: str, why: str) -> None:
    """Records an attempt that gave no answer: which contribution, and what was missing."""
    with transaction.atomic():
        _record(REFUSED, public_id, actor=TWO_PEOPLE, reason=why)


def _record(action: str, public_id: str, *, actor: str, reason: str = "") -> None:
    record = audit.about(
        "contribution",
        public_id[:40],
        action,
        actor=actor,
        reason=reason,
        by_software=actor == CLOCK,
    )
    audit.write([record])


def _morning_of(day: datetime.date) -> datetime.datetime:
    midnight = datetime.datetime.combine(day, datetime.time.min)
    return timezone.make_aware(midnight, timezone.get_current_timezone())


def tell(rows: Sequence[OutboxRow]) -> None:
    """Puts the notice into the author's inbox on the day that the order leaves free."""
    with transaction.atomic():
        due = Unmasking.objects.filter(pk__in=[row.object_id for row in rows], is_told=False)
        for asked in due.select_related("contribution__participant"):
            contribution = asked.contribution
            if contribution.participant.token is not None:
                notices.add([(contribution, Notice.Event.UNMASKED, None)])
            _record(TOLD, contribution.public_id, actor=CLOCK)
        due.update(is_told=True)
        finish(rows)


def not_told(row: OutboxRow) -> None:
    """The doctor names work that was given up; the link stays until the author was told."""
