"""Joining a discussion."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from .. import access
from ..errors import DiscussionClosed, HeldBack, PseudonymTaken
from ..identity import keys, links
from ..models import Discussion, Participant, RoleLabel
from ..people import Person


def join(
    *, user: Person, discussion: Discussion, pseudonym: str, role_label: str = ""
) -> Participant:
    """Makes ``user`` a participant under a pseudonym that ``identity.pseudonyms`` drew.

    Joining twice returns the first participant: the pseudonym is stable within a discussion.

    Raises:
        DiscussionClosed: nobody may write here now.
        HeldBack: she was paused or excluded.
        PseudonymTaken: somebody else has the pseudonym.
        KeyMissing: this process has no identity keys.
    """
    existing = links.participant_of(user, discussion)
    if existing is not None:
        return existing
    if not discussion.is_open:
        raise DiscussionClosed
    held = access.held_back(user)
    if held is not None and held.forbids:
        raise HeldBack(held)
    offered = RoleLabel.objects.filter(is_offered=True, name=role_label).exists()
    account = links.account_uuid(user)
    try:
        with transaction.atomic():
            return Participant.objects.create(
                discussion=discussion,
                pseudonym=pseudonym,
                role_label=role_label if offered else "",
                token=links.token(account, discussion.uuid),
                sealed_account=links.seal(account),
                key_id=keys.key_id(),
            )
    except IntegrityError:
        joined_meanwhile = links.participant_of(user, discussion)
        if joined_meanwhile is not None:
            return joined_meanwhile
        raise PseudonymTaken from None
