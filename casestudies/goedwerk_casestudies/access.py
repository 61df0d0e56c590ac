"""The only way to submissions. Each function finds what the asker may see, or raises."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from goedwerk_forum import access as forum_access
from goedwerk_forum.errors import NotFound
from goedwerk_forum.identity import links
from goedwerk_forum.people import Person, key_of

from .models import Round, Submission

ABSTRACT = "goedwerk_casestudies.abstract_submission"
SIGN = "goedwerk_casestudies.sign_story"


def _tokens_of(user: Person) -> list[str]:
    """What ``user`` is called in each submission that still leads to somebody."""
    linked = Submission.objects.filter(token__isnull=False)
    return links.tokens_of(user, linked.values_list("uuid", flat=True))


# --- contributors ----------------------------------------------------------------------------


def own_submissions(user: Person) -> QuerySet[Submission]:
    """Everything ``user`` submitted or began, the newest day first; found by her tokens."""
    return Submission.objects.filter(token__in=_tokens_of(user)).order_by("-touched_on", "-pk")


def own_submission(user: Person, public_id: str) -> Submission:
    """One of the asker's own submissions, in any state.

    Raises:
        NotFound: it is not there, or not hers.
    """
    submission = Submission.objects.select_related("page").filter(public_id=public_id).first()
    if submission is None or not is_own(user, submission):
        raise NotFound
    return submission


def is_own(user: Person, submission: Submission) -> bool:
    """Whether ``user`` wrote it; after the link is cut nobody did."""
    theirs = submission.token
    return theirs is not None and theirs in links.tokens_of(user, [submission.uuid])


# --- rounds of statements and assignments ----------------------------------------------------


def readable_round(public_id: str, request: HttpRequest) -> Round:
    """A round of a page that the asker may read, open or closed.

    Raises:
        NotFound: it is not there, or its page is not for her.
    """
    try:
        found = Round.objects.select_related("page").filter(uuid=public_id).first()
    except ValidationError:  # no uuid at all
        raise NotFound from None
    if found is None or not forum_access.is_readable(found.page, request):
        raise NotFound
    return found


# --- editors ---------------------------------------------------------------------------------


def is_abstracter(user: Person) -> bool:
    """Whether ``user`` may read raw submissions at all."""
    return bool(user.is_active and user.has_perm(ABSTRACT))


def workable_submissions(editor: Person) -> QuerySet[Submission]:
    """What an editor may read and work on: all that was sent, never a draft, never her own."""
    if not is_abstracter(editor):
        return Submission.objects.none()
    sent = Submission.objects.exclude(state=Submission.State.DRAFT)
    return sent.filter(Q(token__isnull=True) | ~Q(token__in=_tokens_of(editor)))


def workable_submission(editor: Person, public_id: str) -> Submission:
    """One submission that an editor may work on.

    Raises:
        NotFound: it is not there, a draft, or her own; or she lacks the right.
    """
    if not is_abstracter(editor):
        raise NotFound
    return _of_somebody_else(editor, public_id=public_id)


def _of_somebody_else(editor: Person, **which: object) -> Submission:
    submission = (
        Submission.objects.exclude(state=Submission.State.DRAFT)
        .select_related("page", "editor")
        .filter(**which)
        .first()
    )
    if submission is None or is_own(editor, submission):
        raise NotFound
    return submission


# --- second editors --------------------------------------------------------------------------


def is_signer(user: Person) -> bool:
    """Whether ``user`` may sign stories as a second editor."""
    return bool(user.is_active and user.has_perm(SIGN))


def signable_submission(editor: Person, public_id: str) -> Submission:
    """One submission with a page, to read beside it. It gives no right to the raw text.

    Raises:
        NotFound: it has no page, or is her own; or she may neither abstract nor sign.
    """
    return _with_page(editor, public_id=public_id, page__isnull=False)


def submission_of_page(editor: Person, page: Page) -> Submission:
    """The submission that a page was made of, as ``signable_submission``."""
    return _with_page(editor, page_id=page.pk)


def _with_page(editor: Person, **which: object) -> Submission:
    if not (is_abstracter(editor) or is_signer(editor)):
        raise NotFound
    return _of_somebody_else(editor, **which)


# --- imported reports ------------------------------------------------------------------------


def held_reports(editor: Person) -> QuerySet[Submission]:
    """The reports that ``editor`` brought in and did not choose from yet; nobody else's."""
    if not is_abstracter(editor):
        return Submission.objects.none()
    return Submission.objects.filter(
        source=Submission.Source.REPORT, state=Submission.State.DRAFT, editor_id=key_of(editor)
    ).order_by("-touched_on", "-pk")


def held_report(editor: Person, public_id: str) -> Submission:
    """One report that ``editor`` brought in herself.

    Raises:
        NotFound: it is not there, somebody else's, or chosen from already.
    """
    held = held_reports(editor).filter(public_id=public_id).first()
    if held is None:
        raise NotFound
    return held
