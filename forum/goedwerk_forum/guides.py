"""The only way of a guide to what she guides: beside ``access``, with the same rules.

A guide is who has the right to guide and is named at the discussion, or who moderates it. Her
tools never touch what she wrote under her own pseudonym: a colleague does that.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Right

from . import access
from .circle_days import not_gone
from .errors import CircleClosed, NotAllowed, NotFound, OwnContribution
from .models import SEGMENT, Circle, Contribution, Discussion
from .people import Person, key_of

GUIDE = "goedwerk_forum.guide_discussion"


def guided_discussions(user: Person) -> QuerySet[Discussion]:
    """The discussions that the asker guides; branches that were moved back are not among them.

    Nor are those of a circle that is gone for everybody.
    """
    there = Discussion.objects.filter(is_enabled=True).select_related("page", "branch_of", "course")
    if not user.is_authenticated or not user.is_active:
        return there.none()
    hers = Q(pk__in=[])
    if user.has_perm(GUIDE):
        hers |= Q(guide=key_of(user)) | Q(second_guide=key_of(user))
    if access.is_moderator(user):
        hers |= Q(group__in=user.groups.all()) & access.within_reach(user)
    return there.filter(hers, not_gone())


def may_guide(user: Person) -> bool:
    """Whether there can be any discussion that the asker guides."""
    return bool(user.is_active and user.has_perm(GUIDE)) or access.is_moderator(user)


def require_guide(user: Person, discussion: Discussion) -> None:
    """Lets the guides of ``discussion`` pass, and nobody else.

    Raises:
        NotAllowed: ``user`` does not guide it.
    """
    if not guided_discussions(user).filter(pk=discussion.pk).exists():
        raise NotAllowed


def require_not_closed(discussion: Discussion) -> None:
    """Lets the tools of a guide pass, but in a circle that is closed: nothing moves there.

    Raises:
        CircleClosed: its members were told that it ended.
    """
    if not discussion.in_circle:
        return
    home_id = discussion.branch_of_id or discussion.pk
    if Circle.objects.filter(discussion=home_id, state=Circle.State.CLOSED).exists():
        raise CircleClosed


def guided_discussion(user: Person, uuid: str) -> Discussion:
    """One discussion that the asker guides."""
    try:
        found = guided_discussions(user).filter(uuid=uuid).first()
    except ValidationError:  # no uuid at all
        found = None
    if found is None:
        raise NotFound
    return found


def branches_of(discussion: Discussion) -> list[Discussion]:
    """The branches of a discussion that have a place of their own, in the order of the thread."""
    there = Discussion.objects.filter(branch_of=discussion, is_enabled=True)
    return list(there.exclude(branched_path="").order_by("branched_path"))


def seems_answered(branch: Discussion) -> bool:
    """Whether readers see something in a branch that was written there: unreleased texts, of
    which nobody may know yet, do not count."""
    moved_last = f"{branch.branched_position:0{SEGMENT}d}"
    written = Contribution.objects.filter(discussion=branch).shown()
    return written.alias(number=Right("path", SEGMENT)).filter(number__gt=moved_last).exists()


def guided_contribution(user: Person, public_id: str) -> Contribution:
    """What readers see in a discussion that the asker guides.

    Raises:
        NotFound: there is no such contribution, or not there.
        OwnContribution: she wrote it under her own pseudonym.
    """
    found = answered_contribution(user, public_id)
    if not found.by_guide and access.is_own(user, found):
        raise OwnContribution
    return found


def answered_contribution(user: Person, public_id: str) -> Contribution:
    """The same, for an answer in her role: also of what she wrote under her own pseudonym."""
    found = (
        Contribution.objects.shown()
        .filter(discussion__in=guided_discussions(user).values("pk"), public_id=public_id)
        .select_related(
            "discussion__page", "discussion__branch_of", "discussion__course", "participant"
        )
        .first()
    )
    if found is None:
        raise NotFound
    return found
