"""What somebody does with all that is hers: take it back, let go of it.

Nothing here touches rows of two discussions in one transaction: rows that change together would
tell that they belong together.
"""

from __future__ import annotations

import secrets

from django.db import transaction

from .. import access
from ..errors import GuideOfThis, IllegalTransition, NotFound, StaleDecision
from ..identity import accounts, links
from ..models import Contribution, Discussion, Participant
from ..people import Person
from ..transitions import State
from . import audit, following
from .contributions import withdraw

#: Contributions withdrawn at one press of the button: a request that takes a second or two.
AT_ONCE = 50
#: Times that one contribution is tried while somebody else decides on it at the same moment.
TRIES = 3


def withdraw_all(*, user: Person, discussion: Discussion | None = None) -> int:
    """Withdraws what ``user`` wrote, in one discussion or in all; returns how many are left.

    With all that she wrote, what she follows goes.
    Each is withdrawn in a transaction of its own, in random order. What is left, because there
    was much or because the request broke off, goes when this is called again.
    """
    if discussion is None:
        following.unfollow_all(user=user)
    waiting = list(_still_there(user, discussion).values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(waiting)
    for contribution_id in waiting[:AT_ONCE]:
        _withdraw(contribution_id)
    return _still_there(user, discussion).count()


def _still_there(user: Person, discussion: Discussion | None) -> access.OwnContributions:
    found = access.own_contributions(user).exclude(state=State.WITHDRAWN)
    if discussion is None:
        return found
    # What she said there as its guide she withdraws one by one: it is no part of the pseudonym.
    return found.filter(participant__discussion=discussion, by_guide=False)


def _withdraw(contribution_id: int) -> None:
    for _try in range(TRIES):
        contribution = Contribution.objects.select_related("discussion").get(pk=contribution_id)
        try:
            withdraw(contribution=contribution)
        except StaleDecision:
            continue
        except IllegalTransition:
            return
        return


def cut_link(*, user: Person, discussion: Discussion) -> None:
    """Makes the link between ``user`` and her pseudonym in one discussion null, for good.

    She no longer follows it either, in a transaction of its own.

    Raises:
        NotFound: she has no link there, or no longer.
        GuideOfThis: she moderates the discussion, and could judge herself afterwards.
    """
    _refuse_judges(user, [discussion])
    following.unfollow_here(user=user, discussion=discussion)
    tokens = links.tokens_of(user, [discussion.uuid])
    with transaction.atomic():
        if not links.cut(Participant.objects.filter(token__in=tokens)):
            raise NotFound
        _record("cut", "discussion", discussion.uuid.hex)


def cut_all_links(*, user: Person) -> None:
    """Gives ``user`` a new identity, from which none of her tokens can be computed.

    Her participants and follows are not touched: if all of them lost their tokens on one day, two
    nightly dumps would tell that they are one person's. Their tokens and seals lead to nobody now,
    and go with those of everybody else when their term has passed.

    Raises:
        GuideOfThis: she takes part in a discussion that she moderates.
    """
    _refuse_judges(user, Discussion.objects.filter(participants__in=access.own_participants(user)))
    with transaction.atomic():
        accounts.renew(user)
        _record("cut_all", "account")


def leave(*, user: Person) -> None:
    """Removes the account of ``user``; what she wrote stays, and leads to nobody.

    Raises:
        LastOwner: nobody else could let people into the admin.
    """
    with transaction.atomic():
        accounts.remove(user)
        _record("leave", "account")


def _refuse_judges(user: Person, discussions: access.Discussions) -> None:
    ids = [discussion.pk for discussion in discussions]
    if access.granted_discussions(user).filter(pk__in=ids).exists():
        raise GuideOfThis


def _record(action: str, kind: str, object_id: str = "") -> None:
    """What was done, on a day; never by whom."""
    audit.write([audit.about(kind, object_id, action, actor=audit.AUTHOR)])
