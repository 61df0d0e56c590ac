"""The only way to submissions. Each function finds what the asker may see, or raises."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from goedwerk_forum.errors import NotFound
from goedwerk_forum.identity import links
from goedwerk_forum.people import Person

from .models import Submission

ABSTRACT = "goedwerk_casestudies.abstract_submission"


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
    submission = (
        Submission.objects.exclude(state=Submission.State.DRAFT)
        .select_related("page", "editor")
        .filter(public_id=public_id)
        .first()
    )
    if submission is None or is_own(editor, submission):
        raise NotFound
    return submission
