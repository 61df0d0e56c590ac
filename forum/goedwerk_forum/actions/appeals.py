"""Appeal (bezwaar): once, in time, judged by another person than who decided."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import mail_admins
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import complaints
from ..complaints import holds, is_of_an_edit, may_appeal, still_waiting
from ..errors import IllegalTransition, NoAppeal, StaleDecision
from ..identity import deciders, sealed
from ..models import (
    OPEN_APPEALS,
    Appeal,
    Contribution,
    Notice,
    OutboxRow,
    Revision,
    Statement,
    Urgency,
    Waiting,
)
from ..outbox.rows import Kind, enqueue, finish
from ..people import Person
from ..transitions import Action, Measure, RevisionState, State, after
from . import audit, desk, notices, standing, waiting
from .changing import change, under_lock
from .discussions import raise_version
from .moderation import AMBASSADOR, publish_when_due


class Outcome(StrEnum):
    """What a judge decides."""

    GRANT = Appeal.State.GRANTED
    CONDITION = Appeal.State.CONDITION
    REFUSE = Appeal.State.REFUSED


#: What is on record, and what the author hears.
CODE_OF = {
    Outcome.GRANT: "appeal_granted",
    Outcome.CONDITION: "appeal_condition",
    Outcome.REFUSE: "appeal_refused",
}
EVENT_OF = {
    Outcome.GRANT: Notice.Event.APPEAL_GRANTED,
    Outcome.CONDITION: Notice.Event.APPEAL_CONDITION,
    Outcome.REFUSE: Notice.Event.APPEAL_REFUSED,
}
#: Reasons to wait that an appeal goes before; a new text on its road is decided on first.
BEHIND_AN_APPEAL = (Waiting.SECOND_LOOK, Waiting.REPORT)


def words_of(appeal: Appeal) -> dict[str, str]:
    """What was said: ``ground``, ``question``, ``answer``, ``verdict``; nothing after the term."""
    return sealed.unseal(appeal.sealed, appeal.uuid) if appeal.sealed else {}


def _with(appeal: Appeal, **said: str) -> str:
    return sealed.seal(words_of(appeal) | said, appeal.uuid)


# --- by the author ---------------------------------------------------------------------------


def appeal(*, statement: Statement, ground: str) -> Appeal:
    """The author's appeal against a decision on her own contribution.

    Where at most one other on the team may judge it, the site's owner gets a mail that says so.

    Raises:
        NoAppeal: it is too late, it was done before, or the decision holds no longer.
        StaleDecision: somebody decided at the same moment.
    """
    made = Appeal(statement=statement, day=timezone.localdate())
    made.sealed = _with(made, ground=ground)
    try:
        with transaction.atomic():
            contribution = under_lock(statement.contribution)
            statement.contribution = contribution
            if not may_appeal(statement):
                raise NoAppeal
            made.save(force_insert=True)
            change(
                contribution,
                waiting=Case(
                    When(
                        Q(waiting__isnull=True) | Q(waiting__in=BEHIND_AN_APPEAL),
                        then=Value(Waiting.APPEAL),
                    ),
                    default=F("waiting"),
                ),
            )
            waiting.begin([contribution.pk])
            audit.write([audit.entry(contribution, "appeal", actor=audit.AUTHOR, version=0)])
            if complaints.few_judges(statement):
                enqueue(Kind.ALONE, [(made.pk, 0)], None)
    except IntegrityError:
        raise NoAppeal from None
    return made


def answer(*, appeal: Appeal, text: str) -> None:
    """The author's one answer to the judge's question.

    Raises:
        StaleDecision: nothing is asked, or it was answered.
    """
    with transaction.atomic():
        _move(
            appeal, Appeal.State.ASKED, state=Appeal.State.OPEN, sealed=_with(appeal, answer=text)
        )
        contribution = appeal.statement.contribution
        audit.write([audit.entry(contribution, "appeal_answer", actor=audit.AUTHOR, version=0)])


def _move(appeal: Appeal, *from_states: str, **changes: Any) -> None:
    """The one conditional update of an appeal."""
    changed = Appeal.objects.filter(
        pk=appeal.pk, version=appeal.version, state__in=from_states
    ).update(version=F("version") + 1, **changes)
    if changed != 1:
        raise StaleDecision


# --- by the judge ----------------------------------------------------------------------------


def ask(*, user: Person, public_id: str, version: int, question: str) -> Appeal:
    """The judge's one question to the author.

    Raises:
        NotFound, OwnContribution, OwnDecision: it is not hers to judge.
        IllegalTransition: something was asked before.
        StaleDecision: it changed since she read it.
    """
    found = complaints.judgeable_appeal(user, public_id)
    _require(found, version)
    if "question" in words_of(found):
        raise IllegalTransition
    with transaction.atomic():
        _move(
            found,
            Appeal.State.OPEN,
            state=Appeal.State.ASKED,
            sealed=_with(found, question=question),
        )
        contribution = found.statement.contribution
        audit.write([audit.entry(contribution, "appeal_question", actor=AMBASSADOR, version=0)])
        notices.add([(contribution, Notice.Event.APPEAL_ASKED, found.statement)])
        found.refresh_from_db()
    return found


def judge(*, user: Person, public_id: str, version: int, outcome: Outcome, words: str) -> Appeal:
    """Grants an appeal, grants it on the condition in ``words``, or refuses it.

    Raises:
        NotFound, OwnContribution, OwnDecision: it is not hers to judge.
        IllegalTransition: a measure is granted or refused, without a condition.
        StaleDecision: it changed since she read it, or what is appealed holds no longer.
    """
    found = complaints.judgeable_appeal(user, public_id)
    statement = found.statement
    _require(found, version)
    if outcome == Outcome.CONDITION and statement.decision in Measure.values:
        raise IllegalTransition
    with transaction.atomic():
        contribution = statement.contribution = under_lock(statement.contribution)
        desk.refuse_if_not_hers(user, contribution)
        _move(
            found,
            *OPEN_APPEALS,
            state=outcome.value,
            sealed=_with(found, verdict=words),
            decided_on=timezone.localdate(),
        )
        deciders.forget(Statement.objects.filter(pk=statement.pk))
        told = _follow(user, statement, outcome, words)
        notices.add([(contribution, EVENT_OF[outcome], told)])
        desk.close([contribution.pk])
        found.refresh_from_db()
        waited_as = contribution.waiting
        contribution.refresh_from_db()
        waiting.follow(contribution.pk, before=waited_as, after=contribution.waiting)
    return found


def _require(found: Appeal, version: int) -> None:
    if found.version != version or not found.is_open:
        raise StaleDecision


def _follow(user: Person, statement: Statement, outcome: Outcome, words: str) -> Statement:
    """Does what was judged; returns the statement of reasons that the author reads with it."""
    contribution = statement.contribution
    if outcome == Outcome.REFUSE:
        _refuse(contribution)
        _record(contribution, outcome, contribution.state, statement)
        return statement
    if statement.decision in Measure.values:
        standing.lift(statement=statement)
        change(contribution, waiting=_as_it_waits(contribution))
        _record(contribution, outcome, contribution.state, statement)
        return statement
    if not holds(statement, contribution):  # it would undo what was decided or sent since
        raise StaleDecision
    if outcome == Outcome.GRANT:
        _restore(contribution, statement)
        return statement
    return _give_back(user, contribution, statement, words)


def _refuse(contribution: Contribution) -> None:
    """What was decided stands; a text that is hidden still waits for its second look."""
    change(contribution, waiting=_as_it_waits(contribution), urgency=Urgency.ORDINARY)


def _as_it_waits(contribution: Contribution) -> Case:
    """Why it waits without this appeal; a new text on its road goes on."""
    hidden = contribution.state == State.HIDDEN
    return Case(
        When(
            waiting__isnull=False,
            then=Case(
                When(~Q(waiting=Waiting.APPEAL), then=F("waiting")),
                default=still_waiting(Waiting.SECOND_LOOK if hidden else None),
            ),
        ),
        default=Value(None),
    )


def _restore(contribution: Contribution, statement: Statement) -> None:
    """State, text, place, replies and count are as before; readers see it at the next release."""
    before = contribution.state
    to = before if is_of_an_edit(statement, contribution) else after(before, Action.GRANT)
    if to is None:
        raise StaleDecision
    number = _accept(contribution, is_edit=to == before)
    change(
        contribution,
        state=to,
        waiting=still_waiting(),
        urgency=Urgency.ORDINARY,
        accepted_revision=number,
        vetted_revision=number,
    )
    _record(contribution, Outcome.GRANT, to, statement)
    raise_version(contribution.discussion_id)
    publish_when_due([contribution.discussion])


def _accept(contribution: Contribution, *, is_edit: bool) -> int:
    """The number of the version that stands again: what was accepted, else what was refused."""
    if contribution.accepted_revision and not is_edit:
        return contribution.accepted_revision
    latest = _latest(contribution)
    contribution.revisions.filter(state=RevisionState.ACCEPTED).update(state=RevisionState.DROPPED)
    Revision.objects.filter(pk=latest.pk).update(state=RevisionState.ACCEPTED)
    return latest.number


def _latest(contribution: Contribution) -> Revision:
    return contribution.revisions.order_by("-number")[0]


def _give_back(
    user: Person, contribution: Contribution, statement: Statement, words: str
) -> Statement:
    """Goes back to the author, with the condition under which it comes back; a person reads it."""
    before = contribution.state
    to = before if is_of_an_edit(statement, contribution) else after(before, Action.CONDITION)
    if to is None:
        raise StaleDecision
    condition = _condition(user, contribution, statement, words)
    Revision.objects.filter(pk=_latest(contribution).pk).update(state=RevisionState.RETURNED)
    change(
        contribution,
        state=to,
        waiting=still_waiting(),
        urgency=Urgency.ORDINARY,
    )
    _record(contribution, Outcome.CONDITION, to, condition)
    return condition


def _condition(
    user: Person, contribution: Contribution, statement: Statement, words: str
) -> Statement:
    salt = secrets.token_hex(16)
    return Statement.objects.create(
        contribution=contribution,
        decision=Action.RETURN,
        reason=statement.reason,
        words=words,
        law=statement.law,
        detected_by_software=statement.detected_by_software,
        salt=salt,
        decider=deciders.mark(user, salt),
        day=timezone.localdate(),
    )


def _record(contribution: Contribution, outcome: Outcome, to: str, statement: Statement) -> None:
    audit.write(
        [
            audit.entry(
                contribution,
                CODE_OF[outcome],
                actor=AMBASSADOR,
                before=contribution.state,
                after=to,
                version=contribution.version + 1,
                statement=statement,
            )
        ]
    )


# --- few others on the team ------------------------------------------------------------------


def tell_owner(rows: Sequence[OutboxRow]) -> None:
    """One mail to who owns the site, where an appeal waits for a second person.

    No text, no name, no page, and nothing that tells whether it is a colleague's own: that a case
    waits, and where the list is. Whether somebody joined
    the team since cannot be asked here: the notifier has no LINK_KEY.
    """
    waits = Appeal.objects.filter(
        pk__in=[row.object_id for row in rows], state__in=OPEN_APPEALS
    ).exists()
    with transaction.atomic():
        finish(rows)
    if waits:
        with override(settings.LANGUAGE_CODE):
            mail_admins(_("Een bezwaar wacht op een tweede persoon"), _body(), fail_silently=False)


def _body() -> str:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    return _(
        "In het team kan hooguit één ander dit bezwaar beoordelen: wie besloot, beoordeelt het "
        "niet zelf. Voeg een ambassadeur toe. De lijst staat hier: %(url)s"
    ) % {"url": base + reverse("goedwerk_moderation:index")}
