"""What is done to a discussion as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from ..errors import DiscussionClosed
from ..models import AuditRecord, Discussion

if TYPE_CHECKING:
    from ..pages import DiscussionPageMixin


def follow_page(page: DiscussionPageMixin) -> Discussion | None:
    """Makes the discussion what the live page says; called in the page's own transaction."""
    discussion = Discussion.objects.filter(page_id=page.pk).first()
    if discussion is None and not page.has_discussion:
        return None
    if discussion is None:
        discussion = Discussion(page_id=page.pk)
    before = discussion.policy if discussion.pk else ""
    wanted = {
        "is_enabled": page.has_discussion,
        "question": page.discussion_question or discussion.question,
        "policy": page.discussion_policy,
        "group_id": page.discussion_group_id or discussion.group_id,
        "guide_id": page.discussion_guide_id,
        "opens_on": page.discussion_opens_on,
        "closes_on": page.discussion_closes_on,
    }
    for name, value in wanted.items():
        setattr(discussion, name, value)
    if discussion.pk:
        discussion.version = F("version") + 1
    discussion.save()
    discussion.refresh_from_db()
    if before != discussion.policy:
        _record_policy(discussion, before)
    page.__dict__.pop("_discussion", None)
    return discussion


def _record_policy(discussion: Discussion, before: str) -> None:
    AuditRecord.objects.create(
        day=timezone.localdate(),
        actor="editor",
        action="policy",
        object_kind="discussion",
        object_id=discussion.uuid.hex,
        object_version=discussion.version,
        before=before,
        after=discussion.policy,
    )


def locked(discussion: Discussion) -> Discussion:
    """The discussion as it is now; nobody else takes a position until the transaction ends."""
    found = (
        Discussion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("page")
        .filter(pk=discussion.pk)
        .first()
    )
    if found is None:
        raise DiscussionClosed
    return found


def take_position(discussion: Discussion) -> int:
    """The next number in a locked discussion.

    Raises:
        DiscussionClosed: it was closed, or its page unpublished, in the meantime.
    """
    if not discussion.is_open:
        raise DiscussionClosed
    position = discussion.last_position + 1
    Discussion.objects.filter(pk=discussion.pk).update(last_position=position)
    return position


def raise_version(discussion_id: int, *, shown: int = 0) -> None:
    """Says that readers now see something else; ``shown`` is the change in texts on the page."""
    Discussion.objects.filter(pk=discussion_id).update(
        version=F("version") + 1, shown_count=F("shown_count") + shown
    )
