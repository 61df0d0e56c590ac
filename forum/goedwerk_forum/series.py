"""The only way to series: there for members and guides of their circles, and for nobody else.

Whoever comes in sees her own circles by name. Of the others she sees a number and how far they
are: never a name, never who sits there, never what is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from . import circles
from .errors import NotFound
from .identity import links
from .models import Circle, Membership, Participant, Series
from .people import Person

#: Most circles that belong to one series.
MOST_CIRCLES = 12


@dataclass(frozen=True)
class Part:
    """A circle of a series as one reader sees it; ``name`` and ``uuid`` only of her own."""

    number: int
    state: str
    over: int
    planned: int
    name: str = ""
    uuid: str = ""

    @property
    def is_closed(self) -> bool:
        return self.state == Circle.State.CLOSED

    @property
    def has_begun(self) -> bool:
        return self.state != Circle.State.GATHERING


@dataclass(frozen=True)
class Opened:
    """A series as one reader sees it."""

    series: Series
    parts: list[Part]
    #: Her own circle that she guides; None where she is a member only.
    guided: Circle | None


def open_series(user: Person, public_id: str) -> Opened:
    """A series of which the asker sits in a circle, or guides one; at most three queries.

    Raises:
        NotFound: there is no such series, or none of its circles is hers.
    """
    there = circles_of(public_id)
    guided = [circle for circle in there if circles.guides_it(user, circle.discussion)]
    own = {circle.pk for circle in guided} | _sat_in(user, there)
    if not own:
        raise NotFound
    series = there[0].series
    assert series is not None  # noqa: S101 - they were found by it
    return Opened(
        series=series,
        parts=[_part(circle, is_own=circle.pk in own) for circle in there],
        guided=guided[0] if guided else None,
    )


def guided_series(user: Person, public_id: str) -> Opened:
    """A series of which the asker guides a circle.

    Raises:
        NotFound: there is no such series, or she guides none of its circles.
    """
    found = open_series(user, public_id)
    if found.guided is None:
        raise NotFound
    return found


def circles_of(public_id: str) -> list[Circle]:
    """The circles of a series that can still be read, in their order; each tells how far it is."""
    held = Q(sessions__day__lt=timezone.localdate())
    far = {"planned": Count("sessions"), "over": Count("sessions", filter=held)}
    found = (
        Circle.objects.filter(series__public_id=public_id)
        .select_related("series", "discussion")
        .annotate(**far)
        .order_by("series_place")
    )
    return [circle for circle in found if not circles.is_gone(circle.discussion)]


def _sat_in(user: Person, there: list[Circle]) -> set[int]:
    """The keys of those in which the asker is a member."""
    if not there or not user.is_authenticated or not user.is_active:
        return set()
    tokens = links.tokens_of(user, [circle.discussion.uuid for circle in there])
    sits = Participant.objects.filter(
        token__in=tokens,
        membership=Membership.MEMBER,
        discussion__in=[circle.discussion_id for circle in there],
    )
    return set(sits.values_list("discussion__circle", flat=True))


def _part(circle: Circle, *, is_own: bool) -> Part:
    return Part(
        number=circle.series_place or 0,
        state=circle.state,
        over=circle.over,
        planned=circle.planned,
        name=circle.name if is_own else "",
        uuid=circle.uuid if is_own else "",
    )


def free_circles(user: Person) -> list[Circle]:
    """Circles that the asker guides and that go on, by name: what a link can be used for."""
    return [circle for circle in circles.guided_circles(user) if not circle.is_closed]
