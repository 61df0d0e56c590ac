"""What who moderates, oversees or exports may see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.lookups import In
from django.utils import timezone

from ..circle_days import not_gone
from ..errors import NotFound, OwnContribution
from ..identity import links
from ..models import Contribution, Discussion, MeasureRequest, Participant
from ..people import Person, key_of
from .authors import is_own

MODERATE = "goedwerk_forum.moderate_discussion"
#: To see the figures of all discussions together.
OVERSEE = "goedwerk_forum.view_decisiontime"
#: To take figures along for research.
RESEARCH = "goedwerk_forum.export_research"

Discussions = Iterable[Discussion]


def is_moderator(user: Person) -> bool:
    return bool(user.is_active and user.has_perm(MODERATE))


def require_moderator(user: Person) -> None:
    """Raises NotFound for who moderates nothing."""
    if not is_moderator(user):
        raise NotFound


def oversees_all(user: Person) -> bool:
    """Whether she sees the figures of all discussions, granted to her or not."""
    return bool(user.is_active and user.has_perm(OVERSEE))


def may_export_research(user: Person) -> bool:
    """Whether she may take figures about all public dialogues along."""
    return bool(user.is_active and user.has_perm(RESEARCH))


def overseen_discussions(user: Person) -> QuerySet[Discussion]:
    """The discussions whose figures she may see: all of them, or those that she moderates."""
    granted = granted_discussions(user)
    if not oversees_all(user):
        return granted
    return Discussion.objects.filter(Q(in_circle=False) | Q(pk__in=granted.values("pk")))


def granted_discussions(user: Person) -> QuerySet[Discussion]:
    """The discussions that an ambassador may moderate: those of her groups, and no others.

    Of a circle only its two guides do, whoever else somebody let into its group.
    """
    if not is_moderator(user):
        return Discussion.objects.none()
    return Discussion.objects.filter(within_reach(user), group__in=user.groups.all())


def team_of(discussion: Discussion) -> Q:
    """A filter of users: who may be asked about a discussion, by its group; rights aside."""
    team = Q(groups=discussion.group_id)
    if discussion.in_circle:
        team &= Q(pk__in=[discussion.guide_id, discussion.second_guide_id])
    return team


def within_reach(user: Person) -> Q:
    """Discussions of no circle, or of a circle that the asker guides and that is not gone."""
    hers = Q(guide=key_of(user)) | Q(second_guide=key_of(user))
    return Q(in_circle=False) | (hers & not_gone())


def judgeable_contributions(
    user: Person, granted: Iterable[tuple[int, uuid.UUID]] | None = None
) -> QuerySet[Contribution]:
    """What an ambassador may judge: in granted discussions, never her own.

    ``granted``: keys and uuids of ``granted_discussions(user)``, where they were read already.
    """
    if granted is None:
        granted = granted_discussions(user).values_list("pk", "uuid")
    known = list(granted)
    mine = links.tokens_of(user, [mark for _pk, mark in known])
    return Contribution.objects.filter(_in_discussions([pk for pk, _mark in known])).filter(
        Q(participant__token__isnull=True) | ~Q(participant__token__in=mine)
    )


def _in_discussions(keys: list[int]) -> Q | In:
    """Contributions of these discussions, found in the order of the queue.

    SQLite would find them by discussion, and put all that waits in order for each page. An
    expression in the place of the column leaves it the index that has the order.
    """
    if connection.vendor == "sqlite" and keys:
        return In(F("discussion_id") + Value(0), keys)
    return Q(discussion__in=keys)


def judgeable(user: Person, public_id: str) -> Contribution:
    """One contribution that an ambassador may judge."""
    contribution = (
        Contribution.objects.filter(discussion__in=granted_discussions(user), public_id=public_id)
        .select_related(
            "discussion__page", "discussion__branch_of", "participant", "in_reply_to__participant"
        )
        .first()
    )
    if contribution is None:
        raise NotFound
    if is_own(user, contribution):
        raise OwnContribution
    return contribution


def measures_of(user: Person, participant: Participant) -> QuerySet[MeasureRequest]:
    """What holds, and what is asked, about a participant of a discussion granted to the asker."""
    return (
        _measures(user)
        .filter(contribution__participant=participant)
        .filter(
            Q(state=MeasureRequest.State.ASKED)
            | Q(state=MeasureRequest.State.STANDS, until__gte=timezone.localdate())
        )
        .order_by("until", "pk")
    )


def asked_measures(user: Person) -> QuerySet[MeasureRequest]:
    """Requests to exclude somebody that wait for a second person, in the asker's discussions.

    None of them is about herself.
    """
    granted = granted_discussions(user)
    mine = links.tokens_of(user, granted.values_list("uuid", flat=True))
    return (
        _measures(user)
        .filter(state=MeasureRequest.State.ASKED)
        .filter(
            Q(contribution__participant__token__isnull=True)
            | ~Q(contribution__participant__token__in=mine)
        )
        .order_by("day", "pk")
    )


def asked_measure(user: Person, public_id: str) -> MeasureRequest:
    """One request that waits for a second person."""
    return _measure(user, public_id, MeasureRequest.State.ASKED)


def standing_measure(user: Person, public_id: str) -> MeasureRequest:
    """One measure that was decided on in the asker's discussions, and not lifted."""
    return _measure(user, public_id, MeasureRequest.State.STANDS)


def _measure(user: Person, public_id: str, state: str) -> MeasureRequest:
    found = _measures(user).filter(public_id=public_id, state=state).first()
    if found is None:
        raise NotFound
    if is_own(user, found.contribution):
        raise OwnContribution
    return found


def _measures(user: Person) -> QuerySet[MeasureRequest]:
    return MeasureRequest.objects.filter(
        contribution__discussion__in=granted_discussions(user)
    ).select_related("contribution__discussion__page", "contribution__participant", "statement")
