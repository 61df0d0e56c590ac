"""The rules: what an author, a reader, an ambassador, a process and the clock can do."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from goedwerk_forum.actions import (
    appeals,
    bulk,
    contributions,
    moderation,
    reports,
    standing,
    undoing,
)
from goedwerk_forum.actions.audit import seal_records
from goedwerk_forum.errors import ForumError
from goedwerk_forum.models import (
    Appeal,
    Contribution,
    Discussion,
    MeasureRequest,
    ReasonCode,
    Report,
    ReportReason,
    Statement,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Action, Display, Measure, State

from . import invariants
from .guiding import GuidingRules
from .killing import DEATHS, Clock, dying
from .people import PeopleRules
from .quoting import QuotingRules, no_words_without_a_yes

NUMBERS = st.integers(0, 7)
TEXTS = st.sampled_from(
    [
        "Ik heb het eerst met een collega besproken en daarna pas opgeschreven wat ik zag.",
        "Bij ons hielp het om eerst een vraag te stellen, en pas daarna iets te vinden.",
        "Het rapport bleef die dag in de la liggen, en dat wisten wij allemaal.",
        "Bel mij op 06 12345678, dan vertel ik wat mijn buurman Pieter Smit ervan vond.",
        "WAT EEN KUTZOOI!!! DIT IS BELACHELIJK EN JIJ BENT EEN IDIOOT!!!",
    ]
)
AMBASSADORS_ACTIONS = st.sampled_from(list(moderation.BY_AMBASSADOR))
REASONS = st.sampled_from([ReasonCode.TRACEABLE, ReasonCode.CONDUCT])
GROUNDS = st.sampled_from([ReportReason.TRACEABLE, ReportReason.CONDUCT, ReportReason.SPAM])
OUTCOMES = st.sampled_from(list(appeals.Outcome))


class DialogueMachine(GuidingRules, PeopleRules, QuotingRules, RuleBasedStateMachine):
    """One example is a stretch of life of two discussions; it leaves nothing behind."""

    #: Set by the test: two discussions, their people, teams and guides, keys, and the clock.
    world: ClassVar[Any] = None

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.world.fresh_keys()
        self.clock: Clock = self.world.clock
        self.clock.moment = Clock.START
        ids = [one.pk for one in self.world.people]
        self.people = list(get_user_model().objects.filter(pk__in=ids).order_by("pk"))
        self.agreed: set[str] = set(self.world.agreed)
        self.sent = invariants.kept_texts()
        self.past = invariants.Past()
        self.proofs: list[tuple[Any, str]] = []
        self.forms = 0
        self.at_release = self.by_undo = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # --- finding somebody or something --------------------------------------------------------

    def _one(self, rows: Any, number: int) -> Any:
        """One of what is there, counted round; None where nothing is."""
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def _place(self, number: int) -> Discussion:
        """One of the discussions, or of the branches that have a place of their own now."""
        homes = self.world.discussions
        branches = Discussion.objects.filter(branch_of__in=homes).exclude(branched_path="")
        places = [*homes, *branches.select_related("branch_of", "page").order_by("pk")]
        return places[number % len(places)]

    def _ambassador(self, contribution: Contribution, number: int) -> Any:
        team = self.world.teams[contribution.discussion.home.pk]
        return team[number % len(team)]

    def _new_form(self) -> str:
        self.forms += 1
        return f"formulier-{self.forms:030d}"

    def _try(self, dies: int | None, do: Any) -> Any:
        """What came of it; None where it was refused, or where its process died."""
        self.at_release = self.by_undo = False
        came = None
        with dying(dies):
            try:
                came = do()
            except ForumError:
                return None
        return came

    # --- authors ------------------------------------------------------------------------------

    @rule(who=NUMBERS, where=NUMBERS, to=st.one_of(st.none(), NUMBERS), text=TEXTS, dies=DEATHS)
    def post(self, who: int, where: int, to: int | None, text: str, dies: int | None) -> None:
        discussion = self._place(where)
        shown = Contribution.objects.filter(discussion=discussion, display=Display.TEXT)
        parent = None if to is None else self._one(shown, to)
        person = self._person(who)
        form = self._new_form()

        def contribute() -> Contribution:
            return contributions.contribute(
                user=person,
                participant=self._participant(person, discussion),
                discussion=discussion,
                words=contributions.Words(text, "ervaring"),
                submission=form,
                in_reply_to=parent,
            )

        made = self._try(dies, contribute)
        if made is None and dies is not None:  # the browser sends the same form again
            made = self._try(None, contribute)
        if made is not None:
            self.sent[made.pk] = [text]

    @rule(which=NUMBERS, text=TEXTS, dies=DEATHS)
    def edit(self, which: int, text: str, dies: int | None) -> None:
        contribution = self._one(Contribution.objects.all(), which)
        before = self._texts(contribution)
        self._try(
            dies,
            lambda: contributions.send_again(
                contribution=contribution,
                version=contribution.version,
                words=contributions.Words(text, "vraag"),
            ),
        )
        now = self._texts(contribution)
        if now != before:
            assert now == [*before, text]
            self.sent[contribution.pk] = now

    def _texts(self, contribution: Contribution) -> list[str]:
        return list(contribution.revisions.order_by("number").values_list("text", flat=True))

    @rule(which=NUMBERS, dies=DEATHS)
    def withdraw(self, which: int, dies: int | None) -> None:
        contribution = self._one(Contribution.objects.all(), which)
        self._try(dies, lambda: contributions.withdraw(contribution=contribution))

    # --- ambassadors --------------------------------------------------------------------------

    @rule(which=NUMBERS, who=NUMBERS, action=AMBASSADORS_ACTIONS, reason=REASONS, dies=DEATHS)
    def decide(
        self, which: int, who: int, action: Action, reason: ReasonCode, dies: int | None
    ) -> None:
        waits = Contribution.objects.exclude(state=State.PENDING)
        contribution = self._one(waits, which)
        if contribution is None:
            return
        user = self._ambassador(contribution, who)
        stood = undoing.before(contribution)
        decided = self._try(
            dies,
            lambda: moderation.decide(
                user=user,
                public_id=contribution.public_id,
                version=contribution.version,
                action=action,
                reason=reason,
                words="Dit raakt mensen.",
                law="Auteurswet, artikel 1",
            ),
        )
        if decided is not None:
            proof = undoing.proof(
                user=user, decided=decided, stood=stood, action=action, reason=reason
            )
            self.proofs += [(user, proof)] if proof else []

    @precondition(lambda self: self.proofs)
    @rule(dies=DEATHS)
    def undo_last(self, dies: int | None) -> None:
        user, proof = self.proofs.pop()
        self._try(dies, lambda: undoing.undo(user=user, signed=proof))
        self.by_undo = True

    @rule(where=NUMBERS, who=NUMBERS, action=st.sampled_from(bulk.TOGETHER), dies=DEATHS)
    def decide_many(self, where: int, who: int, action: Action, dies: int | None) -> None:
        discussion = self._place(where)
        waits = Contribution.objects.filter(discussion=discussion, waiting__isnull=False)
        team = self.world.teams[discussion.home.pk]
        self._try(
            dies,
            lambda: bulk.decide_many(
                user=team[who % len(team)],
                seen=dict(waits.values_list("public_id", "version")),
                action=action,
                reason=ReasonCode.CONDUCT,
                words="Dit raakt mensen.",
            ),
        )

    # --- reports, appeals, standing -----------------------------------------------------------

    @rule(which=NUMBERS, who=st.one_of(st.none(), NUMBERS), reason=GROUNDS, dies=DEATHS)
    def report(self, which: int, who: int | None, reason: str, dies: int | None) -> None:
        shown = Contribution.objects.filter(display=Display.TEXT)
        contribution = self._one(shown.select_related("discussion"), which)
        if contribution is None:
            return
        complaint = reports.Complaint(reason, "Kijk hier eens naar.", self._new_form())
        self._try(
            dies,
            lambda: reports.report(
                user=self.world.nobody if who is None else self._person(who),
                network="198.51.100",
                discussion=contribution.discussion,
                contribution=contribution,
                complaint=complaint,
            ),
        )

    @rule(which=NUMBERS, who=NUMBERS, dies=DEATHS)
    def keep(self, which: int, who: int, dies: int | None) -> None:
        reported = Contribution.objects.filter(reports__state=Report.State.OPEN).distinct()
        contribution = self._one(reported, which)
        if contribution is None:
            return
        seen = list(contribution.reports.values_list("public_id", flat=True))
        self._try(
            dies,
            lambda: reports.keep(
                user=self._ambassador(contribution, who),
                public_id=contribution.public_id,
                version=contribution.version,
                seen=seen,
            ),
        )

    @rule(which=NUMBERS, dies=DEATHS)
    def appeal(self, which: int, dies: int | None) -> None:
        statement = self._one(Statement.objects.filter(appeal__isnull=True), which)
        if statement is not None:
            self._try(dies, lambda: appeals.appeal(statement=statement, ground="Dat klopt niet."))

    @rule(which=NUMBERS, who=NUMBERS, outcome=OUTCOMES, asks=st.booleans(), dies=DEATHS)
    def judge(
        self, which: int, who: int, outcome: appeals.Outcome, asks: bool, dies: int | None
    ) -> None:
        found = self._one(Appeal.objects.filter(decided_on__isnull=True), which)
        if found is None:
            return
        judge = self._ambassador(found.statement.contribution, who)
        one = {"user": judge, "public_id": found.public_id, "version": found.version}
        if found.state == Appeal.State.ASKED:
            self._try(dies, lambda: appeals.answer(appeal=found, text="Zo zat het."))
        elif asks:
            self._try(dies, lambda: appeals.ask(question="Hoe zat het?", **one))
        else:
            self._try(dies, lambda: appeals.judge(outcome=outcome, words="Daarom.", **one))

    @rule(which=NUMBERS, who=NUMBERS, kind=st.sampled_from(list(Measure)), dies=DEATHS)
    def hold_back(self, which: int, who: int, kind: Measure, dies: int | None) -> None:
        contribution = self._one(Contribution.objects.all(), which)
        tomorrow = timezone.localdate() + datetime.timedelta(days=2)
        order = standing.Order(kind, ReasonCode.CONDUCT, "Rustiger graag.", tomorrow)
        act = standing.ask_exclusion if kind == Measure.EXCLUDE else standing.warn_or_pause
        self._try(
            dies,
            lambda: act(
                user=self._ambassador(contribution, who),
                public_id=contribution.public_id,
                order=order,
            ),
        )

    @rule(which=NUMBERS, who=NUMBERS, agrees=st.booleans(), dies=DEATHS)
    def second_person(self, which: int, who: int, agrees: bool, dies: int | None) -> None:
        request = self._one(MeasureRequest.objects.all(), which)
        if request is None:
            return
        user = self._ambassador(request.contribution, who)
        asked = request.state == MeasureRequest.State.ASKED
        act = (standing.confirm if agrees else standing.turn_down) if asked else standing.end_early
        self._try(dies, lambda: act(user=user, public_id=request.public_id))

    # --- processes and the clock --------------------------------------------------------------

    @rule(dies=DEATHS)
    def run_checks(self, dies: int | None) -> None:
        self._try(dies, lambda: drive("moderation"))

    @rule(dies=DEATHS)
    def release_moment(self, dies: int | None) -> None:
        self.clock.strike()
        self._try(dies, lambda: drive("moderation"))
        self.at_release = True

    @rule(dies=DEATHS)
    def notify(self, dies: int | None) -> None:
        self._try(dies, lambda: drive("notices"))

    @rule()
    def restart(self) -> None:
        """The leases of who died run out."""
        self.clock.move(seconds=61)
        self.at_release = self.by_undo = False

    @rule(dies=DEATHS)
    def next_day(self, dies: int | None) -> None:
        """The record of a day is sealed on that day; what is not is named as late."""
        self._seal_the_day()
        self.clock.move(days=1)
        self.clock.strike()
        self._try(dies, lambda: [drive("moderation"), drive("notices")])
        self.at_release = True

    @rule(dies=DEATHS)
    def seal(self, dies: int | None) -> None:
        self.clock.move(seconds=1)
        self._try(dies, seal_records)

    # --- what holds ---------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        invariants.only_legal_steps(self.past)
        invariants.readable_is_released(self.past, at_release=self.at_release, by_undo=self.by_undo)
        invariants.base_table_is_empty_unless_shown()
        invariants.the_tree_is_a_tree()
        invariants.counts_are_equal()
        invariants.every_restriction_has_a_statement()
        invariants.nothing_typed_is_lost(self.sent)
        invariants.all_work_is_asked_for()
        invariants.the_record_is_whole()
        no_words_without_a_yes(self.world.harvest, self.agreed)
