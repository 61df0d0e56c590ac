"""Who sits in a circle: inviting, joining, saying yes, being there, leaving, being taken out.

A member is a participant of the circle's home. Taking the last place, and what a guide does
meanwhile, hold the lock of that home.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import access, circles
from ..errors import (
    CircleFull,
    GuideOfCircle,
    HeldBack,
    IllegalTransition,
    InvitationGone,
    NotFound,
    PseudonymTaken,
)
from ..identity import links, once
from ..models import (
    LARGEST,
    Circle,
    CircleInvitation,
    CircleMark,
    CircleRemoval,
    Discussion,
    Membership,
    Participant,
    ReasonCode,
)
from ..outbox.rows import enqueue
from ..people import Person
from . import audit, invitations, notices
from .circles import guided
from .discussions import locked
from .guiding import record
from .participants import linked

#: Kind of the outbox row that tells somebody by mail that there is news.
NEWS = "circle"
#: Codes of the record.
INVITED, REVOKED, REMOVED = "circle_invite", "circle_revoke", "circle_remove"
JOINED, LEFT = "circle_join", "circle_leave"


# --- invitations ---------------------------------------------------------------------------------


def invite(*, user: Person, uuid: str, expires_on: datetime.date, places: int) -> str:
    """A new invitation for so many people; returns its secret, shown once and kept nowhere.

    Raises:
        NotFound: there is no such circle that ``user`` guides.
        IllegalTransition: it is closed, or the day or the number is impossible.
        CircleFull: that many places are not left, those of other invitations counted.
    """
    if places < 1:
        raise IllegalTransition
    secret = invitations.new_secret(expires_on)
    with guided(user, uuid) as circle:
        if places > places_to_give(circle):
            raise CircleFull
        CircleInvitation.objects.create(
            circle=circle,
            digest=invitations.hashed(secret),
            expires_on=expires_on,
            uses_left=places,
        )
        record(circle.discussion, INVITED)
    return secret


def places_to_give(circle: Circle) -> int:
    """Places that nobody took, and no invitation keeps free."""
    there = invitations.good(circle.invitations)
    promised = sum(there.values_list("uses_left", flat=True))
    return max(0, LARGEST - circles.members_of(circle).count() - promised)


def revoke(*, user: Person, uuid: str, public_id: str) -> None:
    """Makes an invitation useless, at once.

    Raises:
        NotFound: there is no such invitation to a circle that ``user`` guides.
    """
    with guided(user, uuid) as circle:
        gone, _by_model = circle.invitations.filter(public_id=public_id).delete()
        if not gone:
            raise NotFound
        record(circle.discussion, REVOKED)


def forget_invitations() -> int:
    """Removes invitations whose last day is over; returns how many."""
    return invitations.forget_old(CircleInvitation.objects)


def invitation_of(secret: str) -> CircleInvitation:
    """The invitation that a link holds, where it still invites.

    Raises:
        InvitationGone: it is used up, revoked, too old, or never was.
    """
    found = (
        invitations.good(CircleInvitation.objects)
        .select_related("circle__discussion__page")
        .filter(digest=invitations.hashed(secret))
        .exclude(circle__state=Circle.State.CLOSED)
        .first()
    )
    if found is None:
        raise InvitationGone
    return found


# --- members -------------------------------------------------------------------------------------


def join(*, user: Person, secret: str, pseudonym: str) -> Circle:
    """Makes ``user`` a member under a pseudonym that was drawn for the circle.

    Who left comes back under the pseudonym that she had. A member stays one, and takes no place.

    Raises:
        InvitationGone: as ``invitation_of``; or she was taken out of this circle.
        CircleFull: the last place was taken.
        GuideOfCircle: she guides it.
        HeldBack: she was paused or excluded.
        PseudonymTaken: somebody else has the pseudonym.
        KeyMissing: this process has no identity keys.
    """
    circle = invitation_of(secret).circle
    home = circle.discussion
    if circles.guides_it(user, home):
        raise GuideOfCircle
    held = access.held_back(user)
    if held is not None and held.forbids:
        raise HeldBack(held)
    links.account_uuid(user)  # made here, not in the transaction of the membership
    try:
        with transaction.atomic():
            locked(home)
            _sit_down(user, invitation_of(secret), pseudonym)
    except IntegrityError:
        raise PseudonymTaken from None
    return circle


def _sit_down(user: Person, invitation: CircleInvitation, pseudonym: str) -> None:
    """Takes a place of the invitation, with the home locked."""
    circle = invitation.circle
    before = links.participant_of(user, circle.discussion)
    if before is not None and before.membership == Membership.MEMBER:
        return
    if before is not None and before.membership == Membership.REMOVED:
        raise InvitationGone
    if circles.members_of(circle).count() >= LARGEST:
        raise CircleFull
    if before is not None:
        Participant.objects.filter(pk=before.pk).update(membership=Membership.MEMBER)
    else:
        made = Participant(
            discussion=circle.discussion, pseudonym=pseudonym, membership=Membership.MEMBER
        )
        linked(made, user)
    _use(invitation)
    _record(circle.discussion, JOINED)


def _use(invitation: CircleInvitation) -> None:
    if invitation.uses_left == 1:
        invitation.delete()
        return
    CircleInvitation.objects.filter(pk=invitation.pk).update(uses_left=invitation.uses_left - 1)


def leave(*, user: Person, uuid: str) -> None:
    """Ends the membership of ``user``; what she said stays, and stays hers to withdraw.

    Raises:
        NotFound: she does not sit in such a circle.
    """
    circle = circles.open_circle(user, uuid)
    with transaction.atomic():
        locked(circle.discussion)
        member = _member(user, circle)
        Participant.objects.filter(pk=member.pk).update(membership=Membership.LEFT)
        _record(circle.discussion, LEFT)


def _member(user: Person, circle: Circle) -> Participant:
    member = links.participant_of(user, circle.discussion)
    if member is None or member.membership != Membership.MEMBER:
        raise NotFound
    return member


def agree(*, user: Person, uuid: str, rules: str) -> None:
    """Says yes to the house rules that were shown, once.

    Raises:
        NotFound: she does not sit in such a circle.
        IllegalTransition: there are no rules, or others by now, or the circle is closed.
    """
    circle = circles.open_circle(user, uuid)
    with _sitting(user, circle) as now:
        if now.is_closed or not now.rules or now.rules != rules:
            raise IllegalTransition
        _mark(user, now.discussion)


def attend(*, user: Person, uuid: str, comes: bool) -> None:
    """Says that she will be at a session, or not after all.

    Raises:
        NotFound: there is no such session in a circle in which she sits.
        IllegalTransition: the session was before today, or the circle is closed.
    """
    session = circles.open_session(user, uuid)
    with _sitting(user, session.circle) as circle:
        if circle.is_closed or session.is_over:
            raise IllegalTransition
        if comes:
            _mark(user, session.discussion)
        else:
            tokens = once.marks_of(user, session.discussion.uuid)
            CircleMark.objects.filter(discussion=session.discussion, token__in=tokens).delete()


@contextmanager
def _sitting(user: Person, circle: Circle) -> Iterator[Circle]:
    """The circle as it is now, locked, for a member of it."""
    with transaction.atomic():
        locked(circle.discussion)
        _member(user, circle)
        yield Circle.objects.select_related("discussion").get(pk=circle.pk)


def _mark(user: Person, discussion: Discussion) -> None:
    if circles.has_marked(user, discussion):
        return
    CircleMark.objects.create(discussion=discussion, token=once.mark(user, discussion.uuid))


def forget_attendance() -> int:
    """Who said that they would be at a session that is over: of no use to anybody any more."""
    past = CircleMark.objects.filter(discussion__circle_session__day__lt=timezone.localdate())
    gone, _by_model = past.delete()
    return gone


# --- taking somebody out -------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """Why somebody is taken out: a reason of the list, and words that she will read."""

    reason: str
    words: str


def remove(*, user: Person, uuid: str, pseudonym: str, ground: Ground) -> None:
    """Takes a member out of the circle, by pseudonym; she reads why, and cannot come back.

    What she said stays, and stays hers to withdraw.

    Raises:
        NotFound: nobody of that name sits in a circle that ``user`` guides.
    """
    with guided(user, uuid) as circle:
        member = circles.members_of(circle).filter(pseudonym=pseudonym).first()
        if member is None:
            raise NotFound
        Participant.objects.filter(pk=member.pk).update(membership=Membership.REMOVED)
        removal = CircleRemoval.objects.create(
            participant=member,
            reason=ReasonCode(ground.reason),
            words=ground.words,
            day=timezone.localdate(),
        )
        record(circle.discussion, REMOVED)
        enqueue(NEWS, [(removal.pk, 0)], notices.next_digest())


def forget_removals() -> int:
    """Why somebody was taken out, when the circle itself is gone for everybody."""
    long_ago = timezone.localdate() - circles.STAYS
    gone, _by_model = CircleRemoval.objects.filter(
        participant__discussion__closes_on__lt=long_ago
    ).delete()
    return gone


def _record(discussion: Discussion, action: str) -> None:
    """That somebody came or went, on a day; never who."""
    audit.write([audit.about_discussion(discussion, action, actor=audit.AUTHOR)])
