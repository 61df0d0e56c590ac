"""Ambassadors at a case: having it in hand, handing it over, notes, asking for a second look."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .. import access
from ..conf import conf
from ..errors import ClaimedByColleague, NotFound, NotWaiting, SecondLookAsked
from ..models import Absence, AuditRecord, CaseNote, Claim, Contribution
from ..people import Person, key_of
from . import audit

#: How long a case that was handed to a colleague stays hers before it is everybody's again.
HANDED = datetime.timedelta(days=1)
SECOND_LOOK = "second_opinion"
AMBASSADOR = "ambassador"


def _end(span: datetime.timedelta) -> datetime.datetime:
    """The end of a claim, rounded up to the minute: nobody needs the second of a visit."""
    end = timezone.now() + span
    return end.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)


def claim(*, user: Person, contribution: Contribution) -> None:
    """Gives a waiting case that nobody has in hand to ``user``, who opened it; extends her own.

    Lapsed claims go on the way, whoever's they were. Who is away gets none, nor who asked that
    somebody else decides.
    """
    if contribution.waiting is None or is_away(user):
        return
    if asked_by(user).filter(contribution=contribution).exists():
        return
    forget_lapsed_claims()
    until = _end(datetime.timedelta(minutes=conf().CLAIM_MINUTES))
    hers = {"holder_id": key_of(user), "until": until}
    Claim.objects.bulk_create([Claim(contribution=contribution, **hers)], ignore_conflicts=True)
    Claim.objects.filter(contribution=contribution, holder_id=key_of(user)).update(
        until=until, is_handed_over=False
    )


def take_over(*, user: Person, public_id: str) -> None:
    """Gives ``user`` the case that a colleague has in hand.

    Raises:
        NotFound, OwnContribution: it is not hers to judge.
        NotWaiting: nothing is to be decided.
    """
    contribution = _waiting_case(user, public_id)
    with transaction.atomic():
        Claim.objects.filter(contribution=contribution).delete()
        _give(contribution, key_of(user), datetime.timedelta(minutes=conf().CLAIM_MINUTES))


def put_down(*, user: Person, public_id: str) -> None:
    """Lets go of a case without deciding: it is everybody's again.

    Raises:
        NotFound, OwnContribution: it is not hers to judge.
    """
    contribution = access.judgeable(user, public_id)
    Claim.objects.filter(contribution=contribution, holder_id=key_of(user)).delete()


def hand_over(*, user: Person, public_id: str, to: Person | None) -> None:
    """Gives the case to a colleague for a day, or (``to`` is None) back to the whole group.

    Whoever may judge the discussion can be chosen, its author included: a list without her would
    tell who wrote it. She does not see it, and anybody else can take it over.

    Raises:
        NotFound, OwnContribution: it is not hers to judge, or ``to`` is no colleague there.
        NotWaiting: nothing is to be decided.
    """
    contribution = _waiting_case(user, public_id)
    if to is not None and to not in colleagues(user, contribution):
        raise NotFound
    with transaction.atomic():
        Claim.objects.filter(contribution=contribution).delete()
        if to is not None:
            _give(contribution, key_of(to), HANDED, is_handed_over=True)


def _give(
    contribution: Contribution,
    holder_id: Any,
    span: datetime.timedelta,
    *,
    is_handed_over: bool = False,
) -> None:
    Claim.objects.bulk_create(
        [
            Claim(
                contribution=contribution,
                holder_id=holder_id,
                until=_end(span),
                is_handed_over=is_handed_over,
            )
        ],
        ignore_conflicts=True,
    )


def colleagues(user: Person, contribution: Contribution) -> QuerySet:
    """Who else moderates the discussion, by name; who is away is not asked."""
    away = Absence.objects.values("user")
    return (
        get_user_model()
        .objects.filter(access.team_of(contribution.discussion), is_active=True)
        .exclude(pk=key_of(user))
        .exclude(pk__in=away)
        .order_by(get_user_model().USERNAME_FIELD)
    )


def _waiting_case(user: Person, public_id: str) -> Contribution:
    contribution = access.judgeable(user, public_id)
    if contribution.waiting is None:
        raise NotWaiting
    return contribution


# --- notes -----------------------------------------------------------------------------------


def add_note(
    *, user: Person, public_id: str, text: str, asks_second_look: bool = False
) -> CaseNote:
    """A word for the colleagues; with ``asks_second_look`` somebody else must decide.

    A second look is asked once; asked again, it is one note more. That it was asked is on record.

    Raises:
        NotFound, OwnContribution: it is not hers to judge.
        NotWaiting: nothing is to be decided.
    """
    contribution = _waiting_case(user, public_id)
    asked = contribution.case_notes.filter(asks_second_look=True)
    with transaction.atomic():
        is_new = asks_second_look and not asked.exists()
        note = CaseNote.objects.create(
            contribution=contribution,
            author_id=key_of(user),
            text=text,
            asks_second_look=is_new,
            day=timezone.localdate(),
        )
        if is_new:
            Claim.objects.filter(contribution=contribution, holder_id=key_of(user)).delete()
            audit.write([_asked(contribution)])
    return note


def _asked(contribution: Contribution) -> AuditRecord:
    state = contribution.state
    return audit.entry(contribution, SECOND_LOOK, actor=AMBASSADOR, before=state, after=state)


def remove_note(*, user: Person, public_id: str, note: str) -> None:
    """Takes one of her own notes away, and with it the request for a second look in it.

    Raises:
        NotFound, OwnContribution: the case is not hers to judge, or the note is not hers.
    """
    contribution = access.judgeable(user, public_id)
    hers = contribution.case_notes.filter(author_id=key_of(user), public_id=note)
    if not hers.delete()[0]:
        raise NotFound


# --- what a decision asks, and what it leaves ------------------------------------------------


def refuse_if_not_hers(user: Person, contribution: Contribution) -> None:
    """Stops a decision that is somebody else's to take now.

    Raises:
        ClaimedByColleague: a colleague has the case in hand.
        SecondLookAsked: ``user`` asked that somebody else decides.
    """
    if claims_of_others(user).filter(contribution=contribution).exists():
        raise ClaimedByColleague
    if asked_by(user).filter(contribution=contribution).exists():
        raise SecondLookAsked


def claims_of_others(user: Person) -> QuerySet[Claim]:
    """Cases that colleagues have in hand now."""
    return Claim.objects.filter(until__gt=timezone.now()).exclude(holder_id=key_of(user))


def second_looks() -> QuerySet[CaseNote]:
    """Requests that somebody else decides."""
    return CaseNote.objects.filter(asks_second_look=True)


def asked_by(user: Person) -> QuerySet[CaseNote]:
    """Those of ``user``."""
    return second_looks().filter(author_id=key_of(user))


def close(contribution_ids: Iterable[int]) -> None:
    """A person decided: no trace of who had the cases in hand, and nobody is asked any more.

    The notes are out of sight, and go at night; an undone decision finds them again.
    """
    ids = list(contribution_ids)
    Claim.objects.filter(contribution__in=ids).delete()
    CaseNote.objects.filter(contribution__in=ids, asks_second_look=True).update(
        asks_second_look=False
    )


def erase(contribution: Contribution) -> None:
    """Its author took it back: what colleagues wrote about it may quote it, and goes at once."""
    Claim.objects.filter(contribution=contribution).delete()
    contribution.case_notes.all().delete()


def forget_lapsed_claims() -> int:
    """Removes claims whose time is over."""
    return Claim.objects.filter(until__lte=timezone.now()).delete()[0]


def forget_closed_cases() -> int:
    """Removes what is left at cases that nobody has to decide; returns how many rows went.

    A text that the software reads again may come back to the same colleagues in a minute.
    """
    decided = Q(contribution__waiting__isnull=True) & ~Q(contribution__state="pending")
    notes = CaseNote.objects.filter(decided).delete()[0]
    return notes + Claim.objects.filter(decided).delete()[0] + forget_lapsed_claims()


# --- being away ------------------------------------------------------------------------------


def is_away(user: Person) -> bool:
    """Whether an ambassador said that she gets no new cases for a while."""
    return Absence.objects.filter(user_id=key_of(user)).exists()


def go_away(*, user: Person) -> None:
    """No new cases for ``user`` until she is back; what she had in hand is everybody's again.

    Raises:
        NotFound: she is no ambassador.
    """
    access.require_moderator(user)
    with transaction.atomic():
        Absence.objects.get_or_create(user_id=key_of(user))
        Claim.objects.filter(holder_id=key_of(user)).delete()


def come_back(*, user: Person) -> None:
    """She takes part again.

    Raises:
        NotFound: she is no ambassador.
    """
    access.require_moderator(user)
    Absence.objects.filter(user_id=key_of(user)).delete()
