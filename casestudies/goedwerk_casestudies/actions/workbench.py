"""What an editor does with a submission: take it, decide on its words, hand it over, refuse it.

Only who has it in hand writes, and only on what she read: a save on an older version is refused,
so that two windows never write over each other. What a save changes is not recorded: as with a
draft, only steps on the road are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page

from goedwerk_forum.errors import ForumError, IllegalTransition, NotAllowed
from goedwerk_forum.identity import sealed

from .. import raw
from ..findings import Examined, Seen, examine
from ..models import News, Submission
from ..raw import Raw
from ..transitions import EDITOR, State, locked, move, record
from ..work import Work
from . import letters, news
from .answered import drop
from .taking_down import take_down

#: Most characters of words that may stay, and of the reason why: those of the page's block.
MOST_KEPT = 200


class StaleWork(ForumError):
    """Something else was saved since the editor read the submission."""

    code = "stale_work"
    message = _("Er is intussen iets anders bewaard.")


class NotInHand(NotAllowed):
    """Somebody else has the submission in hand, or nobody."""

    code = "not_in_hand"
    message = _("Je hebt deze inzending niet in bewerking.")


class NotThere(ForumError):
    """The words of a finding no longer stand in the text."""

    code = "not_there"
    message = _("Deze woorden staan er niet meer.")


class WhyNot(models.TextChoices):
    """Why a story is not placed; the contributor reads it."""

    TRACEABLE = "traceable", _("We krijgen het niet onherkenbaar.")
    ELSEWHERE = "elsewhere", _("Dit hoort bij een meldpunt of een vertrouwenspersoon.")
    NOT_WORK = "not_work", _("Het gaat niet over een spanning in het werk.")
    TOLD = "told", _("Er staat al een verhaal dat hier sterk op lijkt.")
    OTHER = "other", _("Een andere reden: zie de brief.")


@dataclass(frozen=True)
class Desk:
    """A submission as an editor has it before her: what was told, and what was made of it."""

    raw: Raw
    work: Work
    examined: Examined


def desk_of(submission: Submission) -> Desk:
    """The texts of a submission; empty ones after they were let go.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    told = raw.unseal(submission.sealed_raw, submission.uuid)
    work = _work_of(submission, told)
    return Desk(told, work, examine(told, work))


def _work_of(submission: Submission, told: Raw) -> Work:
    if submission.sealed_work is None:
        return Work.begun(told)
    return Work.from_json(sealed.unseal(submission.sealed_work, submission.uuid))


