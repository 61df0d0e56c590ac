"""Joining a discussion."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from .. import access, guides
from ..errors import HeldBack, NotMember, PseudonymTaken
from ..identity import keys, links
from ..models import Discussion, Participant, RoleLabel
from ..people import Person
from .discussions import require_open

#: Under what name each guide speaks; in the page's language it is shown as a role.
GUIDE = "Begeleider"


def join(
    *, user: Person, discussion: Discussion, pseudonym: str, role_label: str = ""
) -> Participant:
    """Makes ``user`` a participant under a pseudonym that ``identity.pseudonyms`` drew.

    Joining twice returns the first participant: the pseudonym is stable within a discussion.

    Raises:
        DiscussionClosed: nobody may write here now.
        HeldBack: she was paused or excluded.
        NotMember: it is a circle's, where one comes in by invitation.
        PseudonymTaken: somebody else has the pseudonym.
        KeyMissing: this process has no identity keys.
    """
    existing = links.participant_of(user, discussion)
    if existing is not None:
        return existing
    if discussion.in_circle:
        raise NotMember
    require_open(discussion)
    held = access.held_back(user)
    if held is not None and held.forbids:
        raise HeldBack(held)
    offered = RoleLabel.objects.filter(is_offered=True, name=role_label).exists()
    made = Participant(
        discussion=discussion.home, pseudonym=pseudonym, role_label=role_label if offered else ""
    )
    try:
        return linked(made, user)
    except IntegrityError:
        joined_meanwhile = links.participant_of(user, discussion)
        if joined_meanwhile is not None:
            return joined_meanwhile
        raise PseudonymTaken from None


def join_as_guide(*, user: Person, discussion: Discussion) -> Participant:
    """Who ``user`` is as the guide of a discussion: a row apart from her own pseudonym.

    Raises:
        NotAllowed: she does not guide it.
        KeyMissing: this process has no identity keys.
    """
    guides.require_guide(user, discussion)
    existing = links.participant_of(user, discussion, is_guide=True)
    if existing is not None:
        return existing
    made = Participant(discussion=discussion.home, pseudonym=GUIDE, is_guide=True)
    try:
        return linked(made, user)
    except IntegrityError:
        joined_meanwhile = links.participant_of(user, discussion, is_guide=True)
        if joined_meanwhile is None:
            raise
        return joined_meanwhile


def linked(made: Participant, user: Person) -> Participant:
    """Saves a new participant with the link to the account of ``user``."""
    account = links.account_uuid(user)
    made.token = links.token(account, made.place)
    made.sealed_account = links.seal(account)
    made.key_id = keys.key_id()
    with transaction.atomic():
        made.save(force_insert=True)
    return made
