"""Circles in the simulated week: people take a place, agree, say that they come, and speak."""

from __future__ import annotations

import datetime
import itertools
import secrets
from typing import TYPE_CHECKING, Any

import circles as rings
import guides
from goedwerk_forum.actions import circle_members, circles
from goedwerk_forum.actions.contributions import Words as Said
from goedwerk_forum.actions.contributions import contribute
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.errors import ForumError
from goedwerk_forum.identity import links, once
from goedwerk_forum.models import Circle, CircleMark, Contribution, Discussion
from goedwerk_forum.transitions import Action

if TYPE_CHECKING:
    from .week import Person

#: How many circles begin in the week, and how many members each has.
CIRCLES, MEMBERS = 4, 8


class Circles:
    """Part of the week: ``week`` plans it, and tells when each thing happens.

    Nobody does two things here at one sitting, as nobody does in the discussions.
    """

    def __init__(self, week: Any) -> None:
        self.week = week
        self.guides = [guides.may_guide() for _number in range(2 * CIRCLES)]
        self.circles = [
            rings.circle(guide=first, second=second, sessions=2, first=3)
            for first, second in zip(self.guides[::2], self.guides[1::2], strict=True)
        ]

    def plan(self, people: list[Person], monday: datetime.datetime) -> None:
        """Members come on the first two days, it starts on the third, they speak after that."""
        members = iter(self.week.chance.sample(people, CIRCLES * MEMBERS))
        for circle in self.circles:
            secret = rings.link(circle, MEMBERS)
            start = monday + datetime.timedelta(days=2, hours=9)
            self.week.at(start, lambda c=circle: self._start(c))
            for person in itertools.islice(members, MEMBERS):
                self._plan_for(person, circle, secret, monday)

    def _plan_for(
        self, person: Person, circle: Circle, secret: str, monday: datetime.datetime
    ) -> None:
        at, moment = self.week.at, self._moment
        at(moment(monday, 0, 2), lambda: self._join(person, circle, secret))
        at(moment(monday, 3, 7), lambda: self._agree(person, circle))
        at(moment(monday, 2, 3, from_hour=10), lambda: self._attend(person, circle))
        at(moment(monday, 3, 7), lambda: self._speak(person, circle))

    def _moment(
        self, monday: datetime.datetime, first: int, until: int, from_hour: int = 7
    ) -> datetime.datetime:
        """Some moment of the days from ``first`` to before ``until``, seven to seven."""
        day = self.week.chance.randrange(first, until)
        seconds = self.week.chance.randrange((19 - from_hour) * 3600)
        return monday + datetime.timedelta(days=day, hours=from_hour, seconds=seconds)

    # --- what happens -------------------------------------------------------------------------

    def _start(self, circle: Circle) -> None:
        guide = rings.guide_of(circle)
        circles.set_rules(user=guide, uuid=circle.uuid, text=rings.RULES)
        circles.start(user=guide, uuid=circle.uuid)

    def _join(self, person: Person, circle: Circle, secret: str) -> None:
        user = self.week.signed_in(person)
        try:
            rings.sit_down(circle, user, secret)
        except ForumError:  # she is held back
            return
        member = links.participant_of(user, circle.discussion)
        assert member is not None
        self.week.saw(person, member.pk)

    def _agree(self, person: Person, circle: Circle) -> None:
        user = self.week.signed_in(person)
        if links.participant_of(user, circle.discussion):
            circle_members.agree(user=user, uuid=circle.uuid, rules=rings.RULES)
            self._marked(person, user, circle.discussion)

    def _attend(self, person: Person, circle: Circle) -> None:
        user, session = self.week.signed_in(person), rings.first_session(circle)
        if links.participant_of(user, circle.discussion):
            circle_members.attend(user=user, uuid=session.uuid.hex, comes=True)
            self._marked(person, user, session)

    def _marked(self, person: Person, user: Any, discussion: Discussion) -> None:
        mark = CircleMark.objects.get(token__in=once.marks_of(user, discussion.uuid))
        self.week.saw(person, mark.pk)

    def _speak(self, person: Person, circle: Circle) -> None:
        user, session = self.week.signed_in(person), rings.first_session(circle)
        member = links.participant_of(user, circle.discussion)
        if member is None:
            return
        try:
            contribute(
                user=user,
                participant=member,
                discussion=session,
                words=Said(text=self.week.text(), kind="ervaring"),
                submission=secrets.token_urlsafe(24),
            )
        except ForumError:  # she is held back
            return

    def judge(self) -> None:
        """A guide reads what waits, in no special order."""
        for contribution in self.week.shuffled(self._waiting()):
            decide(
                user=contribution.discussion.guide,
                public_id=contribution.public_id,
                version=contribution.version,
                action=Action.PUBLISH,
                reason="",
            )

    def _waiting(self) -> Any:
        return Contribution.objects.filter(
            discussion__in_circle=True, waiting="new"
        ).select_related("discussion__guide")
