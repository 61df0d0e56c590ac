"""Taking one's turn in the step in hand. Called under the lock of the home."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, Max, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ..courses import at_the_table, course_of, opens, own_turns, step_in_which
from ..errors import (
    ForumError,
    KindNotOpen,
    NotFound,
    NotYourTurn,
    StepMoved,
    TooManyInARow,
)
from ..models import Contribution, Course, Discussion, Participant, RoundPass, Step

#: Contributions of one participant after each other, before somebody else is read.
IN_A_ROW = 2


#: Answers about who writes, by the name of what was asked.
Seat = Mapping[str, bool]


def seat_of(participant: Participant, discussion: Discussion, **more: Combinable) -> Seat:
    """All that her turn hangs on, and ``more`` about her row, in one query: none where it is bare.

    Raises:
        NotFound: she takes part no more.
    """
    asked = _about_turn(participant, discussion) | more
    if not asked:
        return {}
    rows = Participant.objects.filter(pk=participant.pk).annotate(**asked)
    seat: Seat | None = rows.values(*asked).first()
    if seat is None:
        raise NotFound
    return seat


def _about_turn(participant: Participant, discussion: Discussion) -> dict[str, Combinable]:
    course = course_of(discussion)
    if course is None or participant.is_guide:
        return {}
    own = own_turns(discussion, participant)
    since = _since_others(discussion, participant, own)
    asked: dict[str, Combinable] = {"wrote_enough": Exists(since[IN_A_ROW - 1 :])}
    if course.step.is_round and not course.is_floor_open:
        others = at_the_table(discussion).exclude(pk=participant.pk)
        asked |= {
            "has_spoken": Exists(own),
            "others_wait": Exists(others.filter(was_heard=False)),
        }
    return asked


def _since_others(
    discussion: Discussion, participant: Participant, own: QuerySet[Contribution]
) -> QuerySet[Contribution]:
    """What she said after what readers see of others last: what waits, nobody may know of."""
    in_step = Contribution.objects.filter(
        discussion=discussion, step=discussion.course.position
    ).order_by()
    others = in_step.exclude(participant=participant).shown()
    last = others.values("discussion").annotate(last=Max("pk")).values("last")
    return own.filter(pk__gt=Coalesce(last, 0))


def take_turn(
    participant: Participant,
    discussion: Discussion,
    seat: Seat,
    *,
    kind: str,
    written_for: int | None,
) -> int:
    """The number of the step in which she speaks; 0 in a discussion without steps.

    ``seat`` was asked under the same lock. ``written_for`` is the step that her form showed, None
    where it showed none. A guide speaks whenever she wants, of whatever kind.

    Raises:
        StepMoved: the discussion is in another step than her form said.
        KindNotOpen: the step does not open this kind.
        NotYourTurn: she spoke in this round before, and not everybody was heard.
        TooManyInARow: she wrote the last two, and nobody else was read since.
    """
    course = course_of(discussion)
    if course is None:
        return 0
    if not participant.is_guide:
        if written_for is not None and written_for != course.position:
            raise StepMoved
        require_open_kind(course.step, kind)
        _require_turn(course, seat)
        if seat.get("has_spoken"):
            # Who joins from now on does not stop the others again.
            Course.objects.filter(pk=course.pk).update(is_floor_open=True)
    return course.position


def require_open_kind(step: Step, kind: str) -> None:
    """Lets through a kind that the step opens.

    Raises:
        KindNotOpen: it does not.
    """
    if kind not in [one.key for one in opens(step)]:
        raise KindNotOpen


def require_kind_of_its_step(contribution: Contribution, kind: str) -> None:
    """Lets an edit keep its kind, or take one that was open where it was said.

    Raises:
        KindNotOpen: it is neither.
    """
    if kind == contribution.kind:
        return
    step = step_in_which(contribution)
    if step is not None:
        require_open_kind(step, kind)


def _require_turn(course: Course, seat: Seat) -> None:
    if seat.get("has_spoken") and seat["others_wait"]:
        raise NotYourTurn(course.moves_on)
    if seat["wrote_enough"]:
        raise TooManyInARow


def what_waits(participant: Participant, discussion: Discussion) -> ForumError | None:
    """Why she cannot speak now, for her form; looks only, so the floor stays as it is."""
    course = course_of(discussion)
    if course is None or participant.is_guide:
        return None
    try:
        _require_turn(course, seat_of(participant, discussion))
    except ForumError as waits:
        return waits
    return None


def with_waiting_passes(near: QuerySet[Discussion]) -> set[int]:
    """The discussions in which others do not know yet who listens."""
    waiting = RoundPass.objects.filter(course__discussion__in=near.values("pk"), is_counted=False)
    return set(waiting.values_list("course__discussion_id", flat=True))


def count_passes(discussion_ids: set[int]) -> None:
    """From now on others know who listens there; called once their versions were raised.

    In that order: who ends a round holds the discussion before she takes its passes away.
    """
    if discussion_ids:
        RoundPass.objects.filter(course__discussion__in=discussion_ids).update(is_counted=True)
