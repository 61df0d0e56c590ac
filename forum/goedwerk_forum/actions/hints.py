"""A private message of the guide to an author about one contribution, and her one answer.

Neither learns who the other is: the author is found by her token, and the guide is a role. All
who guide the discussion read both; the author of the contribution reads nothing of it here.
"""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from .. import access, guides
from ..errors import IllegalTransition, LinkIsCut, NotFound, StaleDecision, TooManyHints
from ..identity import limits, sealed
from ..models import HINTS, Contribution, Hint, Notice
from ..people import Person
from ..transitions import Display
from . import audit, notices
from .changing import under_lock
from .discussions import locked
from .guiding import GUIDE, require_untraceable

#: Codes of the record.
HINT, HINT_ANSWER = "hint", "hint_answer"
#: Messages to one pseudonym within so many days, about whatever she wrote there.
MOST, WITHIN = 3, datetime.timedelta(days=7)


def words_of(hint: Hint) -> dict[str, str]:
    """What was said: ``text`` of the guide, ``answer`` of the author.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    said: dict[str, str] = sealed.unseal(hint.sealed, hint.uuid)
    return said


def write_hint(*, user: Person, public_id: str, text: str) -> Hint:
    """Puts a message into the inbox of the author of a contribution; sent twice, it is there once.

    Raises:
        NotFound: readers see no such text in a discussion that ``user`` guides.
        OwnContribution: she wrote it under her own pseudonym.
        IllegalTransition: a guide said it in her role.
        LinkIsCut: nothing leads to its author any more.
        TooManyHints: as many were written about it, or to her this week, as may be.
        Traceable: the finder marks somebody in the text.
    """
    require_untraceable(text)
    found = guides.guided_contribution(user, public_id)
    with transaction.atomic():
        # The text first and its discussion then, as who withdraws it: no message outlives it.
        locked(under_lock(found).discussion)
        contribution = guides.guided_contribution(user, public_id)
        if contribution.display != Display.TEXT:
            raise NotFound
        if contribution.by_guide:
            raise IllegalTransition
        if contribution.participant.token is None:
            raise LinkIsCut
        before = list(contribution.hints.all())
        if before and words_of(before[-1])["text"] == text:
            return before[-1]
        _refuse_many(contribution, before)
        hint = _put(contribution, text, number=len(before) + 1)
        audit.write([audit.entry(contribution, HINT, actor=GUIDE)])
        notices.add([(contribution, Notice.Event.HINT, None)])
    return hint


def _refuse_many(contribution: Contribution, before: list[Hint]) -> None:
    since = timezone.localdate() - WITHIN
    lately = Hint.objects.filter(
        contribution__participant=contribution.participant_id, day__gt=since
    )
    if len(before) >= HINTS or lately.count() >= MOST:
        raise TooManyHints


def _put(contribution: Contribution, text: str, *, number: int) -> Hint:
    mark = uuid.uuid4()
    return Hint.objects.create(
        uuid=mark,
        contribution=contribution,
        number=number,
        sealed=sealed.seal({"text": text}, mark),
        day=timezone.localdate(),
    )


def answer(*, user: Person, public_id: str, hint: str, text: str) -> Hint:
    """The author's one answer to a message about her contribution.

    Raises:
        NotFound: it is not about a contribution of hers.
        StaleDecision: she answered it before, in other words.
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
    """
    contribution = access.own_contribution(user, public_id)
    limits.count_write(user)
    with transaction.atomic():
        locked(under_lock(contribution).discussion)
        found = contribution.hints.filter(public_id=hint).first()
        if found is None:
            raise NotFound
        said = words_of(found)
        if said.get("answer") == text:
            return found
        if found.is_answered:
            raise StaleDecision
        found.sealed = sealed.seal(said | {"answer": text}, found.uuid)
        found.is_answered = True
        found.save(update_fields=["sealed", "is_answered"])
        audit.write([audit.entry(contribution, HINT_ANSWER, actor=audit.AUTHOR)])
    return found


def mark_read(*, user: Person, public_id: str) -> None:
    """A guide read the answers about a contribution: they wait for her no more."""
    contribution = guides.guided_contribution(user, public_id)
    contribution.hints.filter(is_answered=True).update(is_read=True)


def erase(contribution: Contribution) -> None:
    """Its author took it back: what was written about it goes with it."""
    Hint.objects.filter(contribution=contribution).delete()
