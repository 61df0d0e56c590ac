"""What anybody may read who asks: a page, what is said about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

from ..errors import NotFound
from ..models import Contribution, Discussion, place_of_page
from ..models.discussed import DiscussionPageMixin
from ..public import is_restricted
from ..transitions import Display

#: What other apps ask of a live page before anybody may read it, and what is said about it.
READABLE_IF: list[Callable[[Page], bool]] = []
#: Who reads a discussion of a circle: whom one of these lets in, and nobody else.
ADMITS: list[Callable[[Discussion, HttpRequest], bool]] = []


def is_readable(page: Page, request: HttpRequest) -> bool:
    """Whether the asker may read a page, and so what is said about it.

    Restrictions on the page or above it count; an alias above it counts as what it shows, too.
    """
    return is_there(page) and _accepts(restrictions_of(page), request)


def is_there(page: Page) -> bool:
    """Whether a page is live and lets anybody read it, restrictions aside."""
    return page.live and all(allows(page) for allows in READABLE_IF)


def restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """The restrictions on a page or above it; an alias counts as what it shows, too."""
    ends = range(page.steplen, len(page.path) + 1, page.steplen)
    way = [page.path[:end] for end in ends]
    restrictions = PageViewRestriction.objects.filter(
        Q(page__path__in=way)
        | Q(page__aliases__path__in=way)
        | Q(page__aliases__aliases__path__in=way)
    )
    return restrictions.distinct()


def _accepts(restrictions: Iterable[PageViewRestriction], request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in restrictions)


def _opens(discussion: Discussion, request: HttpRequest, *, is_restricted: bool = True) -> bool:
    """Whether the asker may read a discussion; notes with it whether others may not.

    ``is_restricted``: whether a restriction may stand at its page; where none does, none is read.
    """
    if not discussion.is_enabled or not is_there(discussion.page):
        return False
    if discussion.in_circle:  # whatever stands at the page, and whatever right somebody has
        discussion.is_restricted = True
        return any(admits(discussion, request) for admits in ADMITS)
    restrictions = list(restrictions_of(discussion.page)) if is_restricted else []
    discussion.is_restricted = bool(restrictions)
    return _accepts(restrictions, request)


def readable_discussion(uuid: str, request: HttpRequest) -> Discussion:
    """The discussion on a page that the asker may read."""
    try:
        found = Discussion.objects.select_related("page", "branch_of", "course")
        discussion = found.filter(uuid=uuid).annotate(shut=is_restricted("page__path")).first()
    except ValidationError:  # no uuid at all
        raise NotFound from None
    if discussion is None or not _opens(discussion, request, is_restricted=discussion.shut):
        raise NotFound
    return discussion


def readable_page(key: uuid.UUID, place: uuid.UUID, request: HttpRequest) -> Page:
    """A page that can have a dialogue and that the asker may read, by what its link says of it."""
    for page in Page.objects.filter(translation_key=key):
        kind = page.specific_class
        is_ours = kind is not None and issubclass(kind, DiscussionPageMixin)
        if is_ours and place_of_page(page) == place and is_readable(page, request):
            return page
    raise NotFound


def readable_contribution(public_id: str, request: HttpRequest) -> Contribution:
    """A contribution that the page shows, its tombstone included."""
    contribution = (
        Contribution.objects.shown()
        .select_related(
            "discussion__page", "discussion__branch_of", "discussion__course", "participant"
        )
        .annotate(shut=is_restricted("discussion__page__path"))
        .filter(public_id=public_id)
        .first()
    )
    if contribution is None:
        raise NotFound
    if not _opens(contribution.discussion, request, is_restricted=contribution.shut):
        raise NotFound
    return contribution


def home_of_moved_back(uuid: str, request: HttpRequest) -> Discussion | None:
    """Where a branch was moved back to, for who may read it; None where it was none."""
    try:
        branch = Discussion.objects.select_related("branch_of__page").filter(uuid=uuid).first()
    except ValidationError:  # no uuid at all
        return None
    home = branch.branch_of if branch and not branch.branched_path else None
    if home is None or not _opens(home, request):
        return None
    return home


def answerable(home_id: int, parent: Contribution) -> Contribution:
    """The parent as it is now, for a reply: readable, and of this home or a branch of it.

    Called under the lock of the home: it may have been moved since it was read.
    """
    of_home = Q(discussion=home_id) | Q(discussion__branch_of=home_id)
    current = (
        Contribution.objects.filter(of_home, pk=parent.pk, display=Display.TEXT)
        .select_related("discussion__page", "discussion__course")
        .first()
    )
    if current is None:
        raise NotFound
    return current
