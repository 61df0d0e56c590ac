"""What is done to a discussion as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from ..errors import DiscussionClosed
from ..models import AuditRecord, Discussion

if TYPE_CHECKING:
    from ..pages import DiscussionPageMixin

#: Codes of the record.
SENSITIVE, ORDINARY = "sensitive", "not_sensitive"


def follow_page(page: DiscussionPageMixin) -> Discussion | None:
    """Makes the discussion what the live page says; called in the page's own transaction."""
    discussion = Discussion.objects.filter(page_id=page.pk).first()
    if discussion is None and not page.has_discussion:
        return None
    if discussion is None:
        discussion = Discussion(page_id=page.pk)
    before = _moderated(discussion) if discussion.pk else ("", ORDINARY)
    wanted = {
        "is_enabled": page.has_discussion,
        "question": page.discussion_question or discussion.question,
        "policy": page.discussion_policy,
        "is_sensitive": page.discussion_is_sensitive,
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
    _record_moderation(discussion, before)
    page.__dict__.pop("_discussion", None)
    return discussion


def _moderated(discussion: Discussion) -> tuple[str, str]:
    """How a discussion is moderated, in the codes of the record: policy, and sensitive or not."""
    return discussion.policy, SENSITIVE if discussion.is_sensitive else ORDINARY


def _record_moderation(discussion: Discussion, before: tuple[str, str]) -> None:
    """A row for each thing that changed in who reads first."""
    changes = zip(("policy", "sensitive"), before, _moderated(discussion), strict=True)
    AuditRecord.objects.bulk_create(
        AuditRecord(
            day=timezone.localdate(),
            actor="editor",
            action=action,
            object_kind="discussion",
            object_id=discussion.uuid.hex,
            object_version=discussion.version,
            before=old,
            after=new,
        )
        for action, old, new in changes
        if old != new
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
