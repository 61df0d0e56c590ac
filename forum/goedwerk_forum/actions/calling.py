"""Asking openly for a voice that is missing: a kind of contribution, perhaps through some eyes.

At most one at a time in a discussion. It ends by itself when readers see such a contribution.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from .. import kinds
from ..errors import DiscussionClosed, NotFound
from ..models import Contribution, Discussion, Viewpoint
from ..people import Person
from .guiding import change_whole, guided_whole

#: Codes of the record.
CALL, CALL_OFF = "call", "call_off"


def call(*, user: Person, uuid: str, kind: str, viewpoint: str = "") -> None:
    """Asks for a contribution of ``kind``, through the eyes of ``viewpoint`` where it is given.

    A second call takes the place of the first.

    Raises:
        NotFound: there is no such discussion that ``user`` guides, or no such kind in use.
        DiscussionClosed: nobody may write there today.
    """
    if not kinds.words_of(kind).is_in_use:
        raise NotFound
    eyes = Viewpoint(viewpoint).value if viewpoint else ""
    with guided_whole(user, uuid) as discussion:
        if not discussion.is_open:
            raise DiscussionClosed
        was = discussion.called_kind
        if (was, discussion.called_viewpoint) != (kind, eyes):
            change_whole(discussion, CALL, was, kind, called_kind=kind, called_viewpoint=eyes)


def call_off(*, user: Person, uuid: str) -> None:
    """Asks for nothing any more."""
    with guided_whole(user, uuid) as discussion:
        if discussion.called_kind:
            was = discussion.called_kind
            change_whole(discussion, CALL_OFF, was, "", called_kind="", called_viewpoint="")


def end_answered(discussion_ids: Iterable[int], shown: Iterable[int]) -> None:
    """Ends the calls that these contributions answer; they became readable just now. One query.

    What a guide said in her role answers no call of hers.
    """
    answers = Contribution.objects.filter(
        Q(viewpoint=OuterRef("called_viewpoint")) | Q(discussion__called_viewpoint=""),
        discussion=OuterRef("pk"),
        pk__in=list(shown),
        kind=OuterRef("called_kind"),
        by_guide=False,
    )
    Discussion.objects.filter(
        Exists(answers.order_by()), pk__in=list(discussion_ids), called_kind__gt=""
    ).update(called_kind="", called_viewpoint="", version=F("version") + 1)
