"""A simulated week: people sign up, sign in, join, write; ambassadors decide; nights are dumped."""

from __future__ import annotations

import datetime
import heapq
import io
import itertools
import logging
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from unittest import mock
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser
from django.core import mail
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories as make
from goedwerk_casestudies.actions.letters import write_letter
from goedwerk_casestudies.actions.workbench import take
from goedwerk_casestudies.forms import draw_mark, read_mark
from goedwerk_casestudies.models import Submission
from goedwerk_forum import access, following
from goedwerk_forum.actions import appeals, reports, standing
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.actions.audit import seal_records
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.participants import join
from goedwerk_forum.actions.retention import let_go
from goedwerk_forum.complaints import may_appeal
from goedwerk_forum.errors import HeldBack, StandsAlready
from goedwerk_forum.identity import accounts, pseudonyms
from goedwerk_forum.identity import standing as identity_standing
from goedwerk_forum.models import (
    Account,
    Appeal,
    Contribution,
    Discussion,
    RoleLabel,
    Statement,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.setup import prepare
from goedwerk_forum.transitions import Action, Measure
from goedwerk_site.accounts import login_names
from goedwerk_site.logs import SafeFormatter

from . import dumps
from .rings import Circles
from .votes import Votes

DAYS = 7
MONDAY = datetime.datetime(2026, 3, 2, tzinfo=ZoneInfo("Europe/Amsterdam"))
#: Accounts that were there before the week, and that come in it: 2 000 together.
BEFORE, COMING = 1760, 240
#: Of each, how many write.
WRITING_BEFORE, WRITING_COMING = 130, 80
DISCUSSIONS = 6
#: The share of those who write that tells a story, too; and that reports what somebody wrote.
SUBMITTING, REPORTING = 0.4, 0.3
#: Of what an ambassador reads: how much she returns, refuses, and warns its author for.
RETURNED, REJECTED, WARNED = 0.1, 0.1, 0.05
LAST = MONDAY + datetime.timedelta(days=DAYS - 1, hours=22)
AGENT = "Proefkijker/7.3"
ADDRESS = "198.51.100.%d"
STARTS = ["be", "ver", "ge", "ont", "toe", "uit", "aan", "in", "over", "af", "bij", "voor"]
STEMS = ["leg", "draag", "werk", "koop", "reken", "neem", "houd", "breng", "stel", "ga", "schrijf"]
WORDS = [start + stem for start, stem in itertools.product(STARTS, STEMS)]


@dataclass(eq=False)
class Person:
    username: str
    email: str = ""
    signs_up: datetime.datetime | None = None
    label: str = ""
    visits: list[datetime.datetime] = field(default_factory=list)


@dataclass(frozen=True)
class Visit:
    """What truly happened: the attack never sees this.

    A submission, report, follow, vote or mark in a circle counts as a participant of a discussion
    of its own; it has no contribution.
    """

    person: Person
    moment: datetime.datetime
    participant: int
    contribution: int | None = None


@dataclass
class Week:
    dumps: list[dumps.Dump] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    account_of: dict[int, int] = field(default_factory=dict)
    #: Which account each row of what holds somebody back is about.
    held_back: dict[int, int] = field(default_factory=dict)
    mails: int = 0
    logs: str = ""

    @property
    def last(self) -> dumps.Dump:
        return self.dumps[-1]


class Clock:
    def __init__(self) -> None:
        self.moment = MONDAY

    def __call__(self) -> datetime.datetime:
        return self.moment.astimezone(datetime.UTC)


@contextmanager
def captured_logs() -> Iterator[io.StringIO]:
    """All that the site would log, in the form in which it logs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def live_through(seed: int) -> Week:
    """The week, in the database that is open; the caller undoes it."""
    return _Simulation(random.Random(seed)).run()


class _Simulation:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.clock = Clock()
        self.week = Week()
        self.events: list[tuple[datetime.datetime, int, object]] = []
        self.numbers = itertools.count()

    def run(self) -> Week:
        with mock.patch.object(timezone, "now", self.clock), captured_logs() as logs:
            self._prepare()
            self._plan()
            while self.events:
                self.clock.moment, _number, happens = heapq.heappop(self.events)
                happens()
            self.week.logs = logs.getvalue()
            self.week.mails = len(mail.outbox)
        self.week.held_back = self._held_back()
        ids = dict(get_user_model().objects.values_list("username", "pk"))
        self.week.account_of = {
            visit.participant: ids[visit.person.username] for visit in self.week.visits
        }
        return self.week

    def _held_back(self) -> dict[int, int]:
        """Only the key tells this, one account at a time."""
        return {
            row.pk: account.user_id
            for account in Account.objects.all()
            for row, _held in identity_standing.of_account(account.pk)
        }

    def at(self, moment: datetime.datetime, happens: object) -> None:
        heapq.heappush(self.events, (moment, next(self.numbers), happens))

    # --- what is there, and what is going to happen -------------------------------------------

    def _prepare(self) -> None:
        if connection.vendor == "postgresql":
            # The week is one transaction here, and tables with checks to come cannot be rewritten.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        list(prepare())
        self.labels = list(RoleLabel.objects.values_list("name", flat=True))
        self.discussions = [make.discussion() for _number in range(DISCUSSIONS)]
        self.ambassadors = [make.ambassador(discussion) for discussion in self.discussions]
        self.colleagues = [make.ambassador(discussion) for discussion in self.discussions]
        self.editor = make.user("redacteur-van-de-week")
        self.circles = Circles(self)
        self.votes = Votes(self)
        old = [self._person(f"oud{number}") for number in range(BEFORE)]
        self.chance.shuffle(old)
        password = make_password(make.PASSWORD)
        get_user_model().objects.bulk_create(
            [
                get_user_model()(username=person.username, email=person.email, password=password)
                for person in old
            ]
        )
        accounts.create_missing()
        self.writing = self.chance.sample(old, WRITING_BEFORE)
        for person in self.writing:
            if person.email and self.chance.random() < 0.7:
                self._ask_for_mail(person)

    def _ask_for_mail(self, person: Person) -> None:
        user = get_user_model().objects.get(username=person.username)
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
        choose_mail(user=user, wants=True)

    def _person(self, username: str) -> Person:
        person = Person(f"{username}-{secrets.token_hex(4)}")
        if self.chance.random() < 0.5:
            person.email = f"{person.username}@adres.example"
        person.label = self.chance.choice(self.labels) if self.labels else ""
        self.week.people.append(person)
        return person

    def moment(self, after: datetime.datetime = MONDAY) -> datetime.datetime:
        """A moment of a working day, seven to seven, not before ``after``."""
        while True:
            day = self.chance.randrange(DAYS)
            moment = MONDAY + datetime.timedelta(
                days=day, hours=7, seconds=self.chance.randrange(12 * 3600)
            )
            if moment > after:
                return moment

    def _plan(self) -> None:
        for person in self.writing:
            self._plan_visits(person, first=None)
        for number in range(COMING):
            person = self._person(f"nieuw{number}")
            last_evening = MONDAY + datetime.timedelta(days=DAYS - 1, hours=17)
            person.signs_up = min(self.moment(), last_evening)
            self.at(person.signs_up, lambda person=person: self._sign_up(person))
            if number < WRITING_COMING:
                soon = datetime.timedelta(seconds=self.chance.randrange(60, 600))
                self._plan_visits(person, first=person.signs_up + soon)
        self.circles.plan(self.writing, MONDAY)
        self.votes.plan(self.writing)
        for day, hour in itertools.product(range(DAYS), range(7, 23)):
            self.at(MONDAY + datetime.timedelta(days=day, hours=hour, minutes=59), self._hour)
            if hour in (10, 14, 19):
                self.at(MONDAY + datetime.timedelta(days=day, hours=hour), self._decide)
        for day in range(DAYS):
            self.at(MONDAY + datetime.timedelta(days=day, hours=23, minutes=30), self._night)

    def _plan_visits(self, person: Person, first: datetime.datetime | None) -> None:
        """Each person writes in two or three discussions, each on an occasion of its own."""
        chosen = self.chance.sample(self.discussions, self.chance.choice([2, 2, 2, 3]))
        moments = [first] if first else []
        while len(moments) < len(chosen):
            moments.append(self.moment(first or MONDAY))
        for discussion, moment in zip(chosen, moments, strict=True):
            self.at(moment, lambda d=discussion: self._visit(person, d))
        for moment in moments:
            looks = min(moment + datetime.timedelta(hours=self.chance.randrange(2, 30)), LAST)
            self.at(looks, lambda: self._look(person))
        for discussion in self.chance.sample(self.discussions, self.chance.choice([0, 1, 2])):
            follows = self.moment(first or MONDAY)
            self.at(follows, lambda d=discussion: self._follow(person, d))
        if self.chance.random() < REPORTING:
            self.at(self.moment(first or MONDAY), lambda: self._report(person))
        if self.chance.random() < SUBMITTING:
            self.at(self.moment(first or MONDAY), lambda: self._submit(person))

    # --- what happens -------------------------------------------------------------------------

    def _browser(self) -> Client:
        address = ADDRESS % self.chance.randrange(1, 255)
        return Client(headers={"user-agent": AGENT}, REMOTE_ADDR=address)

    def _sign_up(self, person: Person) -> None:
        answer = self._browser().post(
            reverse("account_signup"),
            {
                "username": person.username,
                "drawn": login_names.sign(person.username),
                "email": person.email,
                "password1": make.PASSWORD,
                "password2": make.PASSWORD,
            },
        )
        assert answer.status_code == 302, answer.content

    def browser_of(self, person: Person) -> tuple[Client, AbstractUser]:
        browser = self._browser()
        answer = browser.post(
            reverse("account_login"), {"login": person.username, "password": make.PASSWORD}
        )
        assert answer.status_code == 302, answer.content
        return browser, get_user_model().objects.get(username=person.username)

    def signed_in(self, person: Person) -> AbstractUser:
        return self.browser_of(person)[1]

    def saw(self, person: Person, row: int, contribution: int | None = None) -> None:
        """Notes whose a row is that she just made, and what she said as that participant."""
        self.week.visits.append(Visit(person, self.clock.moment, row, contribution))

    def _submit(self, person: Person) -> None:
        """Tells a story in two steps, and sends it; now and then she only keeps it."""
        browser, _user = self.browser_of(person)
        form = {"text": self.text(), "submission": draw_mark()}
        answer = browser.post(reverse("goedwerk_stories:new"), form)
        assert answer.status_code == 302, answer.content
        submission = Submission.objects.get(uuid=read_mark(form["submission"]))
        browser.post(answer["Location"], {"text": self.text(), "to": "stop"})
        if self.chance.random() < 0.8:
            browser.post(
                reverse("goedwerk_stories:read", args=[submission.public_id]),
                {"wants_result": "ja", "if_silent": self.chance.choice(["ja", "nee"])},
            )
        self.saw(person, submission.pk)

    def _visit(self, person: Person, discussion: Discussion) -> None:
        _browser, user = self.browser_of(person)
        try:
            participant = join(
                user=user,
                discussion=discussion,
                pseudonym=pseudonyms.draw(discussion),
                role_label=person.label if self.chance.random() < 0.3 else "",
            )
            contribution = contribute(
                user=user,
                participant=participant,
                discussion=discussion,
                words=Words(text=self.text(), kind=self.chance.choice(["ervaring", "vraag"])),
                submission=secrets.token_urlsafe(24),
            )
        except HeldBack:  # she reads at the form that she may not take part now
            return
        self.saw(person, participant.pk, contribution.pk)

    def _look(self, person: Person) -> None:
        """Reads her inbox, and appeals against what was not placed."""
        browser, user = self.browser_of(person)
        assert browser.get(reverse("goedwerk_forum:inbox")).status_code == 200
        mine = Statement.objects.filter(contribution__in=access.own_contributions(user))
        refused = [one for one in mine.filter(decision=Action.REJECT) if may_appeal(one)]
        if refused and self.chance.random() < 0.7:
            # One at a sitting, as with writing: two would leave neighbouring rows.
            appeals.appeal(statement=refused[0], ground=self.text())

    def _follow(self, person: Person, discussion: Discussion) -> None:
        """Follows what is said somewhere, by mail now and then, and looks what is new."""
        browser, user = self.browser_of(person)
        target = discussion.uuid.hex
        mail = {"mail": "ja"} if self.chance.random() < 0.5 else {}
        url = reverse("goedwerk_forum:follow", args=["dialoog", target])
        assert browser.post(url, {"doe": "volg", **mail}).status_code == 302
        browser.post(reverse("goedwerk_forum:follow_all_seen"))
        row = following.own_follow(user, "dialoog", target)
        assert row is not None
        self.saw(person, row.pk)

    def _report(self, person: Person) -> None:
        """Asks for a look at what somebody else wrote, wherever that is."""
        _browser, user = self.browser_of(person)
        shown = Contribution.objects.filter(display="text").select_related("discussion")
        found = [one for one in shown.order_by("pk") if not access.is_own(user, one)]
        if not found:
            return
        chosen = self.chance.choice(found)
        filed = reports.report(
            user=user,
            network="",
            discussion=chosen.discussion,
            contribution=chosen,
            complaint=reports.Complaint("other", self.text(), secrets.token_urlsafe(24)),
        )
        if not filed.was_there:
            self.saw(person, filed.report.pk)

    def text(self) -> str:
        return " ".join(self.chance.sample(WORDS, 12)).capitalize() + "."

    def _hour(self) -> None:
        drive("moderation")
        drive("notices")
        seal_records()

    def _decide(self) -> None:
        """Ambassadors and editors work through what waits, in no special order."""
        drive("moderation")
        self._edit()
        self.circles.judge()
        self.votes.judge()
        teams = zip(self.discussions, self.ambassadors, self.colleagues, strict=True)
        for discussion, ambassador, colleague in teams:
            here = Contribution.objects.filter(discussion=discussion)
            for contribution in self.shuffled(here.filter(waiting="new")):
                self._judge(contribution, ambassador, colleague)
            for contribution in self.shuffled(here.filter(waiting="report")):
                self._let_stand(contribution, ambassador)
            open_appeals = Appeal.objects.filter(
                statement__contribution__discussion=discussion, state=Appeal.State.OPEN
            )
            for appeal in self.shuffled(open_appeals):
                self._judge_appeal(appeal, colleague)

    def shuffled(self, rows: QuerySet) -> list:
        found = list(rows.order_by("pk"))
        self.chance.shuffle(found)
        return found

    def _judge(
        self, contribution: Contribution, ambassador: AbstractUser, colleague: AbstractUser
    ) -> None:
        drawn = self.chance.random()
        action = Action.PUBLISH
        if drawn < RETURNED + REJECTED:
            action = Action.RETURN if drawn < RETURNED else Action.REJECT
        decide(
            user=ambassador,
            public_id=contribution.public_id,
            version=contribution.version,
            action=action,
            reason="" if action == Action.PUBLISH else "off_topic",
            words="Dit raakt mensen.",
        )
        if self.chance.random() < WARNED:
            with suppress(StandsAlready):
                self._hold_back(contribution, ambassador, colleague)

    def _hold_back(
        self, contribution: Contribution, ambassador: AbstractUser, colleague: AbstractUser
    ) -> None:
        """A warning mostly, sometimes an exclusion by two."""
        until = timezone.localdate() + datetime.timedelta(days=self.chance.randrange(2, 20))
        kind = self.chance.choice([Measure.WARN, Measure.WARN, Measure.EXCLUDE])
        order = standing.Order(kind, "conduct", self.text(), until)
        if kind == Measure.WARN:
            standing.warn_or_pause(user=ambassador, public_id=contribution.public_id, order=order)
            return
        asked = standing.ask_exclusion(
            user=ambassador, public_id=contribution.public_id, order=order
        )
        standing.confirm(user=colleague, public_id=asked.public_id)

    def _let_stand(self, contribution: Contribution, ambassador: AbstractUser) -> None:
        reports.keep(
            user=ambassador,
            public_id=contribution.public_id,
            version=contribution.version,
            seen=contribution.reports.values_list("public_id", flat=True),
            words=self.text(),
        )

    def _judge_appeal(self, appeal: Appeal, colleague: AbstractUser) -> None:
        appeals.judge(
            user=colleague,
            public_id=appeal.public_id,
            version=appeal.version,
            outcome=self.chance.choice([appeals.Outcome.GRANT, appeals.Outcome.REFUSE]),
            words=self.text(),
        )

    def _edit(self) -> None:
        """Editors take what came in, and ask about some of it."""
        waiting = list(Submission.objects.filter(state=Submission.State.SENT))
        self.chance.shuffle(waiting)
        for submission in waiting:
            take(submission, by=self.editor)
            if self.chance.random() < 0.5:
                write_letter(submission, self.text(), from_editor=True)

    def _night(self) -> None:
        self._hour()
        let_go()
        self.week.dumps.append(dumps.take())
