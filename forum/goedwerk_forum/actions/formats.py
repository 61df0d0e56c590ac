"""How a discussion goes through a format: chosen, announced, moved on or back, by hand or by date.

What a guide announces happens on its day, by the outbox, at most once: each change of a course
raises its version, and a row of another version does nothing.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..courses import BEGUN, can_do, course_of
from ..errors import CourseBegun, ImpossibleDay, NoRound, NoSuchStep, NothingToDo, StepsChanged
from ..format_file import ReadFormat
from ..models import Course, Discussion, Format, FormatStep, OutboxRow, Step
from ..outbox.rows import Kind, enqueue, finish
from ..people import Person
from ..shipped_formats import FORMATS as SHIPPED
from . import audit, stock
from .discussions import locked, raise_version
from .guiding import GUIDE, OFF, ON, guided_whole

logger = logging.getLogger("goedwerk.formats")

#: Codes of the record, and who may be its actor beside a guide.
FORMAT, STEP, ANNOUNCE, FLOOR = "format", "step", "announce_step", "open_floor"
CLOCK = "clock"


# --- templates -----------------------------------------------------------------------------------


def bring_in(*, user: Person, read: ReadFormat) -> Format:
    """Makes the format that a file describes; ``user`` stands in its history, as staff does.

    Raises:
        NotAllowed: ``user`` may not.
        ValidationError: somebody made one of that name a moment ago.
    """
    stock.require(user, "add", Format)
    try:
        with transaction.atomic():
            made = _make(read.name, read.introduction, read.steps)
            stock.record(made, stock.MADE, user=user)
    except IntegrityError:
        raise ValidationError(_("Er is net al een werkvorm met deze naam gemaakt.")) from None
    return made


def bring_in_shipped() -> Iterator[str]:
    """Makes the shipped ones where a site has no format at all; yields a sentence where it did."""
    if Format.objects.exists():
        return
    with transaction.atomic():
        for name, introduction, steps in SHIPPED:
            _make(name, introduction, [asdict(step) | {"kinds": [*step.kinds]} for step in steps])
    yield "Made the formats of a dialogue."


def _make(name: str, introduction: str, steps: Iterable[Mapping[str, Any]]) -> Format:
    made = Format.objects.create(name=name, introduction=introduction)
    FormatStep.objects.bulk_create(
        FormatStep(format=made, sort_order=order, **step) for order, step in enumerate(steps)
    )
    return made


# --- choosing ------------------------------------------------------------------------------------


def choose_format(*, user: Person, uuid: str, template: Format) -> None:
    """Gives a discussion its own copy of a format's steps.

    Raises:
        NotFound: there is no such discussion that ``user`` guides.
        CourseBegun: it left the first step of another.
        NoSuchStep: it is a branch, or the format has no steps.
        NothingToDo: a step asks for something that cannot be done on its page.
    """
    with guided_whole(user, uuid) as discussion:
        before = course_of(discussion)
        _choose(discussion, template, actor=GUIDE)
        if before is not None and before.page_format_id:
            chosen = Course.objects.filter(discussion=discussion)
            chosen.update(page_format=before.page_format_id)


def follow_page(discussion: Discussion, template: Format | None) -> None:
    """Takes over what the page says, where it says something new and no step was left yet."""
    course = course_of(discussion)
    said = course.page_format if course else None
    if template == said or (course and course.has_moved):
        return
    if template and not can_be_held(discussion, copied(template)):
        return
    _choose(discussion, template, actor=stock.EDITOR)
    Course.objects.filter(discussion=discussion).update(page_format=template)


def _choose(discussion: Discussion, template: Format | None, *, actor: str) -> None:
    course = course_of(discussion)
    if course is not None and course.has_moved:
        raise CourseBegun
    if template is None and course is None:
        return
    steps = copied(template) if template else []
    if template and (discussion.branched_path or not steps):
        raise NoSuchStep
    if template and not can_be_held(discussion, steps):
        raise NothingToDo
    was, now = (ON if there else OFF for there in (course, template))
    raise_version(discussion.pk)  # before its passes go: a release takes them in that order
    if course is not None:
        course.delete()
        discussion._state.fields_cache.pop("course", None)
    if template:
        _begin(discussion, template, steps, version=course.version + 1 if course else 1)
    _record(discussion, FORMAT, was, now, actor=actor)


def can_be_held(discussion: Discussion, steps: Sequence[Step]) -> bool:
    """Whether there are steps, and each can be done on the page of the discussion."""
    kind = discussion.page.specific_class
    return bool(steps) and all(can_do(step.task, kind) for step in steps)


def copied(template: Format) -> list[Step]:
    """The steps of a template, as a discussion takes them over."""
    return [
        Step(
            number=number,
            name=step.name,
            question=step.question,
            kinds=tuple(step.kinds),
            days=step.days,
            is_round=step.is_round,
            task=step.task,
        )
        for number, step in enumerate(template.steps.all(), start=1)
    ]


def _begin(discussion: Discussion, template: Format, steps: list[Step], *, version: int) -> None:
    starts = max(timezone.localdate(), discussion.opens_on or datetime.date.min)
    course = Course(
        discussion=discussion,
        name=template.name,
        steps=[step.kept for step in steps],
        started_on=starts,
        version=version,
    )
    _plan(course, starts)
    course.save(force_insert=True)
    discussion.course = course
    _ask_clock(course)


def _plan(course: Course, starts: datetime.date) -> None:
    """When the step in hand ends by itself: after its days, where it has any and one follows."""
    follows = course.next_step
    course.moves_to, course.moves_on = None, None
    if follows and course.step.days:
        course.moves_to = follows.number
        course.moves_on = starts + datetime.timedelta(days=course.step.days)


# --- moving --------------------------------------------------------------------------------------


def move(*, user: Person, uuid: str, to: int, seen: int | None = None) -> None:
    """Goes to another step, on or back, at once; ``seen`` is the version that she was shown.

    Raises:
        NotFound: there is no such discussion that ``user`` guides.
        NoSuchStep: it has no such step, or is in it.
        StepsChanged: somebody or the clock changed the steps since.
    """
    with guided_whole(user, uuid) as discussion:
        _require_seen(discussion, seen)
        _go(_course_with(discussion, to), to, actor=GUIDE)


def announce(
    *, user: Person, uuid: str, to: int, on: datetime.date, seen: int | None = None
) -> None:
    """Says on which day the discussion goes to another step; on that day it does.

    Raises:
        NotFound, NoSuchStep, StepsChanged: as ``move``.
        ImpossibleDay: the day has come already, or the discussion is closed by then.
    """
    with guided_whole(user, uuid) as discussion:
        _require_seen(discussion, seen)
        course = _course_with(discussion, to)
        closes = discussion.closes_on or datetime.date.max
        if not timezone.localdate() < on <= closes:
            raise ImpossibleDay
        if (course.moves_to, course.moves_on) != (to, on):
            _announce(course, to, on, actor=GUIDE)


def take_back(*, user: Person, uuid: str) -> None:
    """Stays in the step in hand: nothing is announced any more."""
    with guided_whole(user, uuid) as discussion:
        course = course_of(discussion)
        if course is not None and course.moves_on:
            _announce(course, None, None, actor=GUIDE)


def open_floor(*, user: Person, uuid: str) -> None:
    """Ends a round without leaving its step: everybody may speak again.

    Raises:
        NoRound: there is none.
    """
    with guided_whole(user, uuid) as discussion:
        course = course_of(discussion)
        if course is None or not course.step.is_round:
            raise NoRound
        if not course.is_floor_open:
            raise_version(discussion.pk)
            Course.objects.filter(pk=course.pk).update(is_floor_open=True)
            course.passes.all().delete()
            _record(discussion, FLOOR, str(course.position), "", actor=GUIDE)


def _require_seen(discussion: Discussion, seen: int | None) -> None:
    course = course_of(discussion)
    if seen is not None and course is not None and course.version != seen:
        raise StepsChanged


def _course_with(discussion: Discussion, to: int) -> Course:
    course = course_of(discussion)
    if course is None or to == course.position or not 1 <= to <= len(course.steps):
        raise NoSuchStep
    return course


def _go(course: Course, to: int, *, actor: str) -> None:
    was, course.position = course.position, to
    course.started_on = timezone.localdate()
    course.has_moved, course.is_floor_open = True, False
    _plan(course, course.started_on)
    _save(course)
    course.passes.all().delete()
    _record(course.discussion, STEP, str(was), str(to), actor=actor)
    transaction.on_commit(lambda: _tell(course), robust=True)


def _announce(course: Course, to: int | None, on: datetime.date | None, *, actor: str) -> None:
    was = _planned(course)
    course.moves_to, course.moves_on = to, on
    _save(course)
    _record(course.discussion, ANNOUNCE, was, _planned(course), actor=actor)


def _planned(course: Course) -> str:
    return f"{course.moves_to} {course.moves_on.isoformat()}" if course.moves_on else ""


def _save(course: Course) -> None:
    course.version += 1
    course.save()
    raise_version(course.discussion_id)
    _ask_clock(course)


def _tell(course: Course) -> None:
    """Lets other apps follow; what goes wrong there leaves the step as it is."""
    for follow in BEGUN:
        try:
            follow(course.discussion, course.step)
        except Exception as error:
            logger.warning("step not followed", extra={"error": type(error).__name__})


# --- the clock -----------------------------------------------------------------------------------


def _ask_clock(course: Course) -> None:
    if course.moves_on:
        due_at = datetime.datetime.combine(
            course.moves_on, datetime.time.min, tzinfo=timezone.get_current_timezone()
        )
        enqueue(Kind.STEP, [(course.pk, course.version)], due_at)


def move_due(rows: Sequence[OutboxRow]) -> None:
    """Does what was announced for today, in the transaction that takes its rows out."""
    with transaction.atomic():
        for row in rows:
            _move_due(row)
        finish(rows)


def _move_due(row: OutboxRow) -> None:
    found = Course.objects.filter(pk=row.object_id, version=row.object_version)
    planned = found.select_related("discussion").first()
    if planned is None:
        return
    discussion = locked(planned.discussion)
    course = course_of(discussion)
    if course is None or course.version != row.object_version or course.moves_to is None:
        return
    if discussion.is_running:
        _go(course, course.moves_to, actor=CLOCK)
    else:  # closed before its day came: nothing is announced any more
        _announce(course, None, None, actor=CLOCK)


# --- the record ----------------------------------------------------------------------------------


def _record(discussion: Discussion, action: str, was: str, now: str, *, actor: str) -> None:
    """One row about a discussion: what happened to its steps, on a day; never who did it."""
    entry = audit.about_discussion(
        discussion,
        action,
        actor=actor,
        before=was,
        after=now,
        version=discussion.version + 1,
        by_software=actor == CLOCK,
    )
    audit.write([entry])
