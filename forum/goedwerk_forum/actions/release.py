"""The release moment: what was published since the last one becomes readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django_comments.models import Comment

from ..models import Contribution, Discussion, Notice, OutboxRow, Revision
from ..models.participants import OUT
from ..outbox.rows import finish
from ..transitions import Display, RevisionState, State
from . import following, indexing, notices
from .calling import end_answered
from .discussions import raise_version
from .turns import count_passes, with_waiting_passes


def release(discussion_ids: list[int], rows: Sequence[OutboxRow] = ()) -> int:
    """Shows what waits in these discussions; returns how many texts became readable or new.

    Their branches come along, and what they are a branch of: what waits may have been moved since.
    """
    near = Discussion.objects.filter(
        Q(pk__in=discussion_ids) | Q(branch_of__in=discussion_ids) | Q(branches__in=discussion_ids)
    )
    with transaction.atomic():
        due = list(
            Contribution.objects.filter(discussion__in=near.values("pk"), state=State.PUBLISHED)
            .filter(~Q(display=Display.TEXT) | Q(accepted_revision__gt=F("shown_revision")))
            .select_related("in_reply_to__participant")
            .select_for_update(of=("self",), no_key=True)
            .order_by("pk")
        )
        listens = with_waiting_passes(near)
        _count(due, listens)
        count_passes(listens)
        if due:
            ids = [contribution.pk for contribution in due]
            _show(ids)
            _note_since(due)
            indexing.add_contributions(ids)
            following.ask_to_tell([said.pk for said in due if not said.shown_since])
            end_answered(
                {contribution.discussion_id for contribution in due},
                ids,
            )
            _tell_parents(due)
        finish(rows)
    return len(due)


def _accepted(column: str) -> Subquery:
    accepted = Revision.objects.filter(
        contribution_id=OuterRef("pk"), state=RevisionState.ACCEPTED
    ).order_by("-number")
    return Subquery(accepted.values(column)[:1])


def _show(ids: list[int]) -> None:
    Comment.objects.filter(pk__in=ids).update(comment=_accepted("text"))
    Contribution.objects.filter(pk__in=ids).update(
        display=Display.TEXT,
        shown_revision=F("accepted_revision"),
        is_edited=Case(
            When(shown_revision__gt=0, accepted_revision__gt=F("shown_revision"), then=True),
            default=F("is_edited"),
        ),
        kind=_accepted("kind"),
        # Through whose eyes she looked was said of the kind that it had.
        viewpoint=Case(When(kind=_accepted("kind"), then=F("viewpoint")), default=Value("")),
        lens=_accepted("lens"),
    )


def _count(due: list[Contribution], listens: set[int]) -> None:
    """Raises each version once, a home before its branches: so everybody locks them."""
    new = Counter(c.discussion_id for c in due if c.display != Display.TEXT)
    for discussion_id in sorted(listens | {contribution.discussion_id for contribution in due}):
        raise_version(discussion_id, shown=new[discussion_id])


def _note_since(due: list[Contribution]) -> None:
    """With which version of its discussion each first stood there: what is new since then."""
    now = Discussion.objects.filter(pk=OuterRef("discussion")).values("version")
    new = [contribution.pk for contribution in due if not contribution.shown_since]
    Contribution.objects.filter(pk__in=new).update(shown_since=Subquery(now))


def _tell_parents(due: list[Contribution]) -> None:
    """Whose contribution was answered hears of it when the answer can be read, and only once."""
    notices.add(
        [
            (reply, Notice.Event.REPLY, None, reply.in_reply_to.participant_id)
            for reply in due
            if reply.in_reply_to is not None
            and reply.shown_revision == 0
            and reply.in_reply_to.participant_id != reply.participant_id
            and reply.in_reply_to.participant.membership not in OUT
        ]
    )
