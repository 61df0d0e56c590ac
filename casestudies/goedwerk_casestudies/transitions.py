"""The road of a submission, as data, and the one way to walk it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from goedwerk_forum.actions import audit
from goedwerk_forum.errors import IllegalTransition, NotFound

from .models import Submission

State = Submission.State

#: Who acts, in the record: the contributor, one of the editors, or the clock.
CONTRIBUTOR, EDITOR, CLOCK = audit.AUTHOR, "editor", "clock"

#: state now -> the states that can follow. What is not here cannot happen.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SENT}),
    State.SENT: frozenset({State.IN_HAND, State.WITHDRAWN}),
    State.IN_HAND: frozenset({State.ABSTRACTED, State.REFUSED, State.WITHDRAWN}),
    State.ABSTRACTED: frozenset(
        {State.IN_HAND, State.ASKED, State.PUBLISHED, State.REFUSED, State.WITHDRAWN}
    ),
    State.ASKED: frozenset({State.IN_HAND, State.PUBLISHED, State.REFUSED, State.WITHDRAWN}),
    State.PUBLISHED: frozenset({State.WITHDRAWN}),
    State.REFUSED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

#: States in which editors still work on it.
OPEN = (State.SENT, State.IN_HAND, State.ABSTRACTED, State.ASKED)
#: States in which it is done; the texts go after RETENTION_DAYS.
CLOSED = (State.PUBLISHED, State.REFUSED, State.WITHDRAWN)


def can_move(submission: Submission, to: str) -> bool:
    """Whether the table has a step from where it stands to ``to``."""
    return State(to) in TRANSITIONS[State(submission.state)]


def locked(submission: Submission) -> Submission:
    """The submission as it is now; nobody else changes it until the transaction ends.

    Raises:
        NotFound: it is no longer there.
    """
    found = (
        Submission.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=submission.pk)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def move(submission: Submission, to: str, *, actor: str, **changes: Any) -> Submission:
    """Takes the one step to ``to``, with ``changes`` to other columns, and records it.

    ``submission`` itself is brought up to date. What closes it is dated today.

    Raises:
        IllegalTransition: the table has no such step from the state it is in now.
        NotFound: it is no longer there.
    """
    with transaction.atomic():
        before = locked(submission)
        if not can_move(before, to):
            raise IllegalTransition
        if to in CLOSED:
            changes.setdefault("closed_on", timezone.localdate())
        Submission.objects.filter(pk=submission.pk).update(state=to, **changes)
        record(submission, to, actor=actor, before=before.state, after=to)
        submission.refresh_from_db()
    return submission


def record(
    submission: Submission, action: str, *, actor: str, before: str = "", after: str = ""
) -> None:
    """One line in the append-only record: what was done, by which role; no text, no person."""
    line = audit.about(
        "submission",
        submission.public_id,
        action,
        actor=actor,
        before=before or submission.state,
        after=after or submission.state,
        version=1,
        by_software=actor == CLOCK,
    )
    audit.write([line])
