"""What is done to a discussion as a whole."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, DateField, F, Q, Value, When

from ..errors import BranchClosed, DiscussionClosed, DiscussionPaused
from ..identity import links
from ..models import Contribution, Discussion
from . import audit

if TYPE_CHECKING:
    from ..pages import DiscussionPageMixin

#: Codes of the record.
SENSITIVE, ORDINARY = "sensitive", "not_sensitive"


def follow_page(page: DiscussionPageMixin) -> Discussion | None:
    """Makes the discussion what the live page says; called in the page's own transaction."""
    from . import formats

    homes = Discussion.objects.filter(page_id=page.pk, branch_of__isnull=True)
    # All of the row is saved below: what somebody writes meanwhile has to be counted in it.
    discussion = homes.select_for_update(of=("self",), no_key=True).first()
    if discussion is None and not page.has_discussion:
        return None
    if discussion is None:
        discussion = Discussion(page_id=page.pk)
    before = _moderated(discussion) if discussion.pk else ("", ORDINARY)
    closed = discussion.closes_on
    wanted = {
        "is_enabled": page.has_discussion,
        "question": page.discussion_question or discussion.question,
        "policy": page.discussion_policy,
        "is_sensitive": page.discussion_is_sensitive,
        "group_id": page.discussion_group_id or discussion.group_id,
        "guide_id": page.discussion_guide_id,
        "opens_on": page.discussion_opens_on,
        "closes_on": _closing(page, discussion),
        "page_closes_on": page.discussion_closes_on,
    }
    for name, value in wanted.items():
        setattr(discussion, name, value)
    if discussion.pk:
        discussion.version = F("version") + 1
    discussion.save()
    discussion.refresh_from_db()
    links.forget_homes()
    _follow_home(discussion)
    branches_follow(discussion, closed_before=closed)
    formats.follow_page(discussion, page.discussion_format)
    _record_moderation(discussion, before)
    page.__dict__.pop("_discussion", None)
    return discussion


def _closing(page: DiscussionPageMixin, discussion: Discussion) -> datetime.date | None:
    """The day after which it closes: the guide's, until an editor says something new."""
    asked, opens = page.discussion_closes_on, page.discussion_opens_on
    chosen = discussion.closes_on
    if asked != discussion.page_closes_on or (opens and chosen and chosen < opens):
        return asked
    return chosen or asked


def _follow_home(home: Discussion) -> None:
    """Branches are read and moderated as their home is; one that was moved back stays shut."""
    home.branches.exclude(branched_path="").update(
        is_enabled=home.is_enabled,
        policy=home.policy,
        is_sensitive=home.is_sensitive,
        group=home.group_id,
        guide=home.guide_id,
        version=F("version") + 1,
    )


def branches_follow(home: Discussion, *, closed_before: datetime.date | None) -> None:
    """Branches open and close as their home does; one that its guide closes sooner stays so.

    ``closed_before``: the last day of the home until now. Sessions of a circle have days of their
    own.
    """
    branches = home.branches.exclude(branched_path="").filter(in_circle=False)
    closes_on = home.closes_on
    follows = Q(closes_on=closed_before) | Q(closes_on__isnull=True)
    if closes_on is not None:
        follows |= Q(closes_on__gt=closes_on)
    if home.opens_on is not None:
        follows |= Q(closes_on__lt=home.opens_on)
    branches.exclude(opens_on=home.opens_on, closes_on=closes_on).update(
        opens_on=home.opens_on,
        closes_on=Case(
            When(follows, then=Value(closes_on)),
            default=F("closes_on"),
            output_field=DateField(),
        ),
        version=F("version") + 1,
    )


def _moderated(discussion: Discussion) -> tuple[str, str]:
    """How a discussion is moderated, in the codes of the record: policy, and sensitive or not."""
    return discussion.policy, SENSITIVE if discussion.is_sensitive else ORDINARY


def _record_moderation(discussion: Discussion, before: tuple[str, str]) -> None:
    """A row for each thing that changed in who reads first."""
    changes = zip(("policy", "sensitive"), before, _moderated(discussion), strict=True)
    audit.write(
        audit.about_discussion(discussion, action, actor="editor", before=old, after=new)
        for action, old, new in changes
        if old != new
    )


def locked(discussion: Discussion) -> Discussion:
    """The discussion as it is now, under the lock of its home.

    Until the transaction ends nobody else takes a position, moves or closes anything there, nor
    in another branch of the same home.
    """
    found = (
        Discussion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("page", "course")
        .filter(pk=discussion.branch_of_id or discussion.pk)
        .first()
    )
    if found is not None and discussion.branch_of_id:
        branches = Discussion.objects.select_related("page", "branch_of", "course")
        found = branches.filter(pk=discussion.pk).first()
    if found is None:
        raise DiscussionClosed
    return found


def require_open(discussion: Discussion, *, to_guide: bool = False) -> None:
    """Lets through who may write in ``discussion`` today; its guide also while others only read.

    Raises:
        DiscussionClosed: nobody may write here now.
        DiscussionPaused: its guide lets people only read for now.
    """
    if not discussion.is_running:
        raise DiscussionClosed
    if discussion.is_read_only and not to_guide:
        raise DiscussionPaused


def require_open_branch(parent: Contribution) -> None:
    """Lets through who may reply to ``parent``.

    Raises:
        BranchClosed: its guide closed the part of the thread in which it stands.
    """
    if parent.closed_with_id:
        raise BranchClosed


def take_position(discussion: Discussion, *, to_guide: bool = False) -> int:
    """The next number in a locked discussion.

    Raises:
        DiscussionClosed: it was closed, or its page unpublished, in the meantime.
        DiscussionPaused: its guide lets people only read, and it is not she who writes.
    """
    require_open(discussion, to_guide=to_guide)
    position = discussion.last_position + 1
    Discussion.objects.filter(pk=discussion.pk).update(last_position=position)
    return position


def number_ahead(home_id: int) -> None:
    """Takes the lock of a home and its next number in one go: ``last_position``, read after it.

    The number is lost where a reply turns out to have been moved to a branch; nobody sees numbers.
    """
    Discussion.objects.filter(pk=home_id).update(last_position=F("last_position") + 1)


def raise_version(discussion_id: int, *, shown: int = 0) -> None:
    """Says that readers now see something else; ``shown`` is the change in texts on the page."""
    Discussion.objects.filter(pk=discussion_id).update(
        version=F("version") + 1, shown_count=F("shown_count") + shown
    )
