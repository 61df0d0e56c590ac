"""What guides do with circles that belong together: begin, invite, join, write, release.

A circle that comes or goes is locked by its home, then the series; all else locks the series.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from .. import circle_days, circles, series
from ..errors import (
    IllegalTransition,
    InAnotherSeries,
    InvitationGone,
    NoLinkLeft,
    NotFound,
    ReportChanged,
    SeriesChanged,
    SeriesFull,
)
from ..models import Circle, Series, SeriesInvitation
from ..people import Person
from . import invitations
from .circles import guided
from .discussions import locked
from .guiding import record, require_untraceable

#: Codes of the record.
BEGUN, CHANGED = "series", "series_words"
INVITED, REVOKED = "series_invite", "series_revoke"
JOINED, LEFT = "series_join", "series_leave"
WRITTEN, RELEASED, TAKEN_BACK = "series_draft", "series_release", "series_take_back"


@dataclass(frozen=True)
class SeriesWords:
    """What a series is called, and what it is for."""

    title: str
    purpose: str

    def require_untraceable(self) -> None:
        require_untraceable(self.title)
        require_untraceable(self.purpose)


# --- circles come and go -------------------------------------------------------------------------


def begin(*, user: Person, uuid: str, words: SeriesWords) -> Series:
    """A new series with one circle in it.

    Raises:
        NotFound: there is no such circle that ``user`` guides.
        IllegalTransition: it is closed.
        InAnotherSeries: it belongs to one already.
        Traceable: the finder marks somebody in the words.
    """
    words.require_untraceable()
    with guided(user, uuid) as circle:
        if circle.series and (circle.series.title, circle.series.purpose) == (
            words.title,
            words.purpose,
        ):
            return circle.series  # pressed twice
        if circle.series_id:
            raise InAnotherSeries
        made = Series.objects.create(
            title=words.title, purpose=words.purpose, created_on=timezone.localdate()
        )
        Circle.objects.filter(pk=circle.pk).update(series=made, series_place=1)
        record(circle.discussion, BEGUN)
    return made


def join(*, user: Person, secret: str, uuid: str) -> Series:
    """Lets a circle of ``user`` belong to the series of an invitation, which is used up by it.

    Raises:
        InvitationGone: as ``invitation_of``.
        NotFound, IllegalTransition, InAnotherSeries: as ``begin``.
        SeriesFull: as many circles belong to it as may.
    """
    with guided(user, uuid) as circle:
        invitation = invitation_of(secret)
        now = _locked(invitation.series)
        invitation = invitation_of(secret)
        if circle.series_id == now.pk:
            return now
        if circle.series_id:
            raise InAnotherSeries
        if now.circles.count() >= series.MOST_CIRCLES:
            raise SeriesFull
        last = now.circles.aggregate(last=Max("series_place"))["last"] or 0
        Circle.objects.filter(pk=circle.pk).update(series=now, series_place=last + 1)
        invitation.delete()
        record(circle.discussion, JOINED)
    return now


def leave(*, user: Person, uuid: str) -> None:
    """Takes a circle of ``user`` out of its series; after the last one nobody comes in any more.

    Raises:
        NotFound: there is no such circle that ``user`` guides, or it is in no series.
    """
    found = circles.guided_circle(user, uuid)
    with transaction.atomic():
        locked(found.discussion)
        circle = circles.guided_circle(user, uuid)
        if circle.series is None:
            raise NotFound
        now = _locked(circle.series)
        Circle.objects.filter(pk=circle.pk).update(series=None, series_place=None)
        if not now.circles.exists():
            now.invitations.all().delete()
        record(circle.discussion, LEFT)


def _locked(found: Series) -> Series:
    return Series.objects.select_for_update(no_key=True).get(pk=found.pk)


# --- invitations ---------------------------------------------------------------------------------


def invite(*, user: Person, public_id: str, expires_on: datetime.date) -> str:
    """A link with which one circle joins; returns its secret, shown once and kept nowhere.

    Raises:
        NotFound: there is no such series of which ``user`` guides a circle.
        IllegalTransition: the day is impossible.
        NoLinkLeft: with the links that are out as many circles belong to it as may.
    """
    secret = invitations.new_secret(expires_on)
    with _guided(user, public_id) as (now, circle):
        promised = invitations.good(now.invitations).count()
        if now.circles.count() + promised >= series.MOST_CIRCLES:
            raise NoLinkLeft(series.MOST_CIRCLES)
        digest = invitations.hashed(secret)
        SeriesInvitation.objects.create(series=now, digest=digest, expires_on=expires_on)
        record(circle.discussion, INVITED)
    return secret


def revoke(*, user: Person, public_id: str, invitation: str) -> None:
    """Makes an invitation useless, at once.

    Raises:
        NotFound: there is no such invitation to a series of which ``user`` guides a circle.
    """
    with _guided(user, public_id) as (now, circle):
        gone, _by_model = now.invitations.filter(public_id=invitation).delete()
        if not gone:
            raise NotFound
        record(circle.discussion, REVOKED)


def invitation_of(secret: str) -> SeriesInvitation:
    """The invitation that a link holds, where it still invites.

    Raises:
        InvitationGone: it is used, revoked, too old, or never was; or the series is over.
    """
    found = (
        invitations.good(SeriesInvitation.objects)
        .select_related("series")
        .filter(digest=invitations.hashed(secret))
        .first()
    )
    if found is None or not series.circles_of(found.series.public_id):
        raise InvitationGone
    return found


# --- words and report ----------------------------------------------------------------------------


def change(*, user: Person, public_id: str, words: SeriesWords, seen: str) -> None:
    """Another name and purpose; ``seen`` is the ``words_mark`` that she was shown.

    Raises:
        NotFound: there is no such series of which ``user`` guides a circle.
        SeriesChanged: another guide changed them since.
        Traceable: the finder marks somebody in them.
    """
    words.require_untraceable()
    with _guided(user, public_id) as (now, circle):
        if seen != now.words_mark:
            raise SeriesChanged
        Series.objects.filter(pk=now.pk).update(title=words.title, purpose=words.purpose)
        record(circle.discussion, CHANGED)


def write(*, user: Person, public_id: str, text: str, seen: str) -> None:
    """What the guides write together: a draft, that only they read.

    ``seen`` is the ``draft_mark`` that she was shown.

    Raises:
        NotFound: there is no such series of which ``user`` guides a circle.
        ReportChanged: another guide wrote on it since.
        Traceable: the finder marks somebody in it.
    """
    require_untraceable(text)
    with _guided(user, public_id) as (now, circle):
        if seen != now.draft_mark:
            raise ReportChanged
        if text != now.draft:
            Series.objects.filter(pk=now.pk).update(draft=text)
            record(circle.discussion, WRITTEN)


def release(*, user: Person, public_id: str, seen: str) -> None:
    """Shows the draft, as she saw it, to everybody in the circles.

    Raises:
        NotFound: there is no such series of which ``user`` guides a circle.
        IllegalTransition: nothing is written.
        ReportChanged: another guide wrote on it since.
    """
    with _guided(user, public_id) as (now, circle):
        if not now.draft:
            raise IllegalTransition
        if seen != now.draft_mark:
            raise ReportChanged
        if now.report != now.draft:
            today = timezone.localdate()
            Series.objects.filter(pk=now.pk).update(report=now.draft, released_on=today)
            record(circle.discussion, RELEASED)


def take_back(*, user: Person, public_id: str) -> None:
    """Lets only the guides read the report again; where their draft is empty, it becomes that.

    Raises:
        NotFound: there is no such series of which ``user`` guides a circle.
    """
    with _guided(user, public_id) as (now, circle):
        if now.report:
            draft = now.draft or now.report
            Series.objects.filter(pk=now.pk).update(draft=draft, report="", released_on=None)
            record(circle.discussion, TAKEN_BACK)


@contextmanager
def _guided(user: Person, public_id: str) -> Iterator[tuple[Series, Circle]]:
    """A series as it is now, locked, and the circle by which ``user`` is in it."""
    with transaction.atomic():
        now = Series.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
        found = series.guided_series(user, public_id)
        if now is None or found.guided is None:
            raise NotFound
        yield now, found.guided


# --- letting go ----------------------------------------------------------------------------------


def forget_ended() -> int:
    """Takes out circles that nobody reads any more, and removes series with none left."""
    over = Circle.objects.filter(
        series__isnull=False, discussion__closes_on__lt=circle_days.gone_since()
    )
    over.update(series=None, series_place=None)
    gone = 0
    for empty in Series.objects.filter(circles__isnull=True):
        with transaction.atomic():
            now = _locked(empty)
            if not now.circles.exists():
                now.delete()
                gone += 1
    return gone


def forget_invitations() -> int:
    """Removes invitations whose last day is over; returns how many."""
    return invitations.forget_old(SeriesInvitation.objects)
