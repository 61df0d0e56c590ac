"""Passing one's turn in a round: "ik luister"."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..courses import course_of, own_turns
from ..errors import NoRound, SpokenAlready
from ..models import Discussion, Participant, RoundPass
from ..outbox.rows import ask_release
from ..people import Person
from .discussions import locked, require_open
from .letting_go import in_batches
from .standing import require_may_write


def listen(*, user: Person, participant: Participant, discussion: Discussion) -> None:
    """Passes her turn in the round in hand; twice is once. She may still speak in it, once.

    Others know of it from the next release moment, as they would of a text.

    Raises:
        DiscussionClosed, DiscussionPaused: nobody may write here now.
        HeldBack: she was paused or excluded.
        NoRound: there is no round, or everybody may speak already.
        SpokenAlready: she had her turn.
    """
    with transaction.atomic():
        here = locked(discussion)
        require_open(here)
        require_may_write(user, participant)
        course = course_of(here)
        if course is None or not course.step.is_round or course.is_floor_open:
            raise NoRound
        if own_turns(here, participant).exists():
            raise SpokenAlready
        _passed, is_new = RoundPass.objects.get_or_create(
            course=course,
            step=course.position,
            participant=participant,
            defaults={"day": timezone.localdate()},
        )
        if is_new:
            ask_release([here.pk])


def has_passed(participant: Participant, discussion: Discussion) -> bool:
    """Whether she listens in the round in hand."""
    course = course_of(discussion)
    return (
        course is not None
        and RoundPass.objects.filter(
            course=course, step=course.position, participant=participant
        ).exists()
    )


def forget_passes() -> int:
    """Who listened in the last round of a dialogue that is over: no other step takes it away."""
    is_over = Q(course__discussion__closes_on__lt=timezone.localdate()) | Q(
        course__discussion__ended_on__isnull=False
    )
    return in_batches(
        RoundPass.objects.filter(is_over),
        lambda rows: rows.delete(),
        discussion="course__discussion_id",
    )
