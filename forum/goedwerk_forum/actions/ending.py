"""Ending a dialogue with thanks: the guide's closing words; and opening it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import F, QuerySet
from django.utils import timezone

from ..errors import HomeEnded, NotFound
from ..models import Discussion
from ..people import Person
from .guiding import OFF, ON, change_whole, guided_whole, require_untraceable

#: Codes of the record.
END, REOPEN = "end_with_thanks", "reopen_ended"


@dataclass(frozen=True)
class ClosingWords:
    """What a guide says at the end: thanks, what was heard, and what happens with it."""

    closing_thanks: str
    closing_heard: str
    closing_onward: str


def end(*, user: Person, uuid: str, words: ClosingWords) -> None:
    """Ends a dialogue: from now on people only read, its guide too. Its branches end with it.

    Of one that has ended it changes the closing words. What was sent before still comes.

    Raises:
        NotFound: there is no such discussion that ``user`` guides, or no word of thanks.
        Traceable: the finder marks somebody in the words.
    """
    if not words.closing_thanks:
        raise NotFound
    for text in asdict(words).values():
        require_untraceable(text)
    with guided_whole(user, uuid) as discussion:
        was = ON if discussion.ended_on else OFF
        today = discussion.ended_on or timezone.localdate()
        change_whole(
            discussion,
            END,
            was,
            ON,
            ended_on=today,
            called_kind="",
            called_viewpoint="",
            **asdict(words),
        )
        if was == OFF:
            _branches(discussion).filter(ended_on__isnull=True).update(
                ended_on=today, called_kind="", called_viewpoint="", version=F("version") + 1
            )


def reopen(*, user: Person, uuid: str) -> None:
    """Opens it again, with the branches that ended with it; its closing words wait for the next
    time, out of sight.

    Raises:
        HomeEnded: it is a branch, and all of it has ended.
    """
    with guided_whole(user, uuid) as discussion:
        if discussion.branch_of_id and discussion.home.ended_on:
            raise HomeEnded
        if discussion.ended_on:
            change_whole(discussion, REOPEN, ON, OFF, ended_on=None)
            _branches(discussion).filter(closing_thanks="").update(
                ended_on=None, version=F("version") + 1
            )


def _branches(home: Discussion) -> QuerySet[Discussion]:
    """Those that have a place of their own."""
    return Discussion.objects.filter(branch_of=home).exclude(branched_path="")
