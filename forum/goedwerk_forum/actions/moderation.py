"""Deciding on a contribution, by an ambassador; what the checks decide stands in ``verdicts``."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment

from .. import access
from ..checks.base import Level
from ..complaints import hidden_by, still_waiting
from ..conf import conf
from ..errors import HiddenByHer, IllegalTransition, StaleDecision
from ..identity import deciders
from ..models import (
    Contribution,
    Discussion,
    Notice,
    ReasonCode,
    Report,
    Revision,
    Statement,
    Urgency,
    Waiting,
)
from ..outbox.rows import ask_release
from ..people import Person
from ..texts import FROM_AMBASSADOR
from ..transitions import (
    BY_AMBASSADOR,
    Action,
    Display,
    RevisionState,
    State,
    after,
)
from . import audit, desk, notices, precision, waiting
from .answers import answer_open, drop_appeals
from .changing import change, drop_open
from .discussions import raise_version
from .precision import Judged
from .reasons import Why
from .release import release

AMBASSADOR = "ambassador"

#: What becomes of the version of the text that was judged.
REVISION_AFTER = {
    Action.PUBLISH: RevisionState.ACCEPTED,
    Action.HOLD: RevisionState.HELD,
    Action.RETURN: RevisionState.RETURNED,
    Action.REJECT: RevisionState.DROPPED,
}
#: What a person's decision that ends the waiting does besides.
NO_LONGER_WAITING: dict[str, Any] = {"waiting": still_waiting(), "urgency": Urgency.ORDINARY}
NOTICE_OF = {
    Action.PUBLISH: Notice.Event.PUBLISHED,
    Action.RETURN: Notice.Event.RETURNED,
    Action.REJECT: Notice.Event.REJECTED,
    Action.HIDE: Notice.Event.HIDDEN,
}


@dataclass(frozen=True)
class Mark:
    """Words in a text, from ``start`` to ``end``, with another way to say them, or none."""

    start: int
    end: int
    suggestion: str = ""

    def as_finding(self) -> dict[str, Any]:
        return {
            "check": FROM_AMBASSADOR,
            "kind": "",
            "start": self.start,
            "end": self.end,
            "level": Level.RETURN,
            "suggestions": [self.suggestion] if self.suggestion else [],
        }


def decide(
    *,
    user: Person,
    public_id: str,
    version: int,
    action: Action,
    reason: str = "",
    words: str = "",
    law: str = "",
    judgements: Mapping[int, bool] | None = None,
    marks: Sequence[Mark] = (),
    answer: str = "",
) -> Contribution:
    """An ambassador's decision on what she read at ``version``.

    ``reason``, ``words`` and ``law``: as ``Why``; placing has none of them.
    ``judgements``: per finding (its place in the revision's list) whether she found it right.
    ``marks``: words that the author is asked to change; they go with a text that is given back.
    ``answer``: her words to who reported it; a decision on an edit answers no report.

    Raises:
        NotFound: the contribution is not in a discussion granted to her.
        OwnContribution: it is her own.
        StaleDecision: it changed since she read it.
        ClaimedByColleague: a colleague has it in hand.
        SecondLookAsked: she asked that somebody else decides.
        HiddenByHer: it would stay away for good, and it was she who hid it.
        IllegalTransition: the table has no such step, or it is not hers to take.
        ReasonNeeded: it is not placed, and the reason is not whole.
    """
    contribution = access.judgeable(user, public_id)
    waited_as = contribution.waiting
    with transaction.atomic():
        if contribution.version != version:
            raise StaleDecision
        desk.refuse_if_not_hers(user, contribution)
        if action not in BY_AMBASSADOR or is_for_somebody_else(contribution):
            raise IllegalTransition
        if action == Action.REJECT and hidden_by(user, [contribution]):
            raise HiddenByHer
        why = whole_reason(action, reason, words, law)
        statement = _statement(user, contribution, action, why)
        judged = _held_revision(contribution)
        if contribution.waiting == Waiting.EDIT and action != Action.HIDE:
            _decide_edit(contribution, action, statement, judged)
        else:
            _answer_reports(contribution, action, statement, answer)
            _decide_whole(contribution, action, statement, judged)
        if judged and action != Action.HIDE:
            precision.count([Judged(judged, action, reason, judgements or {})])
        if judged and action == Action.RETURN and marks:
            _mark(judged, marks)
        desk.close([contribution.pk])
        contribution.refresh_from_db()
        waiting.follow(contribution.pk, before=waited_as, after=contribution.waiting)
    return contribution


def whole_reason(action: Action, reason: str, words: str, law: str) -> Why | None:
    """Why it is not placed; None where it is placed.

    Raises:
        ReasonNeeded: something of the reason is missing.
    """
    if action == Action.PUBLISH:
        return None
    why = Why(reason, words, law)
    why.require_whole()
    return why


def is_for_somebody_else(contribution: Contribution) -> bool:
    """Whether it is not an ambassador's turn: the software's, or that of a judge of an appeal."""
    under_appeal = contribution.waiting == Waiting.APPEAL and contribution.state == State.HIDDEN
    return contribution.state == State.PENDING or under_appeal


def _answer_reports(
    contribution: Contribution, action: Action, statement: Statement | None, words: str
) -> None:
    outcome = Report.State.REFUSED if action == Action.PUBLISH else Report.State.UPHELD
    answered = answer_open([contribution.pk], outcome=outcome, actor=AMBASSADOR, words=words)
    if answered and statement:
        Statement.objects.filter(pk=statement.pk).update(after_report=True)


def _statement(
    user: Person, contribution: Contribution, action: Action, why: Why | None
) -> Statement | None:
    if why is None:
        return None
    latest = contribution.revisions.order_by("-number").first()
    statement = new_statement(user, contribution, action, why, latest)
    statement.save(force_insert=True)
    return statement


def new_statement(
    user: Person,
    contribution: Contribution,
    action: Action,
    why: Why,
    latest: Revision | None,
) -> Statement:
    """An unsaved statement of a person's reasons; ``latest`` is the newest version of the text."""
    salt = secrets.token_hex(16)
    return Statement(
        contribution=contribution,
        decision=action,
        reason=ReasonCode(why.reason),
        words=why.words,
        law=why.ground,
        detected_by_software=_was_found_by_software(latest),
        salt=salt,
        decider=deciders.mark(user, salt),
        day=timezone.localdate(),
    )


def _mark(judged: Revision, marks: Sequence[Mark]) -> None:
    """Puts an ambassador's marks among the findings: they go where the text goes."""
    findings = [*judged.findings, *(mark.as_finding() for mark in marks)]
    Revision.objects.filter(pk=judged.pk).update(findings=findings)


def _was_found_by_software(latest: Revision | None) -> bool:
    """Whether a check found something in a version of a text, an advice left aside."""
    findings = latest.findings if latest else []
    return any(finding["level"] != Level.ADVISE for finding in findings)


def _held_revision(contribution: Contribution) -> Revision | None:
    """The version of the text that waits for a person."""
    return contribution.revisions.filter(state=RevisionState.HELD).order_by("-number").first()


def _decide_whole(
    contribution: Contribution,
    action: Action,
    statement: Statement | None,
    judged: Revision | None,
) -> None:
    before, shown = contribution.state, contribution.display
    to = after(before, action)
    if to is None:
        raise IllegalTransition
    change(
        contribution,
        state=to,
        **({"waiting": Waiting.SECOND_LOOK} if to == State.HIDDEN else NO_LONGER_WAITING),
        # A text that leaves the page leaves a tombstone, until its release where it comes back.
        display=Display.NOTHING if shown == Display.NOTHING else Display.TOMBSTONE,
        **_accepting(contribution, action, judged),
    )
    if action == Action.HIDE:
        drop_open(contribution)
        drop_appeals(contribution, actor=AMBASSADOR)
    else:
        _judge(judged, action)
    if shown == Display.TEXT:
        Comment.objects.filter(pk=contribution.pk).update(comment="")
    if shown != Display.NOTHING:
        raise_version(contribution.discussion_id, shown=-1 if shown == Display.TEXT else 0)
    _tell(contribution, action, before, to, statement)


def _decide_edit(
    contribution: Contribution,
    action: Action,
    statement: Statement | None,
    judged: Revision | None,
) -> None:
    if judged is None or action not in REVISION_AFTER:
        raise IllegalTransition
    change(contribution, **NO_LONGER_WAITING, **_accepting(contribution, action, judged))
    _judge(judged, action)
    _tell(contribution, action, contribution.state, contribution.state, statement, is_edit=True)


def _accepting(
    contribution: Contribution, action: Action, judged: Revision | None
) -> dict[str, int]:
    """Which version stands from now on, and that a person let it."""
    if action != Action.PUBLISH:
        return {}
    number = judged.number if judged else contribution.accepted_revision
    return {"accepted_revision": number, "vetted_revision": number}


def _judge(judged: Revision | None, action: Action) -> None:
    if judged is None:
        return
    if action == Action.PUBLISH:
        Revision.objects.filter(
            contribution_id=judged.contribution_id, state=RevisionState.ACCEPTED
        ).update(state=RevisionState.DROPPED)
    Revision.objects.filter(pk=judged.pk).update(state=REVISION_AFTER[action])


def _tell(
    contribution: Contribution,
    action: Action,
    before: str,
    to: str,
    statement: Statement | None,
    *,
    is_edit: bool = False,
) -> None:
    audit.write(
        [
            audit.entry(
                contribution,
                action,
                actor=AMBASSADOR,
                before=before,
                after=to,
                version=contribution.version + 1,
                statement=statement,
            )
        ]
    )
    event = Notice.Event.EDIT_PUBLISHED if is_edit and action == Action.PUBLISH else None
    notices.add([(contribution, event or NOTICE_OF[action], statement)])
    if action == Action.PUBLISH:
        publish_when_due([contribution.discussion])


def publish_when_due(discussions: Iterable[Discussion]) -> None:
    """Shows published texts at the next release moment, or now where there is none.

    A circle has none: its members would wait an hour for each other, and nobody else looks on.
    """
    when: dict[bool, set[int]] = {True: set(), False: set()}
    for discussion in discussions:
        when[discussion.in_circle or not conf().RELEASE_EVERY].add(discussion.pk)
    if when[True]:
        release(sorted(when[True]))
    if when[False]:
        ask_release(when[False])
