"""The letterbox: editors and a contributor ask and answer; neither learns who the other is."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from goedwerk_forum.errors import IllegalTransition
from goedwerk_forum.identity import limits, sealed
from goedwerk_forum.people import Person

from ..models import Letter, News, Submission
from ..transitions import CONTRIBUTOR, EDITOR, State, locked, record
from . import news

LETTER_LENGTH = 3000


def is_open(submission: Submission) -> bool:
    """Whether letters can go to and fro: it was sent, leads to somebody, and has its text."""
    return (
        submission.token is not None
        and submission.sealed_raw is not None
        and submission.state not in (State.DRAFT, State.WITHDRAWN)
    )


def write_letter(
    submission: Submission, text: str, *, from_editor: bool, writer: Person | None = None
) -> Letter:
    """Puts a letter into the box; the same words twice in a row from one side are one letter.

    ``writer`` is the contributor, whose writes are counted; an editor's are not.

    Raises:
        IllegalTransition: the box is closed (a draft, withdrawn, the link is cut).
        TooManyWrites: the contributor wrote more than WRITES_PER_HOUR.
        KeyMissing: this process has no LINK_KEY.
    """
    if writer is not None:
        limits.count_write(writer)
    with transaction.atomic():
        now = locked(submission)
        if not is_open(now):
            raise IllegalTransition
        last = now.letters.order_by("-number").first()
        if last and last.from_editor == from_editor and read(last) == text:
            return last
        letter = _put(now, text, number=last.number + 1 if last else 1, from_editor=from_editor)
        record(now, "letter", actor=EDITOR if from_editor else CONTRIBUTOR)
        if from_editor:
            news.tell(now, News.Event.LETTER)
    return letter


def _put(submission: Submission, text: str, *, number: int, from_editor: bool) -> Letter:
    mark = uuid.uuid4()
    return Letter.objects.create(
        uuid=mark,
        submission=submission,
        number=number,
        from_editor=from_editor,
        sealed_text=sealed.seal({"text": text}, mark),
        day=timezone.localdate(),
    )


def read(letter: Letter) -> str:
    """The words of a letter.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    return str(sealed.unseal(letter.sealed_text, letter.uuid)["text"])


def mark_read(submission: Submission, *, by_editor: bool) -> int:
    """Says that one side has seen the letters of the other; returns how many were new."""
    return submission.letters.filter(from_editor=not by_editor, is_read=False).update(is_read=True)
