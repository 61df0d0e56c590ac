"""Votes in the simulated week: people vote and say why at one sitting, and fill in a map."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

import asking
import factories as make
from goedwerk_casestudies.models import BallotToken, Round
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.participants import join
from goedwerk_forum.errors import HeldBack
from goedwerk_forum.identity import once, pseudonyms
from goedwerk_forum.models import Contribution, Discussion
from goedwerk_forum.transitions import Action

if TYPE_CHECKING:
    from .week import Person

#: How many vote on each of the statements, and how many fill in the map.
STATEMENTS, VOTERS, MAPPERS = 2, 40, 40
#: Of who votes: how many say why at once, as the page asks them to.
SAYING_WHY = 0.6


class Votes:
    """Part of the week: ``week`` plans it, and tells when each thing happens."""

    def __init__(self, week: Any) -> None:
        self.week = week
        self.team = make.ambassador_group()
        self.statements = [self._statement() for _number in range(STATEMENTS)]
        self.discussions = list(Discussion.objects.filter(page__in=self.statements))
        self.ambassador = make.ambassador(self.discussions[0])
        self.map = asking.assignment("mark")

    def _statement(self) -> Any:
        return asking.statement(
            has_discussion=True,
            discussion_question="Wat kort jij in?",
            discussion_group=self.team,
        )

    def plan(self, people: list[Person]) -> None:
        chance, at, moment = self.week.chance, self.week.at, self.week.moment
        voters = chance.sample(people, STATEMENTS * VOTERS)
        for number, person in enumerate(voters):
            page = self.statements[number % STATEMENTS]
            at(moment(), lambda p=person, page=page: self._vote(p, page))
        for person in chance.sample(people, MAPPERS):
            at(moment(), lambda p=person: self._answer(p, self.map, self._marks()))

    # --- what happens -------------------------------------------------------------------------

    def _marks(self) -> dict[str, Any]:
        keys = [item.key for item in asking.round_of(self.map).asked.items]
        return {"a-marked": self.week.chance.sample(keys, 2), "do": "add"}

    def _vote(self, person: Person, page: Any) -> None:
        step = self.week.chance.choice(["agree", "disagree", "unsure"])
        user = self._answer(person, page, {"a-s-stelling": step})
        if self.week.chance.random() < SAYING_WHY:
            self._say_why(person, user, page)

    def _answer(self, person: Person, page: Any, given: dict[str, Any]) -> Any:
        browser, user = self.week.browser_of(person)
        round_ = asking.round_of(page)
        self._post(browser, round_, given)
        token = BallotToken.objects.get(token__in=once.marks_of(user, round_.uuid))
        self.week.saw(person, token.pk)
        return user

    def _post(self, browser: Client, round_: Round, given: dict[str, Any]) -> None:
        url = reverse("goedwerk_stories:take_part", args=[round_.uuid.hex])
        answer = browser.post(url, given)
        assert answer.status_code == 302, answer.content

    def _say_why(self, person: Person, user: Any, page: Any) -> None:
        discussion = Discussion.objects.get(page_id=page.pk)
        try:
            name = pseudonyms.draw(discussion)
            participant = join(user=user, discussion=discussion, pseudonym=name, role_label="")
            reason = contribute(
                user=user,
                participant=participant,
                discussion=discussion,
                words=Words(text=self.week.text(), kind="afweging"),
                submission=secrets.token_urlsafe(24),
            )
        except HeldBack:
            return
        self.week.saw(person, participant.pk, reason.pk)

    def judge(self) -> None:
        """An ambassador reads what waits, in no special order."""
        waiting = Contribution.objects.filter(discussion__in=self.discussions, waiting="new")
        for contribution in self.week.shuffled(waiting):
            decide(
                user=self.ambassador,
                public_id=contribution.public_id,
                version=contribution.version,
                action=Action.PUBLISH,
                reason="",
            )
