"""What a contributor does: begin, save, send, answer, withdraw; and what the clock does for her."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from goedwerk_forum.errors import IllegalTransition, NotFound
from goedwerk_forum.identity import keys, limits, links
from goedwerk_forum.people import Person

from .. import access, raw
from ..clearance import signatures
from ..conf import conf
from ..errors import OtherDraft, OtherStory
from ..four_eyes import latest_signed, was_turned_down
from ..models import Clearance, News, StoryMixin, Submission
from ..raw import Raw
from ..shown import digest
from ..signals import consent_settled
from ..transitions import CLOCK, CONTRIBUTOR, EDITOR, State, can_move, locked, move, record
from . import letters, news
from .answered import let_open, turn_down
from .taking_down import take_down

Consent = Submission.Consent


class Answer(StrEnum):
    """What a contributor says to the story that was made of her text."""

    AGREE = "agree"
    CHANGE = "change"
    STOP = "stop"


# --- writing ---------------------------------------------------------------------------------


def begin(*, user: Person, text: Raw, mark: uuid.UUID, version: str | None = None) -> Submission:
    """A draft of ``user``; ``mark`` is what her form drew: sent twice, one draft is made.

    The second time its text replaces that of the first, where that is what she had before her
    (``version``, as in ``save_draft``).

    Raises:
        OtherDraft: the draft was saved with another text since.
        NotFound: the mark is somebody else's.
        IllegalTransition: the draft was sent meanwhile.
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
        KeyMissing: this process has no identity keys.
    """
    existing = Submission.objects.filter(uuid=mark).first() or _new_draft(user, text, mark)
    if not access.is_own(user, existing):
        raise NotFound
    parts = {name: part for name, part in text.parts().items() if part}
    return save_draft(existing, version=version, **parts)


def _new_draft(user: Person, text: Raw, mark: uuid.UUID) -> Submission:
    limits.count_write(user)
    account = links.account_uuid(user)
    made, _is_new = Submission.objects.get_or_create(
        uuid=mark,
        defaults={
            "source": Submission.Source.CONTRIBUTOR,
            "sealed_raw": raw.seal(text, mark),
            "token": links.token(account, mark),
            "sealed_account": links.seal(account),
            "key_id": keys.key_id(),
        },
    )
    return made


def save_draft(submission: Submission, *, version: str | None = None, **parts: str) -> Submission:
    """Keeps these parts of what is written so far, sealed; nothing of it is recorded elsewhere.

    ``version`` is that of each of these parts as she had them before her (``raw.version_of``);
    without it nobody had.

    Raises:
        OtherDraft: something else was saved since; nothing is changed.
        IllegalTransition: it was sent already.
        NotFound: it was thrown away.
        KeyMissing: this process has no LINK_KEY.
    """
    with transaction.atomic():
        now = locked(submission)
        if now.state != State.DRAFT:
            raise IllegalTransition
        stored = raw.unseal(now.sealed_raw, now.uuid)
        if version is not None:
            _require_shown(stored, parts, version)
        text = replace(stored, **parts)
        Submission.objects.filter(pk=submission.pk).update(
            sealed_raw=raw.seal(text, submission.uuid), touched_on=timezone.localdate()
        )
        submission.refresh_from_db()
    return submission


def _require_shown(stored: Raw, parts: Mapping[str, str], version: str) -> None:
    for name, text in parts.items():
        before = stored.parts()[name]
        if before != text and raw.version_of(before) != version:
            raise OtherDraft(before)


def throw_away(submission: Submission) -> None:
    """A draft that nobody else ever saw goes, row and all.

    Raises:
        IllegalTransition: it was sent already.
    """
    with transaction.atomic():
        now = locked(submission)
        if now.state != State.DRAFT:
            raise IllegalTransition
        now.delete()


def send(
    submission: Submission, *, user: Person, wants_result: bool, goes_on_if_silent: bool
) -> Submission:
    """Hands a draft to the editors; sent twice, it is there once.

    Raises:
        IllegalTransition: it was withdrawn, or its text is gone.
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
    """
    if submission.state not in (State.DRAFT, State.WITHDRAWN):
        return submission
    limits.count_write(user)
    today = timezone.localdate()
    with transaction.atomic():
        if locked(submission).state != State.DRAFT:
            submission.refresh_from_db()
            return submission
        return move(
            submission,
            State.SENT,
            actor=CONTRIBUTOR,
            wants_result=wants_result,
            goes_on_if_silent=goes_on_if_silent,
            sent_on=today,
            touched_on=today,
        )


def withdraw(submission: Submission) -> Submission:
    """Takes a submission back: its texts, its letters and its page go at once and for good.

    The link stays until its term, so that she still finds it under her own submissions.

    Raises:
        IllegalTransition: it is a draft (``throw_away``), or was withdrawn before.
    """
    with transaction.atomic():
        page = locked(submission).page
        move(
            submission,
            State.WITHDRAWN,
            actor=CONTRIBUTOR,
            sealed_raw=None,
            sealed_work=None,
            page=None,
        )
        submission.letters.all().delete()
        submission.news.all().delete()
        if page is not None:
            take_down(page)
    return submission


# --- consent ---------------------------------------------------------------------------------


def ask_consent(submission: Submission) -> bool:
    """After the second signature: asks the contributor, and says whether there is one to ask.

    Nobody is asked where a report is the source, or where she did not want to see the result.
    """
    if submission.token is None or not submission.wants_result:
        Submission.objects.filter(pk=submission.pk).update(consent=Consent.NOT_NEEDED)
        submission.refresh_from_db()
        return False
    with transaction.atomic():
        move(
            submission,
            State.ASKED,
            actor=CLOCK,
            consent=Consent.ASKED,
            asked_on=timezone.localdate(),
        )
        news.tell(submission, News.Event.ASKED)
    return True


def asked_story(submission: Submission) -> StoryMixin | None:
    """The words that she is asked about: the newest that a second editor signed.

    None where no signature stands (any more): then the editors read it once more.
    """
    return latest_signed(submission.page) if submission.page else None


def answer_consent(
    submission: Submission,
    answer: Answer,
    *,
    read: str,
    words: str = "",
    writer: Person | None = None,
) -> Submission:
    """What she says to the story: it may be published, something must change, or never.

    ``read`` is the digest of the words that she had in front of her: her answer holds for those
    alone. ``words`` go to the editors as a letter; a change needs them. Said twice, it is said
    once.

    Raises:
        OtherStory: these are not (any more) the words that she is asked about.
        IllegalTransition: nobody asks (any more).
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
    """
    with transaction.atomic():
        now = locked(submission)
        said_before = answer == Answer.AGREE and _agreed_to(now, read)
        if not said_before:
            _require_asked(now, read)
        if words:
            letters.write_letter(now, words, from_editor=False, writer=writer)
        if said_before:
            return submission
        if answer == Answer.AGREE:
            _agree(submission, Consent.GIVEN, read, actor=CONTRIBUTOR)
        elif answer == Answer.CHANGE:
            _give_back(submission, read)
        else:
            _stop(submission, actor=CONTRIBUTOR)
    return submission


def _agreed_to(submission: Submission, read: str) -> bool:
    """Whether she said yes to these words before, and they still stand."""
    if submission.consent != Consent.GIVEN or submission.page is None:
        return False
    signed = signatures(submission.page.pk).filter(digest=read)
    return signed.filter(standing=Clearance.Standing.OPEN).exists()


def _require_asked(submission: Submission, read: str) -> None:
    if submission.state != State.ASKED or submission.consent != Consent.ASKED:
        raise IllegalTransition
    story = asked_story(submission)
    if story is None:
        raise IllegalTransition
    if digest(story) != read:
        raise OtherStory


def _agree(submission: Submission, consent: str, read: str, *, actor: str) -> None:
    if submission.page is not None:
        let_open(submission.page, read)
    Submission.objects.filter(pk=submission.pk).update(consent=consent)
    submission.refresh_from_db()
    record(submission, "agreed", actor=actor)
    consent_settled.send(sender=Submission, submission=submission, agreed=True)


def _give_back(submission: Submission, read: str) -> None:
    if submission.page is not None:
        turn_down(submission.page, read)
    move(
        submission,
        State.IN_HAND,
        actor=CONTRIBUTOR,
        consent=Consent.NOT_ASKED,
        asked_on=None,
    )
    consent_settled.send(sender=Submission, submission=submission, agreed=False)


def _stop(submission: Submission, *, actor: str) -> None:
    page = submission.page
    move(submission, State.REFUSED, actor=actor, consent=Consent.REFUSED, page=None)
    consent_settled.send(sender=Submission, submission=submission, agreed=False)
    if page is not None:
        take_down(page)


def mark_published(submission: Submission) -> Submission:
    """Its story is on the site; asking again changes nothing.

    Raises:
        IllegalTransition: it was refused or withdrawn in the meantime.
    """
    with transaction.atomic():
        if locked(submission).state == State.PUBLISHED:
            submission.refresh_from_db()
            return submission
        move(submission, State.PUBLISHED, actor=EDITOR)
        news.tell(submission, News.Event.PUBLISHED)
    return submission


# --- the clock -------------------------------------------------------------------------------


def lapse_silent() -> int:
    """Ends the waiting for who did not answer in CONSENT_DAYS, as she chose when sending."""
    term = datetime.timedelta(days=conf().CONSENT_DAYS)
    waiting = Submission.objects.filter(
        state=State.ASKED, consent=Consent.ASKED, asked_on__lt=timezone.localdate() - term
    )
    return sum(_lapse(submission) for submission in waiting.select_related("page"))


def _lapse(submission: Submission) -> int:
    """Her silence is no yes to words that she said no to before: those wait for her own yes."""
    with transaction.atomic():
        now = locked(submission)
        if now.state != State.ASKED or now.consent != Consent.ASKED:
            return 0
        story = asked_story(now)
        if story is None:  # no signature stands: she cannot answer, so her silence says nothing
            return 0
        words = digest(story)
        if now.goes_on_if_silent:
            if was_turned_down(story, words):
                return 0
            _agree(submission, Consent.SILENT, words, actor=CLOCK)
        else:
            _stop(submission, actor=CLOCK)
            news.tell(submission, News.Event.LAPSED)
    return 1


def let_go_of_drafts() -> int:
    """Drafts that nobody touches go whole; each by itself, as two may be one person's."""
    untouched = timezone.localdate() - datetime.timedelta(days=conf().DRAFT_DAYS)
    old = Submission.objects.filter(
        source=Submission.Source.CONTRIBUTOR, state=State.DRAFT, touched_on__lt=untouched
    )
    return sum(_let_go_of_draft(draft, untouched) for draft in old)


def _let_go_of_draft(draft: Submission, untouched: datetime.date) -> int:
    """Looks again under the lock: it may have been sent, or written on, a moment ago."""
    with transaction.atomic():
        now = Submission.objects.select_for_update(of=("self",)).filter(
            pk=draft.pk, state=State.DRAFT, touched_on__lt=untouched
        )
        return sum(found.delete()[0] for found in now)


def let_go_of_closed() -> int:
    """Of what is closed the texts, the letters and the link go."""
    closed = timezone.localdate() - datetime.timedelta(days=conf().RETENTION_DAYS)
    done = Submission.objects.filter(closed_on__lt=closed).exclude(
        sealed_raw=None, sealed_work=None, token=None
    )
    return sum(_let_go(submission) for submission in done)


def _let_go(submission: Submission) -> int:
    with transaction.atomic():
        submission.letters.all().delete()
        submission.news.all().delete()
        return Submission.objects.filter(pk=submission.pk).update(
            sealed_raw=None, sealed_work=None, token=None, sealed_account=None, key_id=""
        )


def can_withdraw(submission: Submission) -> bool:
    """Whether she can still take it back."""
    return can_move(submission, State.WITHDRAWN)
