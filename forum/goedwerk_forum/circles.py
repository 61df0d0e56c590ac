"""The only way to circles: beside ``access``, with the same rules.

A circle is there for its members, found by token, and for its two guides. To everybody else it
does not exist, whatever right she has on the site.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from . import access, circle_days
from .errors import NotAllowed, NotFound
from .guides import GUIDE
from .identity import links, once
from .models import (
    SMALLEST,
    Circle,
    CircleMark,
    CircleSession,
    Discussion,
    Membership,
    Participant,
)
from .people import Person, key_of
from .public import only_public_pages, public_discussions

STAYS = circle_days.STAYS
#: Pages that a guide can choose for a session, by what they are there; other apps add theirs.
#: A site without any chooses among all pages with a public discussion.
STORIES: list[Callable[[], QuerySet[Page]]] = []
ASSIGNMENTS: list[Callable[[], QuerySet[Page]]] = []
#: As many as a circle holds, in words: a number is no list.
NUMBERS: tuple[Promise, ...] = (
    _("niemand"),
    _("één"),
    _("twee"),
    _("drie"),
    _("vier"),
    _("vijf"),
    _("zes"),
    _("zeven"),
    _("acht"),
    _("negen"),
    _("tien"),
    _("elf"),
)


def admits(discussion: Discussion, request: HttpRequest) -> bool:
    """Whether the asker reads a discussion of a circle; registered in ``access.ADMITS``."""
    user = request.user
    if not user.is_authenticated or not user.is_active or is_gone(discussion.home):
        return False
    return guides_it(user, discussion) or is_member(user, discussion)


def is_gone(home: Discussion) -> bool:
    """Whether a circle ended so long ago that nobody reads it any more."""
    return home.closes_on is not None and home.closes_on < circle_days.gone_since()


def guides_it(user: Person, discussion: Discussion) -> bool:
    """Whether the asker is one of the two guides."""
    return bool(user.is_active) and key_of(user) in (
        discussion.guide_id,
        discussion.second_guide_id,
    )


def is_member(user: Person, discussion: Discussion) -> bool:
    member = links.participant_of(user, discussion)
    return member is not None and member.membership == Membership.MEMBER


# --- members -------------------------------------------------------------------------------------


def members_of(circle: Circle) -> QuerySet[Participant]:
    """Who sits in the circle now, by pseudonym; whoever cut her link cannot come in any more."""
    sits = Participant.objects.filter(discussion=circle.discussion, membership=Membership.MEMBER)
    return sits.filter(token__isnull=False).order_by("pseudonym")


def own_circles(user: Person) -> list[Participant]:
    """Who the asker is in each circle that she sits in, or was taken out of.

    Each has ``discussion.circle`` at hand; two queries.
    """
    sat = Participant.objects.filter(
        token__in=links.tokens_of(user, _uuids()),
        membership__in=[Membership.MEMBER, Membership.REMOVED],
    ).select_related("discussion__circle__series", "removal")
    return [one for one in sat.order_by("discussion__circle__name") if not is_gone(one.discussion)]


def _uuids() -> list:
    homes = Discussion.objects.filter(in_circle=True, branch_of__isnull=True)
    return list(homes.values_list("uuid", flat=True))


def open_circle(user: Person, uuid: str) -> Circle:
    """A circle that the asker sits in or guides.

    Raises:
        NotFound: there is no such circle, or it is not hers.
    """
    circle = _circle(uuid)
    home = circle.discussion
    if is_gone(home) or not (guides_it(user, home) or is_member(user, home)):
        raise NotFound
    return circle


def open_session(user: Person, uuid: str) -> CircleSession:
    """A session of such a circle, by the uuid of its discussion."""
    try:
        session = (
            CircleSession.objects.select_related(
                "circle__discussion", "discussion__page", "discussion__branch_of", "story"
            )
            .filter(discussion__uuid=uuid)
            .first()
        )
    except ValidationError:  # no uuid at all
        session = None
    if session is None:
        raise NotFound
    open_circle(user, session.circle.uuid)
    return session


def _circle(uuid: str) -> Circle:
    try:
        found = Circle.objects.select_related("discussion__page", "series")
        found = found.filter(discussion__uuid=uuid)
        circle = found.first()
    except ValidationError:  # no uuid at all
        circle = None
    if circle is None:
        raise NotFound
    return circle


# --- what members said once ----------------------------------------------------------------------


def has_marked(user: Person, discussion: Discussion) -> bool:
    """Whether the asker said yes to the house rules, or that she will be at a session."""
    tokens = once.marks_of(user, discussion.uuid)
    return CircleMark.objects.filter(discussion=discussion, token__in=tokens).exists()


def marks_in(discussion: Discussion) -> int:
    """How many said it."""
    return CircleMark.objects.filter(discussion=discussion).count()


@dataclass(frozen=True)
class Counted:
    """How many of the members said something; in words, and never more than there are."""

    marks: int
    members: int

    @property
    def number(self) -> Promise:
        return NUMBERS[min(self.marks, self.members, len(NUMBERS) - 1)]

    @property
    def total(self) -> Promise:
        return NUMBERS[min(self.members, len(NUMBERS) - 1)]

    @property
    def is_nobody(self) -> bool:
        return not self.marks or not self.members


def counted(circle: Circle, discussion: Discussion) -> Counted:
    return Counted(marks_in(discussion), members_of(circle).count())


# --- guides --------------------------------------------------------------------------------------


def may_make(user: Person) -> bool:
    """Whether the asker may plan a circle of her own."""
    return bool(user.is_active and user.has_perm(GUIDE))


def require_may_make(user: Person) -> None:
    if not may_make(user):
        raise NotAllowed


def guided_circles(user: Person) -> list[Circle]:
    """The circles that the asker guides, by name."""
    if not user.is_authenticated or not user.is_active:
        return []
    hers = Q(discussion__guide=key_of(user)) | Q(discussion__second_guide=key_of(user))
    found = Circle.objects.filter(hers).select_related("discussion__page", "series")
    found = found.order_by("name", "pk")
    return [circle for circle in found if not is_gone(circle.discussion)]


def guided_circle(user: Person, uuid: str) -> Circle:
    """One circle that the asker guides.

    Raises:
        NotFound: there is no such circle, or she does not guide it.
    """
    circle = _circle(uuid)
    if is_gone(circle.discussion) or not guides_it(user, circle.discussion):
        raise NotFound
    return circle


def guided_session(user: Person, uuid: str) -> CircleSession:
    """One session of such a circle."""
    session = open_session(user, uuid)
    guided_circle(user, session.circle.uuid)
    return session


def may_start(circle: Circle) -> bool:
    return circle.state == Circle.State.GATHERING and members_of(circle).count() >= SMALLEST


# --- what a session is about ---------------------------------------------------------------------


def stories() -> QuerySet[Page]:
    """The pages that a session can be about; anybody may read them."""
    if STORIES:
        return _united(STORIES)
    homes = public_discussions().filter(branch_of__isnull=True)
    return _exactly(Page.objects.filter(pk__in=homes.values("page")))


def assignments() -> QuerySet[Page]:
    """The pages that a session can give to do."""
    return _united(ASSIGNMENTS)


def _united(sources: list[Callable[[], QuerySet[Page]]]) -> QuerySet[Page]:
    listed = Q(pk__in=[])
    for pages in sources:
        listed |= Q(pk__in=pages().order_by().values("pk"))
    return _exactly(Page.objects.filter(listed))


def _exactly(pages: PageQuerySet) -> QuerySet[Page]:
    """Those that other apps let anybody read, word for word; by title."""
    exact = [page.pk for page in only_public_pages(pages.specific())]
    return Page.objects.filter(pk__in=exact).order_by("title")


def readable_pages(pages: list[Page], request: HttpRequest) -> list[Page]:
    """Those of the pages chosen for a session that the asker may read today."""
    return [page for page in only_public_pages(pages) if access.is_readable(page, request)]
