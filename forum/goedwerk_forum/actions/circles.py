"""What the guides of a circle do with it: plan, change, start, agree on house rules, close."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction

from .. import circles
from ..errors import CircleTooSmall, IllegalTransition, NotAllowed, PlanChanged, SheetChanged
from ..identity import links, sealed
from ..models import (
    Circle,
    CircleInvitation,
    CircleMark,
    CircleSession,
    CirclesPage,
    Discussion,
    Policy,
)
from ..people import Person, key_of
from .discussions import locked
from .guiding import record, require_untraceable

#: The team of all circles; in each only its own two guides get in.
GUIDES = "Begeleiders van kringen"
RIGHTS = ("access_admin", "moderate_discussion", "guide_discussion")
#: After its last session a circle talks on for so long, unless its guides close it before.
AFTERWARDS = datetime.timedelta(days=60)
#: Codes of the record.
MADE, CHANGED, STARTED, CLOSED = "circle", "circle_plan", "circle_start", "circle_close"
RULES = "circle_rules"


@dataclass(frozen=True)
class SessionPlan:
    """One session as a guide plans it."""

    title: str
    question: str
    day: datetime.date
    story: Page | None = None
    assignments: Sequence[Page] = ()


@dataclass(frozen=True)
class Plan:
    """A circle as a guide plans it; ``second_guide`` is a user. Sessions are in the order given."""

    name: str
    about: str
    second_guide: Any
    sessions: list[SessionPlan] = field(default_factory=list)

    def require_untraceable(self) -> None:
        words = [self.name, self.about]
        for session in self.sessions:
            words += [session.title, session.question]
        for text in words:
            require_untraceable(text)

    @property
    def last_day(self) -> datetime.date:
        """Until when people talk, when nobody closes it."""
        days = [session.day for session in self.sessions] or [timezone.localdate()]
        return min(max(days), datetime.date.max - AFTERWARDS) + AFTERWARDS


# --- planning ------------------------------------------------------------------------------------


def make(*, user: Person, plan: Plan) -> Circle:
    """A new circle that ``user`` guides with somebody else; nobody can read or write in it yet.

    Raises:
        NotAllowed: she may not guide, or guides it with herself.
        Traceable: the finder marks somebody in its words.
    """
    circles.require_may_make(user)
    _require_two(user, plan.second_guide)
    plan.require_untraceable()
    with transaction.atomic():
        home = Discussion.objects.create(
            page=_page(),
            question=_between(),
            policy=Policy.AFTER,
            group=_team(user, plan.second_guide),
            guide_id=key_of(user),
            second_guide=plan.second_guide,
            in_circle=True,
            is_enabled=False,
            closes_on=plan.last_day,
        )
        circle = Circle.objects.create(discussion=home, name=plan.name, about=plan.about)
        for number, wanted in enumerate(plan.sessions, start=1):
            _add_session(circle, number, wanted)
        record(home, MADE)
    links.forget_homes()
    return circle


def change(*, user: Person, uuid: str, plan: Plan, seen: str = "") -> Circle:
    """The same circle by another plan: its sessions keep their places, new ones come after them.

    ``seen`` is the ``mark_of`` the plan that she was shown; without it nothing is compared.

    Raises:
        NotFound: there is no such circle that ``user`` guides.
        IllegalTransition: it is closed.
        PlanChanged: the other guide changed the plan since.
        Others: as ``make``.
    """
    plan.require_untraceable()
    with guided(user, uuid) as circle:
        if seen and seen != mark_of(circle):
            raise PlanChanged
        home = circle.discussion
        _require_two(user, plan.second_guide)
        if {home.guide_id, home.second_guide_id} != {key_of(user), plan.second_guide.pk}:
            home.guide_id, home.second_guide = key_of(user), plan.second_guide
            home.group = _team(user, plan.second_guide)
        Circle.objects.filter(pk=circle.pk).update(name=plan.name, about=plan.about)
        there = list(circle.sessions.select_related("discussion"))
        for number, wanted in enumerate(plan.sessions, start=1):
            if number <= len(there):
                _change_session(there[number - 1], wanted)
            else:
                _add_session(circle, number, wanted)
        _all_of(home).update(
            guide=home.guide_id,
            second_guide=home.second_guide_id,
            group=home.group_id,
            closes_on=plan.last_day,
            version=F("version") + 1,
        )
        record(home, CHANGED)
    return circle


def mark_of(circle: Circle) -> str:
    """A hash of the plan of a circle: another one wherever something in its form is other."""
    home = circle.discussion
    guides = sorted(str(pk) for pk in (home.guide_id, home.second_guide_id))
    planned: list[object] = [circle.name, circle.about, guides]
    sessions = circle.sessions.select_related("discussion").prefetch_related("assignments")
    for session in sessions.order_by("number"):
        planned += [session.title, session.day.isoformat(), session.discussion.question]
        planned += [session.story_id, sorted(page.pk for page in session.assignments.all())]
    return hashlib.sha256(json.dumps(planned).encode()).hexdigest()


def _require_two(user: Person, other: Any) -> None:
    if other is None or other.pk == key_of(user) or not circles.may_make(other):
        raise NotAllowed


def _between() -> str:
    """What people talk about beside the sessions, in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        return _("Wat wil je kwijt tussen de bijeenkomsten door?")


