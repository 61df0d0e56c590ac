"""What a guide does with a discussion: each act has its inverse, and is seen at once.

None of it touches a text, nor what somebody may read; a branch has a module of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from goedwerk_privacy import Finding, find

from .. import guides
from ..checks import Level
from ..checks.traceable import level_of
from ..errors import (
    AfterHome,
    IllegalTransition,
    ImpossibleDay,
    NotFound,
    TooManyPins,
    Traceable,
)
from ..models import PINS, Contribution, Discussion, Naming, Pace
from ..people import Person
from ..transitions import Display
from . import audit
from .changing import under_lock
from .discussions import branches_follow, locked, raise_version

#: Actor of the record.
GUIDE = "guide"
#: Codes of the record.
BANNER, PACE, READ_ONLY, CLOSING = "banner", "pace", "read_only", "closing"
PIN, UNPIN, NAMING = "pin", "unpin", "naming"
ON, OFF = "on", "off"


# --- the whole discussion ------------------------------------------------------------------------


def set_banner(*, user: Person, uuid: str, text: str) -> None:
    """Puts a short text above the thread; an empty one takes it away.

    Raises:
        NotFound: there is no such discussion that ``user`` guides.
        Traceable: the finder marks somebody in it.
    """
    require_untraceable(text)
    with guided_whole(user, uuid) as discussion:
        was, now = (ON if words else OFF for words in (discussion.banner, text))
        if discussion.banner != text:
            change_whole(discussion, BANNER, was, now, banner=text)


def set_pace(*, user: Person, uuid: str, pace: int) -> None:
    """Lets each participant write once in so many minutes; ``Pace.FREE`` as often as she wants."""
    with guided_whole(user, uuid) as discussion:
        if discussion.pace != pace:
            change_whole(discussion, PACE, str(discussion.pace), str(Pace(pace)), pace=Pace(pace))


def set_read_only(*, user: Person, uuid: str, is_read_only: bool) -> None:
    """Lets people only read for now, or write again; in all branches of a home as well."""
    with guided_whole(user, uuid) as discussion:
        was, now = (ON if flag else OFF for flag in (discussion.is_read_only, is_read_only))
        if was != now:
            change_whole(discussion, READ_ONLY, was, now, is_read_only=is_read_only)
            discussion.branches.filter(in_circle=False).update(
                is_read_only=is_read_only, version=F("version") + 1
            )


def set_closing(*, user: Person, uuid: str, closes_on: datetime.date) -> None:
    """Chooses the last day on which people write here; branches close with their home.

    Raises:
        ImpossibleDay: it has passed, or the discussion opens later.
        AfterHome: its home closes before.
    """
    with guided_whole(user, uuid) as discussion:
        earliest = max(timezone.localdate(), discussion.opens_on or datetime.date.min)
        if closes_on < earliest:
            raise ImpossibleDay
        if closes_after_home(discussion, closes_on):
            raise AfterHome
        before = discussion.closes_on
        was = before.isoformat() if before else ""
        if was != closes_on.isoformat():
            change_whole(discussion, CLOSING, was, closes_on.isoformat(), closes_on=closes_on)
            discussion.closes_on = closes_on
            branches_follow(discussion, closed_before=before)


def closes_after_home(discussion: Discussion, day: datetime.date) -> bool:
    """Whether a branch would be open longer than its home; a session of a circle may be."""
    if not discussion.branch_of_id or discussion.in_circle:
        return False
    last_day = discussion.home.closes_on
    return last_day is not None and day > last_day


@contextmanager
def guided_whole(user: Person, uuid: str) -> Iterator[Discussion]:
    """A discussion as it is now, locked, for who guides it.

    Raises:
        NotFound: there is no such discussion that ``user`` guides.
        CircleClosed: it is of a circle that ended.
    """
    found = guides.guided_discussion(user, uuid)
    with transaction.atomic():
        discussion = locked(found)
        guides.require_not_closed(discussion)
        yield discussion


def change_whole(
    discussion: Discussion, action: str, was: str, now: str, **changes: object
) -> None:
    """Changes a locked discussion, says so to readers, and records it."""
    Discussion.objects.filter(pk=discussion.pk).update(version=F("version") + 1, **changes)
    record(discussion, action, was, now)


def record(discussion: Discussion, action: str, was: str = "", now: str = "") -> None:
    """One row about a discussion: what a guide did, on a day; never which guide."""
    version = discussion.version + 1
    entry = audit.about_discussion(
        discussion, action, actor=GUIDE, before=was, after=now, version=version
    )
    audit.write([entry])


# --- one contribution ----------------------------------------------------------------------------


def pin(*, user: Person, public_id: str) -> None:
    """Shows a contribution above the thread, too.

    Raises:
        NotFound: readers see no such text in a discussion that ``user`` guides.
        OwnContribution: she wrote it under her own pseudonym.
        TooManyPins: as many are pinned as may be.
    """
    with guided(user, public_id) as contribution:
        if contribution.display != Display.TEXT:
            raise NotFound
        if contribution.pin is None:
            _take_pin(contribution)
            _record(contribution, PIN)


def _take_pin(contribution: Contribution) -> None:
    others = Contribution.objects.filter(discussion=contribution.discussion, pin__isnull=False)
    taken = set(others.values_list("pin", flat=True))
    free = next((place for place in range(1, PINS + 1) if place not in taken), None)
    if free is None:
        raise TooManyPins
    try:
        with transaction.atomic():
            Contribution.objects.filter(pk=contribution.pk).update(pin=free)
    except IntegrityError:
        raise TooManyPins from None


def unpin(*, user: Person, public_id: str) -> None:
    """Takes a contribution from above the thread."""
    with guided(user, public_id) as contribution:
        if contribution.pin is not None:
            Contribution.objects.filter(pk=contribution.pk).update(pin=None)
            _record(contribution, UNPIN)


def name_what_happens(*, user: Person, public_id: str, naming: str) -> None:
    """Says of a guide's turn what it names; "" says nothing of the kind any more.

    Raises:
        IllegalTransition: no guide said it.
    """
    with guided(user, public_id) as contribution:
        if not contribution.by_guide:
            raise IllegalTransition
        if contribution.naming != naming:
            wanted = Naming(naming) if naming else ""
            Contribution.objects.filter(pk=contribution.pk).update(naming=wanted)
            _record(contribution, NAMING, contribution.naming, naming)


@contextmanager
def guided(user: Person, public_id: str) -> Iterator[Contribution]:
    """A contribution as it is now, in a discussion that stays locked; readers see what changed.

    First the one and then the other, as its author and an ambassador lock them.

    Raises:
        NotFound, OwnContribution: as ``guides.guided_contribution``.
        CircleClosed: it was said in a circle that ended.
    """
    found = guides.guided_contribution(user, public_id)
    with transaction.atomic():
        guides.require_not_closed(locked(under_lock(found).discussion))
        now = guides.guided_contribution(user, public_id)
        yield now
        raise_version(now.discussion_id)


def _record(contribution: Contribution, action: str, was: str = "", now: str = "") -> None:
    audit.write([audit.entry(contribution, action, actor=GUIDE, before=was, after=now)])


# --- words that everybody reads ------------------------------------------------------------------


def traceable_in(text: str) -> list[Finding]:
    """By which words of a guide's text somebody may be recognised."""
    return [found for found in find(text) if level_of(found) != Level.ADVISE]


def require_untraceable(text: str) -> None:
    """Lets a text pass in which the finder marks nobody.

    Raises:
        Traceable: it marks somebody.
    """
    if traceable_in(text):
        raise Traceable