def hands_of(submission: Submission) -> set[str]:
    """The keys of all editors who worked on its text.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    return set(_work_of(submission, Raw()).hands)


# --- in whose hands --------------------------------------------------------------------------


def take(submission: Submission, *, by: AbstractUser) -> Submission:
    """Takes a submission in hand, from the list or from a colleague; taken twice, taken once.

    Raises:
        IllegalTransition: it is not waiting for, or with, an editor.
    """
    with transaction.atomic():
        now = locked(submission)
        if now.state == State.SENT:
            move(submission, State.IN_HAND, actor=EDITOR, editor=by)
            news.tell(submission, News.Event.TAKEN)
        elif now.state != State.IN_HAND:
            raise IllegalTransition
        elif now.editor_id != by.pk:
            _give(submission, by)
    return submission


def hand_over(submission: Submission, *, by: AbstractUser, to: AbstractUser | None) -> Submission:
    """Gives it to a colleague, or back to the list (``to`` is None).

    Never fails because of who wrote it: that would tell who did. A colleague who wrote it herself
    does not see it, and anybody else can take it.

    Raises:
        NotInHand: it is not hers to give.
        IllegalTransition: it is not in hand.
    """
    with transaction.atomic():
        _in_hand_of(submission, by)
        _give(submission, to)
    return submission


def _give(submission: Submission, to: AbstractUser | None) -> None:
    Submission.objects.filter(pk=submission.pk).update(editor=to)
    submission.refresh_from_db()
    record(submission, "hand_over", actor=EDITOR)


def _in_hand_of(submission: Submission, by: AbstractUser) -> Submission:
    """The submission, locked, for who works on it."""
    now = locked(submission)
    if now.state != State.IN_HAND:
        raise IllegalTransition
    if now.editor_id != by.pk:
        raise NotInHand
    return now


# --- the work itself -------------------------------------------------------------------------


@contextmanager
def _at_work(submission: Submission, by: AbstractUser, version: int) -> Iterator[tuple[Raw, Work]]:
    """The work as she read it; sealed again at the end, as a newer version where it changed."""
    with transaction.atomic():
        now = _in_hand_of(submission, by)
        told = raw.unseal(now.sealed_raw, now.uuid)
        work = _work_of(now, told)
        if work.version != version:
            raise StaleWork
        before = work.as_json()
        yield told, work
        if work.as_json() != before:
            work.version += 1
            work.hands = sorted({*work.hands, str(by.pk)})
            Submission.objects.filter(pk=now.pk).update(
                sealed_work=sealed.seal(work.as_json(), now.uuid)
            )
    submission.refresh_from_db()


def save_work(
    submission: Submission,
    *,
    by: AbstractUser,
    version: int,
    texts: Mapping[str, str] | None = None,
    checks: Mapping[str, str] | None = None,
) -> Work:
    """Keeps what was typed; returns the work with its new version.

    Raises:
        NotInHand, IllegalTransition: it is not hers to work on (any more).
        StaleWork: it was saved since she read ``version``; nothing is changed.
    """
    with _at_work(submission, by, version) as (_told, work):
        work.write(texts or {})
        work.checks |= checks or {}
    return work


def decide_finding(
    submission: Submission,
    *,
    by: AbstractUser,
    version: int,
    key: str,
    put: str = "",
    reason: str = "",
    everywhere: bool = True,
) -> Work:
    """Puts other words in the place of a finding, or keeps it for ``reason``.

    ``everywhere``: the same person, place or number in whatever form, in all parts. What is kept
    is kept everywhere.

    Raises:
        NotInHand, IllegalTransition, StaleWork: as ``save_work``.
        NotThere: the finding is not there any more.
    """
    with _at_work(submission, by, version) as (told, work):
        examined = examine(told, work)
        seen = examined.find_key(key)
        if seen is None:
            raise NotThere
        places = examined.same(seen) if everywhere or reason else [seen]
        if reason:
            work.decide(kind=seen.kind, words=_forms(places), reason=reason)
        else:
            replace_everywhere(work, places, put)
    return work


def replace_everywhere(work: Work, places: list[Seen], put: str) -> None:
    """One decision for all these places, so that one step takes it back."""
    number = work.decide(kind=places[0].kind, words=_forms(places), put=put)
    for part in dict.fromkeys(seen.part for seen in places):
        here = [(seen.start, seen.end) for seen in places if seen.part == part]
        work.put(part, here, put, number)


def _forms(places: list[Seen]) -> list[str]:
    return list(dict.fromkeys(seen.words for seen in places))


def undo(submission: Submission, *, by: AbstractUser, version: int, number: int) -> Work:
    """Takes a decision back.

    Raises:
        NotInHand, IllegalTransition, StaleWork: as ``save_work``.
    """
    with _at_work(submission, by, version) as (_told, work):
        work.undo(number)
    return work


# --- the end of the road, and back -----------------------------------------------------------


def refuse(submission: Submission, *, by: AbstractUser, why: str, words: str) -> Submission:
    """Does not place it: a letter tells the contributor why, and a page made of it goes.

    Raises:
        NotInHand: it is not hers to refuse.
        IllegalTransition: it is not in hand, or with the second editor or the contributor.
    """
    with transaction.atomic():
        now = locked(submission)
        if now.editor_id != by.pk:
            raise NotInHand
        page = now.page
        if letters.is_open(now):
            letters.write_letter(now, _letter_that_says_no(why, words), from_editor=True)
        move(submission, State.REFUSED, actor=EDITOR, page=None)
        news.tell(submission, News.Event.REFUSED)
        if page is not None:
            take_down(page)
    return submission


def _letter_that_says_no(why: str, words: str) -> str:
    """The reason in the language of the site, whatever the editor's own, and her words."""
    with override(settings.LANGUAGE_CODE):
        reason = str(WhyNot(why).label)
    return "\n\n".join(part for part in (reason, words) if part)


def take_back(submission: Submission, *, by: AbstractUser) -> Submission:
    """Back to the workbench from the second editor or the contributor: what ran there ends.

    Raises:
        IllegalTransition: it is not with either.
    """
    with transaction.atomic():
        if locked(submission).state not in (State.ABSTRACTED, State.ASKED):
            raise IllegalTransition
        move(
            submission,
            State.IN_HAND,
            actor=EDITOR,
            editor=by,
            consent=Submission.Consent.NOT_ASKED,
            asked_on=None,
        )
        if submission.page is not None:
            drop(submission.page)
            stop_workflow(submission.page, by=by)
    return submission


def stop_workflow(page: Page, *, by: AbstractUser) -> None:
    state = page.current_workflow_state
    if state is not None and state.status in ("in_progress", "needs_changes"):
        state.cancel(user=by)