def _page() -> CirclesPage:
    """The one page of all circles, made with the first of them; nobody reads it."""
    there: CirclesPage | None = CirclesPage.objects.first()
    if there is not None:
        return there
    made = CirclesPage(title="Kring", slug="kringen", locale=Locale.get_default())
    Page.get_first_root_node().add_child(instance=made)
    # Groups without a group in it: Wagtail's own lists leave the page out for everybody.
    PageViewRestriction.objects.create(page=made, restriction_type=PageViewRestriction.GROUPS)
    return made


def _team(*guides: Any) -> Group:
    """The group of all who guide circles, with ``guides`` in it."""
    team, made = Group.objects.get_or_create(name=GUIDES)
    if made:
        team.permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    team.user_set.add(*(key_of(guide) for guide in guides))
    return team


def _add_session(circle: Circle, number: int, wanted: SessionPlan) -> None:
    home = circle.discussion
    discussion = Discussion.objects.create(
        page_id=home.page_id,
        branch_of=home,
        question=wanted.question,
        policy=home.policy,
        group_id=home.group_id,
        guide_id=home.guide_id,
        second_guide_id=home.second_guide_id,
        in_circle=True,
        is_enabled=home.is_enabled,
        opens_on=wanted.day,
        closes_on=max(home.closes_on or wanted.day, wanted.day),
    )
    session = CircleSession.objects.create(
        circle=circle,
        discussion=discussion,
        number=number,
        title=wanted.title,
        day=wanted.day,
        story=wanted.story,
    )
    session.assignments.set(wanted.assignments)


def _change_session(session: CircleSession, wanted: SessionPlan) -> None:
    CircleSession.objects.filter(pk=session.pk).update(
        title=wanted.title, day=wanted.day, story=wanted.story
    )
    session.assignments.set(wanted.assignments)
    closes_on = max(session.discussion.closes_on or wanted.day, wanted.day)
    Discussion.objects.filter(pk=session.discussion_id).update(
        question=wanted.question, opens_on=wanted.day, closes_on=closes_on
    )


# --- running -------------------------------------------------------------------------------------


def start(*, user: Person, uuid: str) -> None:
    """Opens the conversations of a circle to its members.

    Raises:
        NotFound: as ``change``.
        IllegalTransition: it runs, or is closed.
        CircleTooSmall: fewer members joined than a circle needs.
    """
    with guided(user, uuid) as circle:
        if circle.state != Circle.State.GATHERING:
            raise IllegalTransition
        if not circles.may_start(circle):
            raise CircleTooSmall
        Circle.objects.filter(pk=circle.pk).update(state=Circle.State.RUNNING)
        _all_of(circle.discussion).update(is_enabled=True, version=F("version") + 1)
        record(circle.discussion, STARTED)


