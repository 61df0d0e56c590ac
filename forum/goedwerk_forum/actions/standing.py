"""Warning, pausing and excluding somebody under a pseudonym; and ending that.

What an ambassador decides stands in one discussion, with a statement of reasons. It holds in all
discussions because the notifier, which alone can open the seal of a participant, then writes a
``Standing`` in a transaction of its own. Excluding takes two people.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .. import access
from ..errors import (
    AskedBefore,
    HeldBack,
    ImpossibleTerm,
    LinkIsCut,
    SecondPersonNeeded,
    StaleDecision,
    StandsAlready,
)
from ..identity import deciders, holders, keys, links
from ..identity import standing as rows
from ..identity.standing import Held
from ..models import (
    Account,
    Contribution,
    MeasureRequest,
    Notice,
    OutboxRow,
    Participant,
    ReasonCode,
    Statement,
)
from ..outbox.rows import Kind, enqueue, finish
from ..people import Person
from ..transitions import Measure
from . import audit, notices
from .discussions import locked
from .moderation import AMBASSADOR
from .reasons import Why
from .sitting import require_member

#: Days for which a measure may hold; a warning stands at the form for just so long.
LONGEST = {Measure.WARN: 30, Measure.PAUSE: 92, Measure.EXCLUDE: 731}
#: How long a measure that ended stays with its discussion: until its appeal is over.
KEPT = datetime.timedelta(days=183)
#: How long a request to exclude waits for a second person.
UNANSWERED = datetime.timedelta(days=30)
#: What a statement of reasons tells, per measure.
EVENT_OF = {
    Measure.WARN: Notice.Event.WARNED,
    Measure.PAUSE: Notice.Event.PAUSED,
    Measure.EXCLUDE: Notice.Event.EXCLUDED,
}
#: Codes of the record.
ASKED, TURNED_DOWN, LIFTED = "ask_exclusion", "no_exclusion", "lift"
#: Versions of a request in the outbox: odd ones make it hold, even ones end it.
APPLY, END = 1, 2


@dataclass(frozen=True)
class Order:
    """What an ambassador wants: which measure, for which reason and in which words, how long."""

    kind: Measure
    reason: str
    words: str
    until: datetime.date
    law: str = ""

    @property
    def why(self) -> Why:
        return Why(self.reason, self.words, self.law)

    def require_possible(self) -> None:
        days = (self.until - timezone.localdate()).days
        if not 1 <= days <= LONGEST[self.kind]:
            raise ImpossibleTerm
        self.why.require_whole()


# --- by ambassadors --------------------------------------------------------------------------


def warn_or_pause(*, user: Person, public_id: str, order: Order) -> MeasureRequest:
    """Warns or pauses the author of a contribution, in all discussions.

    Raises:
        NotFound: the contribution is not in a discussion granted to her.
        OwnContribution: it is her own.
        SecondPersonNeeded: it is an exclusion; that starts with ``ask_exclusion``.
        ImpossibleTerm: it would end before tomorrow, or hold longer than it may.
        ReasonNeeded: its reason is not whole.
        LinkIsCut: nothing leads from this pseudonym to anybody.
        StandsAlready: the same measure holds for this pseudonym.
    """
    if order.kind == Measure.EXCLUDE:
        raise SecondPersonNeeded
    contribution = _occasion(user, public_id, order)
    with transaction.atomic():
        locked(contribution.discussion)
        request = _request(user, contribution, order)
        _decide(request, order.why)
    return request


def ask_exclusion(*, user: Person, public_id: str, order: Order) -> MeasureRequest:
    """Asks a colleague to exclude the author of a contribution; until she agrees, nothing holds.

    Raises:
        AskedBefore: somebody asked the same on this contribution.
        Others: as ``warn_or_pause``.
    """
    contribution = _occasion(user, public_id, order)
    try:
        with transaction.atomic():
            request = _request(user, contribution, order)
            request.words, request.law = order.words, order.why.ground
            request.save(force_insert=True)
            _record(contribution, ASKED, request)
    except IntegrityError:
        raise AskedBefore from None
    return request


def confirm(*, user: Person, public_id: str) -> MeasureRequest:
    """The second person agrees: from now on it holds.

    Raises:
        NotFound: there is no such request in a discussion granted to her.
        OwnContribution: it is about herself.
        SecondPersonNeeded: she asked for it.
        StaleDecision: a colleague was faster.
        ImpossibleTerm: its last day has passed.
        LinkIsCut: nothing leads from this pseudonym to anybody any more.
        StandsAlready: it was excluded with another contribution as occasion.
    """
    asked = access.asked_measure(user, public_id)
    if is_asker(user, asked):
        raise SecondPersonNeeded
    _require_link(asked.contribution.participant)
    with transaction.atomic():
        locked(asked.contribution.discussion)
        request = _still_asked(asked)
        if request.until <= timezone.localdate():
            raise ImpossibleTerm
        why = Why(request.reason, request.words, request.law)
        request.words = request.law = ""
        request.asked_by = holders.renewed_hands(request).get("asked_by", request.asked_by)
        request.confirmed_by = _hand(user, request)
        _decide(request, why)
    return request


def turn_down(*, user: Person, public_id: str) -> None:
    """A colleague does not agree, or the asker thinks better of it: the request is gone.

    Raises:
        NotFound, OwnContribution, StaleDecision: as ``confirm``.
    """
    asked = access.asked_measure(user, public_id)
    with transaction.atomic():
        request = _still_asked(asked)
        _record(request.contribution, TURNED_DOWN, request)
        request.delete()


def end_early(*, user: Person, public_id: str) -> None:
    """An ambassador ends what holds in a discussion of hers.

    Raises:
        NotFound, OwnContribution: as ``confirm``.
    """
    measure = access.standing_measure(user, public_id)
    lift(statement=Statement.objects.get(measure=measure))


def lift(*, statement: Statement) -> None:
    """Ends the measure of a statement of reasons, everywhere; does nothing where it has ended.

    Whoever calls this has the right to; an appeal that is granted does so in its own transaction.
    """
    with transaction.atomic():
        request = (
            MeasureRequest.objects.select_for_update(of=("self",))
            .select_related("contribution", "statement")
            .filter(statement=statement, state=MeasureRequest.State.STANDS)
            .first()
        )
        if request is None:
            return
        MeasureRequest.objects.filter(pk=request.pk).update(state=MeasureRequest.State.LIFTED)
        _record(request.contribution, LIFTED, request)
        notices.add([(request.contribution, Notice.Event.LIFTED, statement)])
        enqueue(Kind.STANDING, [(request.pk, END)], None)


def _occasion(user: Person, public_id: str, order: Order) -> Contribution:
    contribution = access.judgeable(user, public_id)
    order.require_possible()
    _require_link(contribution.participant)
    return contribution


def _require_link(participant: Participant) -> None:
    if participant.sealed_account is None:
        raise LinkIsCut


def _request(user: Person, contribution: Contribution, order: Order) -> MeasureRequest:
    request = MeasureRequest(
        contribution=contribution,
        kind=order.kind,
        reason=ReasonCode(order.reason),
        until=order.until,
        day=timezone.localdate(),
    )
    request.asked_by = _hand(user, request)
    return request


def is_asker(user: Person, request: MeasureRequest) -> bool:
    """Whether it was ``user`` who asked for it."""
    return any(
        secrets.compare_digest(_hand(user, request, key), request.asked_by)
        for key in keys.link_keys()
    )


def _hand(user: Person, request: MeasureRequest, key: bytes | None = None) -> str:
    """Tells two ambassadors apart within this request, and in its statement of reasons."""
    return deciders.mark(user, rows.salt_of(request.public_id, key), key)


def _still_asked(asked: MeasureRequest) -> MeasureRequest:
    """The request as it is now, for this transaction alone."""
    request = (
        MeasureRequest.objects.select_for_update(of=("self",))
        .select_related("contribution__participant")
        .filter(pk=asked.pk, state=MeasureRequest.State.ASKED)
        .first()
    )
    if request is None:
        raise StaleDecision
    return request


def _decide(request: MeasureRequest, why: Why) -> None:
    """Gives the statement of reasons, and the work to the notifier; the discussion is locked."""
    contribution = request.contribution
    if _same_that_stand(request).exists():
        raise StandsAlready
    request.statement = Statement.objects.create(
        contribution=contribution,
        decision=request.kind,
        reason=why.reason,
        words=why.words,
        law=why.ground,
        salt=rows.salt_of(request.public_id),
        decider=f"{request.asked_by} {request.confirmed_by}".strip(),
        day=timezone.localdate(),
    )
    request.state = MeasureRequest.State.STANDS
    request.save()
    _record(contribution, request.kind, request)
    notices.add([(contribution, EVENT_OF[Measure(request.kind)], request.statement)])
    enqueue(Kind.STANDING, [(request.pk, APPLY)], None)


def _same_that_stand(request: MeasureRequest) -> QuerySet[MeasureRequest]:
    """One of a kind at a time: the author's page about a measure shows one to appeal."""
    return MeasureRequest.objects.filter(
        contribution__participant=request.contribution.participant_id,
        kind=request.kind,
        state=MeasureRequest.State.STANDS,
        until__gte=timezone.localdate(),
    )


