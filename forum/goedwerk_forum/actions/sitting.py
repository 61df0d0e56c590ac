"""Whether somebody still sits in a circle, asked where she writes."""

from __future__ import annotations

from ..errors import NotMember
from ..models import Membership, Participant


def require_member(participant: Participant) -> None:
    """Lets through who still sits in the circle; called with its home locked.

    Raises:
        NotMember: she left, or was taken out, since her form was shown.
    """
    sits = Participant.objects.filter(pk=participant.pk, membership=Membership.MEMBER)
    if not sits.exists():
        raise NotMember
