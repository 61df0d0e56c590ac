"""What follows by itself when a contributor answered, and when a story goes live.

Her answer changes the submission at once; what it sets in motion waits for the next release
moment, as what a participant writes does: the hour at which a story appears tells nobody who
was at a keyboard.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.models import Page, Task, TaskState

from goedwerk_forum.models import OutboxRow
from goedwerk_forum.outbox.drive import Handler
from goedwerk_forum.outbox.rows import enqueue, finish, next_release

from .actions.submissions import mark_published
from .clearance import has_agreed, is_cleared, is_story
from .errors import NotCleared
from .four_eyes import latest, submission_of
from .models import ConsentTask, SecondEditorTask, Submission
from .transitions import State

#: Kind of the outbox rows of submissions whose contributor answered.
KIND = "story_answer"


def follow_answer(submission: Submission, **_kwargs: Any) -> None:
    """Asks for what comes next, at the next release moment."""
    enqueue(KIND, [(submission.pk, secrets.randbelow(2**31))], next_release())


def follow_answers(rows: Sequence[OutboxRow]) -> None:
    with transaction.atomic():
        for submission in Submission.objects.filter(pk__in=[row.object_id for row in rows]):
            _go_on(submission)
        finish(rows)


def _go_on(submission: Submission) -> None:
    """Ends the step of the workflow that waited for her, where one did."""
    state = submission.page.current_workflow_task_state if submission.page else None
    if state is None or not _waited(submission, state.task.specific):
        return
    if submission.state == State.IN_HAND:
        state.reject(user=None)
    elif has_agreed(submission.consent):
        _approve(state)


def _waited(submission: Submission, task: Task) -> bool:
    """In a workflow without a step for her, the second editor's is not over before she answers."""
    signed = isinstance(task, SecondEditorTask) and (
        submission.state == State.IN_HAND or is_cleared(latest(submission.page))
    )
    return signed or isinstance(task, ConsentTask)


def _approve(state: TaskState) -> None:
    """Publishes where the words are still those that were signed; else it waits, and says why."""
    try:
        with transaction.atomic():
            state.approve(user=None)
    except NotCleared:
        return


def answer_died(row: OutboxRow) -> None:
    """The step still waits; the page says so to its editors, and they can go on by hand."""


HANDLER = Handler(follow_answers, answer_died)


def follow_publication(instance: Page, **_kwargs: Any) -> None:
    """A story that goes live is where its submission was going."""
    submission = submission_of(instance) if is_story(instance) else None
    if submission is not None and submission.state in (State.ABSTRACTED, State.ASKED):
        mark_published(submission)