def _record(contribution: Contribution, action: str, request: MeasureRequest) -> None:
    """By a role, about a contribution; ``after`` is the last day on which it holds."""
    until = request.until.isoformat()
    record = audit.entry(
        contribution, action, actor=AMBASSADOR, after=until, statement=request.statement
    )
    record.reason = request.reason
    audit.write([record])


def forget_old() -> int:
    """Removes what has ended and can no longer be appealed, and requests that nobody answered."""
    today = timezone.localdate()
    ended = Q(until__lt=today - KEPT) & Q(day__lt=today - KEPT)
    unanswered = Q(state=MeasureRequest.State.ASKED) & (
        Q(until__lt=today) | Q(day__lt=today - UNANSWERED)
    )
    gone, _by_model = MeasureRequest.objects.filter(ended | unanswered).delete()
    return gone


# --- by the notifier -------------------------------------------------------------------------


def follow_requests(outbox: Sequence[OutboxRow]) -> None:
    """Makes each request hold in all discussions, or ends it; each in a transaction of its own.

    Nothing is written to the request, so that no two rows tell that they belong together.
    """
    for row in outbox:
        with transaction.atomic():
            _follow(row)
            finish([row])


def _follow(row: OutboxRow) -> None:
    request = (
        MeasureRequest.objects.select_related("contribution__participant")
        .filter(pk=row.object_id)
        .first()
    )
    account = _account_of(request) if request else None
    if request is None or account is None:
        return
    held = Held(Measure(request.kind), request.until, request.reason)
    if row.object_version % 2 == END % 2:
        rows.take_away(account, held)
    elif request.is_in_force:
        rows.add(account, held)


def _account_of(request: MeasureRequest) -> Account | None:
    """Whose seal it is; None where she left, or cut her links in the meantime."""
    sealed = request.contribution.participant.sealed_account
    return Account.objects.filter(uuid=links.unseal(sealed)).first() if sealed else None


def try_later(row: OutboxRow) -> None:
    """A key was missing: the row stays as an alarm, and another one tries at the next round."""
    later = [(row.object_id, row.object_version + 2)]
    enqueue(Kind.STANDING, later, notices.next_digest())


# --- where somebody writes -------------------------------------------------------------------


def require_may_write(
    user: Person | None, participant: Participant, *, is_held_here: bool = True
) -> None:
    """Refuses who was paused or excluded, here or elsewhere.

    Called with the discussion locked, so that what was decided here before holds at once; what
    was decided elsewhere holds as soon as the notifier has seen it. ``is_held_here`` is False where
    somebody looked under that lock already, and found nothing.

    Raises:
        HeldBack: she may not write today.
        NotMember: it is a circle, and she sits there no more.
        KeyMissing: this process has no standing key, so that nobody can tell.
    """
    if participant.membership:
        require_member(participant)
    held = access.held_back(user, participant if is_held_here else None)
    if held is not None and held.forbids:
        raise HeldBack(held)