def set_rules(*, user: Person, uuid: str, text: str) -> None:
    """The house rules of a circle, a line each; who said yes to the ones before says it anew.

    Raises:
        NotFound, IllegalTransition: as ``change``.
        Traceable: the finder marks somebody in them.
    """
    require_untraceable(text)
    with guided(user, uuid) as circle:
        if circle.rules == text:
            return
        Circle.objects.filter(pk=circle.pk).update(rules=text)
        CircleMark.objects.filter(discussion=circle.discussion).delete()
        record(circle.discussion, RULES)


def write_sheet(*, user: Person, uuid: str, text: str, seen: str = "") -> None:
    """What the guides prepare for a session: sealed, for the two of them.

    ``seen`` is the ``mark_of_sheet`` that she was shown; without it nothing is compared.

    Raises:
        NotFound: there is no such session in a circle that ``user`` guides.
        IllegalTransition: the circle is closed.
        SheetChanged: the other guide wrote on it since.
        KeyMissing: this process has no LINK_KEY.
    """
    session = circles.guided_session(user, uuid)
    with guided(user, session.circle.uuid):
        session.refresh_from_db(fields=["sealed_sheet"])
        if seen and seen != mark_of_sheet(session):
            raise SheetChanged
        kept = sealed.seal(text, session.discussion.uuid) if text else ""
        CircleSession.objects.filter(pk=session.pk).update(sealed_sheet=kept)


def mark_of_sheet(session: CircleSession) -> str:
    """A hash of what the sheet of a session says now, for its guides."""
    return hashlib.sha256(sheet_of(session).encode()).hexdigest()


def sheet_of(session: CircleSession) -> str:
    """The words on the sheet of a session; asked by its guides only.

    Raises:
        KeyMissing: this process has no LINK_KEY, or not the one it was sealed with.
    """
    if not session.sealed_sheet:
        return ""
    return str(sealed.unseal(session.sealed_sheet, session.discussion.uuid))


def close(*, user: Person, uuid: str) -> None:
    """Ends a circle at once: nobody writes or joins any more, and what was prepared goes.

    Its members read it for ``circles.STAYS``; then their links are cut as in every discussion.

    Raises:
        NotFound, IllegalTransition: as ``change``.
    """
    with guided(user, uuid) as circle:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        opened_later = _all_of(circle.discussion).filter(opens_on__gt=yesterday)
        opened_later.update(opens_on=yesterday)
        _all_of(circle.discussion).update(closes_on=yesterday, version=F("version") + 1)
        _end(circle)
        record(circle.discussion, CLOSED)


def close_ended() -> int:
    """Closes the circles whose last day is over without a guide who did; returns how many."""
    ended = Circle.objects.filter(discussion__closes_on__lt=timezone.localdate())
    due = ended.exclude(state=Circle.State.CLOSED).select_related("discussion")
    closed = 0
    for circle in list(due):
        with transaction.atomic():
            locked(circle.discussion)
            # A guide may have closed it, or planned another session, since it was read.
            if now := due.filter(pk=circle.pk).first():
                _end(now)
                record(now.discussion, CLOSED)
                closed += 1
    return closed


def _end(circle: Circle) -> None:
    """What is of no use once a circle is over."""
    Circle.objects.filter(pk=circle.pk).update(state=Circle.State.CLOSED)
    circle.sessions.update(sealed_sheet="")
    CircleInvitation.objects.filter(circle=circle).delete()
    CircleMark.objects.filter(discussion__in=_all_of(circle.discussion)).delete()


def _all_of(home: Discussion) -> QuerySet[Discussion]:
    """The discussions of a circle: its home and those of its sessions."""
    return Discussion.objects.filter(pk=home.pk) | Discussion.objects.filter(branch_of=home)


@contextmanager
def guided(user: Person, uuid: str) -> Iterator[Circle]:
    """A circle as it is now, that stays locked, with all that is said in it."""
    found = circles.guided_circle(user, uuid)
    with transaction.atomic():
        locked(found.discussion)
        circle = circles.guided_circle(user, uuid)
        if circle.is_closed:
            raise IllegalTransition
        yield circle
