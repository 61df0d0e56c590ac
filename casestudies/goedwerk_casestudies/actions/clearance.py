"""Signing a story as its second editor, and taking a signature back."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from goedwerk_forum.actions import audit
from goedwerk_forum.people import Person

from ..clearance import has_agreed, signatures
from ..errors import MayNotSign, OtherWords
from ..four_eyes import (
    last_writer,
    may_sign,
    require_done,
    require_not_turned_down,
    require_other_eyes,
    submission_of,
    words_of,
)
from ..models import Clearance, News, StoryMixin, Submission
from ..shown import digest
from ..transitions import EDITOR, State, locked
from . import news
from .answered import drop
from .submissions import ask_consent

Consent, Standing = Submission.Consent, Clearance.Standing


class Why(models.TextChoices):
    """Why a signature is taken back; a code, as the record holds no text."""

    RECOGNISED = "recognised", _("Iemand is te herkennen")
    MISTAKE = "mistake", _("Er klopt iets niet in de tekst")
    ASKED = "asked", _("Iemand vroeg erom")


def sign(page_or_revision: Page | Revision, *, by: Person, read: str = "") -> Clearance:
    """Signs exactly these words, and asks the contributor where there is one.

    ``read`` is the digest of what the signer had in front of her.

    Raises:
        OtherWords: she read another text than this.
        MayNotSign, OwnWords: she is not the second editor.
        TurnedDown: the contributor said no to these words, and is not asked again.
        Unresolved, ChecksMissing: the text is not ready.
        KeyMissing: this process cannot tell whether she submitted it herself.
    """
    page = words_of(page_or_revision)
    words = digest(page)
    if read and read != words:
        raise OtherWords
    require_other_eyes(page, by)
    require_done(page)
    signed = {
        "abstracted_by_id": last_writer(page),
        "signed_by_id": by.pk,
        "signed_on": timezone.localdate(),
    }
    with transaction.atomic():
        submission = _locked_submission(page)
        require_not_turned_down(page)
        before = signatures(page.pk).filter(digest=words).first()
        if before is None:  # also what she turned down: handed in once more, she is asked again
            _record(page, "sign")
            if submission is not None:
                _ask_again(submission)
        waits = _waits(submission)
        standing = Standing.WAITS if waits else Standing.OPEN
        if before is not None:
            return _standing(before, standing)
        if waits:  # these are the words that she is asked about, whatever is saved after them
            drop(page)
        return _signed(page, words, signed | {"standing": standing})


def _locked_submission(page: Page) -> Submission | None:
    found = submission_of(page)
    return locked(found) if found else None


def _signed(page: StoryMixin, words: str, values: dict[str, Any]) -> Clearance:
    """In one ``save``, which tells the search; over the row of a text that was turned down."""
    clearance, _is_new = Clearance.objects.update_or_create(
        page_id=page.pk, digest=words, defaults=values
    )
    return clearance


def _standing(clearance: Clearance, standing: str) -> Clearance:
    """By ``save``, which tells the search."""
    if clearance.standing != standing:
        clearance.standing = standing
        clearance.save(update_fields=["standing"])
    return clearance


def waits_for_answer(page: Page) -> bool:
    """Whether a contributor must still agree; she is asked where nobody asked her yet."""
    return _waits(_locked_submission(page))


def _waits(submission: Submission | None) -> bool:
    """The same of a submission that is locked."""
    if submission is None:
        return False
    if submission.state == State.ABSTRACTED and submission.consent == Consent.NOT_ASKED:
        ask_consent(submission)
    return not has_agreed(submission.consent)


def _ask_again(submission: Submission) -> None:
    """Newly signed words are other words than those she agreed to, or has before her.

    Her term begins anew: silence counts for what she could read that long.
    """
    asked = (Consent.ASKED, Consent.GIVEN, Consent.SILENT)
    if submission.state == State.ASKED and submission.consent in asked:
        submission.consent, submission.asked_on = Consent.ASKED, timezone.localdate()
        submission.save(update_fields=["consent", "asked_on"])
        news.tell(submission, News.Event.ASKED)


def revoke(page: Page, *, by: Person, why: Why) -> None:
    """Takes every signature under a story back, and the story off the site.

    Raises:
        MayNotSign: she lacks the right to sign.
    """
    if not may_sign(by):
        raise MayNotSign
    story = page.specific_class._default_manager.get(pk=page.pk)
    with transaction.atomic():
        drop(story)
        if story.live:
            # Who may sign may take her signature back, also without the right to publish.
            UnpublishPageAction(story, user=by).execute(skip_permission_checks=True)
        _record(story, "revoke", reason=why)


def _record(page: StoryMixin, action: str, *, reason: str = "") -> None:
    """One line in the append-only record; the page goes by a random number, not by a word."""
    mark = page.translation_key.hex
    audit.write([audit.about("story", mark, action, actor=EDITOR, reason=reason, version=1)])
