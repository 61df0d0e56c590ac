"""What a discussion's course says: the step in hand, what it opens, who may still be heard in it.

Other apps offer what one can do in a step beside writing (a vote, say), and follow what begins,
in ``ready``::

    courses.TASKS["vote"] = Task(
        _("stemmen"), _("Stem op deze stelling"), url_of_ballot, asks_something
    )
    courses.BEGUN.append(open_next_round)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from . import kinds
from .models import (
    Contribution,
    Course,
    Discussion,
    Format,
    FormatStep,
    Membership,
    Participant,
    RoundPass,
    Step,
)
from .transitions import Display, State

if TYPE_CHECKING:
    from .nodes import Node
    from .reading import Window

#: Participants from which a share says nothing about one of them, and the steps that it goes in.
ENOUGH, QUARTERS = 5, 4
#: States in which a contribution is no turn: its participant may speak instead.
TAKEN_BACK = (State.WITHDRAWN, State.REJECTED)


@dataclass(frozen=True)
class Task:
    """What one can do in a step on another page: its ``name`` in the admin, the words of the link.

    ``url_of`` gives its address for the page of the discussion; None where there is none now.
    ``fits`` says whether it can ever be done with a page of this type.
    """

    name: Any
    link: Any
    url_of: Callable[[Page], str | None]
    fits: Callable[[type[Page]], bool] = lambda kind: True


#: By the key that a step keeps.
TASKS: dict[str, Task] = {}
#: Called after the commit with the discussion and the step that began; what they raise harms none.
BEGUN: list[Callable[[Discussion, Step], None]] = []


def course_of(discussion: Discussion) -> Course | None:
    """Its course; no query where it was read with the discussion."""
    found: Course | None = getattr(discussion, "course", None)
    return found


def read_again(discussion: Discussion) -> None:
    """Its course as it is now, where it may have moved since the discussion was read."""
    if course_of(discussion) is not None:
        discussion._state.fields_cache.pop("course")


def step_of(discussion: Discussion) -> Step | None:
    """The step in hand; None in a discussion without steps."""
    course = course_of(discussion)
    return course.step if course else None


def step_in_which(contribution: Contribution) -> Step | None:
    """The step in which it was said; None outside any."""
    course = course_of(contribution.discussion) if contribution.step else None
    return course.numbered(contribution.step) if course else None


def opens(step: Step | None) -> list[kinds.KindWords]:
    """The kinds that one can choose in a step, in the owner's order.

    All of them where there is no step, where it names none, and where none that it names is in
    use any more.
    """
    there = list(kinds.in_use())
    named = [kind for kind in there if step is not None and kind.key in step.kinds]
    return named or there


def task_of(step: Step, page: Page) -> dict[str, Any] | None:
    """Where one does what the step asks beside writing: ``url`` and ``link``."""
    task = TASKS.get(step.task)
    url = task.url_of(page) if task else None
    return {"url": url, "link": task.link} if task and url else None


def can_do(key: str, kind: type[Page]) -> bool:
    """Whether a step with this task has something to do on a page of this type; "" is writing."""
    task = TASKS.get(key)
    return not key or (task is not None and task.fits(kind))


def formats_for(kind: type[Page]) -> QuerySet[Format]:
    """The formats of which every step can be done on a page of this type."""
    possible = [key for key in TASKS if can_do(key, kind)]
    beyond = FormatStep.objects.exclude(task__in=["", *possible])
    return Format.objects.exclude(pk__in=beyond.values("format"))


# --- rounds --------------------------------------------------------------------------------------


def at_the_table(discussion: Discussion) -> QuerySet[Any]:
    """Who takes part and can still speak, with whether others know of her turn in a round.

    ``was_heard``: readers see something of hers in this step, or her listening counts.
    """
    course = discussion.course
    said = Contribution.objects.filter(
        discussion=discussion, participant=OuterRef("pk"), step=course.position
    ).exclude(state__in=TAKEN_BACK)
    listens = RoundPass.objects.filter(
        course=course, step=course.position, participant=OuterRef("pk"), is_counted=True
    )
    return (
        Participant.objects.filter(
            discussion_id=discussion.branch_of_id or discussion.pk,
            is_guide=False,
            token__isnull=False,
            membership__in=["", Membership.MEMBER],
        )
        .annotate(
            was_heard=Q(Exists(said.exclude(display=Display.NOTHING).order_by())) | Exists(listens)
        )
        .order_by()
    )


def own_turns(discussion: Discussion, participant: Participant) -> QuerySet[Contribution]:
    """What a participant said in the step in hand, in whatever state that still counts."""
    return (
        Contribution.objects.filter(
            discussion=discussion, participant=participant, step=discussion.course.position
        )
        .exclude(state__in=TAKEN_BACK)
        .order_by()
    )


@dataclass(frozen=True)
class Unheard:
    """How many quarters of who takes part were not heard yet in a round: 0 none, 4 everybody."""

    quarters: int

    @property
    def heard(self) -> range:
        return range(QUARTERS - self.quarters)

    @property
    def missing(self) -> range:
        return range(QUARTERS - self.quarters, QUARTERS)


def unheard_in(discussion: Discussion) -> Unheard | None:
    """The share that was not heard yet in the round in hand, in quarters; one query.

    None outside a round, once the floor is open, and where so few take part that a share would
    point at one of them.
    """
    course = course_of(discussion)
    if course is None or not course.step.is_round or course.is_floor_open:
        return None
    counted = at_the_table(discussion).aggregate(
        all=Count("pk"), heard=Count("pk", filter=Q(was_heard=True))
    )
    if counted["all"] < ENOUGH:
        return None
    return Unheard(_quarters(counted["all"] - counted["heard"], counted["all"]))


def _quarters(part: int, whole: int) -> int:
    """The nearest number of quarters; none and all only where it is none or all."""
    if part in (0, whole):
        return QUARTERS * part // whole
    return min(max(round(QUARTERS * part / whole), 1), QUARTERS - 1)


# --- the thread ----------------------------------------------------------------------------------


def with_steps(window: Window, course: Course | None) -> Window:
    """The window, with at each node which step begins there, or in which other it was said."""
    if course is None:
        return window
    steps = {step.number: step for step in course.all_steps}
    if window.narrowing.newest:  # the steps lie across each other there
        for node in window.nodes:
            node.said_in = steps.get(node.contribution.step) if node.contribution else None
        return window
    before = 0
    for node in window.nodes:
        if node.contribution is None:
            continue
        number = node.contribution.step
        node.begins = steps.get(number) if number != before else None
        before = number
        _mark_below(node, steps)
    return window


def _mark_below(node: Node, steps: dict[int, Step]) -> None:
    for child in node.children:
        said, above = child.contribution, node.contribution
        if said and above and said.step != above.step:
            child.said_in = steps.get(said.step)
        _mark_below(child, steps)
