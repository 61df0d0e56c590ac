"""Appeals: once, in time, judged by somebody else; a grant restores everything."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from django_comments.models import Comment

import complaints as steps
import measures
from goedwerk_forum import access, complaints
from goedwerk_forum.actions import appeals, closed_cases, standing
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.release import release
from goedwerk_forum.actions.retention import let_go
from goedwerk_forum.errors import (
    IllegalTransition,
    NoAppeal,
    NotFound,
    OwnContribution,
    OwnDecision,
    StaleDecision,
)
from goedwerk_forum.models import (
    Appeal,
    AuditRecord,
    Contribution,
    Discussion,
    Notice,
    OutboxRow,
    Participant,
    Statement,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Action, Measure, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What a grant brings back.
RESTORED = (
    "state",
    "display",
    "path",
    "accepted_revision",
    "shown_revision",
    "kind",
    "lens",
    "comment",
)


@pytest.fixture
def decider(make, discussion):
    return make.ambassador(discussion)


@pytest.fixture
def judge(make, discussion):
    return make.ambassador(discussion)


@pytest.fixture
def rejected(make, discussion, author, decider):
    return steps.refused(discussion, author, by=decider)


def as_readers_see(contribution):
    current = steps.now(contribution)
    replies = sorted(current.replies.values_list("pk", "display", "path"))
    count = Discussion.objects.get(pk=current.discussion_id).shown_count
    return [getattr(current, name) for name in RESTORED], replies, count


class TestMaking:
    def test_it_waits_in_the_queue_and_is_sealed(self, rejected, judge):
        made = steps.appealed(rejected)
        assert (steps.now(rejected).waiting, made.state) == ("appeal", "open")
        assert steps.GROUND not in str(Appeal.objects.values().get())
        assert appeals.words_of(made) == {"ground": steps.GROUND}
        assert AuditRecord.objects.filter(action="appeal", actor="author").count() == 1

    def test_once(self, rejected):
        made = steps.appealed(rejected)
        with pytest.raises(NoAppeal):
            steps.appealed(rejected)
        steps.verdict(made, Outcome.REFUSE)
        with pytest.raises(NoAppeal):
            steps.appealed(rejected)
        assert Appeal.objects.count() == 1

    @pytest.mark.parametrize(("days", "allowed"), [(183, True), (184, False)])
    def test_within_six_months(self, rejected, days, allowed):
        Statement.objects.update(day=timezone.localdate() - datetime.timedelta(days=days))
        if allowed:
            steps.appealed(rejected)
        else:
            with pytest.raises(NoAppeal):
                steps.appealed(rejected)
        assert Appeal.objects.exists() is allowed

    def test_a_text_that_came_back_is_sent_again_instead(self, make, discussion):
        returned = make.held(discussion)
        make.judged(returned, Action.RETURN, "conduct")
        with pytest.raises(NoAppeal):
            steps.appealed(returned)
        assert not Appeal.objects.exists()

    def test_a_decision_that_holds_no_longer_is_not_appealed(self, make, discussion):
        text = make.published(discussion)
        make.judged(steps.now(text), Action.HIDE, "conduct")
        statement = steps.statement_of(text)
        make.judged(steps.now(text))
        with pytest.raises(NoAppeal):
            appeals.appeal(statement=statement, ground=steps.GROUND)

    def test_a_withdrawn_text_is_not_appealed_and_its_appeal_ends(self, rejected):
        made = steps.appealed(rejected)
        withdraw(contribution=steps.now(rejected))
        made.refresh_from_db()
        assert (made.state, made.sealed, steps.now(rejected).waiting) == ("dropped", "", None)
        with pytest.raises(StaleDecision):
            steps.verdict(made, Outcome.GRANT)
        assert steps.now(rejected).state == State.WITHDRAWN

    def test_who_read_the_text_before_the_appeal_must_read_again(self, rejected):
        read_before = steps.now(rejected)
        steps.appealed(rejected)
        with pytest.raises(StaleDecision):
            withdraw(contribution=read_before)
        assert Appeal.objects.get().state == Appeal.State.OPEN


class TestAnotherJudge:
    def test_who_decided_does_not_judge(self, rejected, decider):
        made = steps.appealed(rejected)
        with pytest.raises(OwnDecision):
            steps.verdict(made, Outcome.REFUSE, by=decider)
        made.refresh_from_db()
        assert made.state == Appeal.State.OPEN

    def test_who_wrote_does_not_judge(self, discussion, rejected, author):
        author.groups.add(discussion.group)
        made = steps.appealed(rejected)
        with pytest.raises(OwnContribution):
            steps.verdict(made, Outcome.GRANT, by=type(author).objects.get(pk=author.pk))
        assert steps.now(rejected).state == State.REJECTED

    def test_who_is_not_on_the_team_does_not_judge(self, make, rejected):
        made = steps.appealed(rejected)
        for who in (make.user(), make.ambassador(make.discussion())):
            with pytest.raises(NotFound):
                steps.verdict(made, Outcome.GRANT, by=who)
        assert steps.now(rejected).state == State.REJECTED

    def test_what_software_decided_anybody_on_the_team_may_judge(self, make, discussion, decider):
        text = steps.by_software(discussion)
        for person in steps.regulars(discussion, 3):
            steps.reported(text, by=person)
        made = steps.appealed(text)
        steps.verdict(made, Outcome.GRANT, by=decider)
        assert steps.now(text).state == State.PUBLISHED

    def test_the_mark_of_who_decided_names_nobody_and_goes(self, make, discussion, decider):
        marks = set()
        for _text in range(2):
            steps.refused(discussion, by=decider)
            marks.add(Statement.objects.latest("pk").decider)
        assert len(marks) == 2
        assert not marks & {str(decider.pk), decider.username}
        for days, left in ((183, 2), (184, 0)):
            Statement.objects.update(day=timezone.localdate() - datetime.timedelta(days=days))
            closed_cases.forget_deciders()
            assert Statement.objects.exclude(decider="").count() == left

    def test_the_mark_of_who_hid_stays_while_the_refusal_may_be_appealed(self, discussion, decider):
        steps.refused(discussion, by=decider)
        refusal = Statement.objects.latest("pk")
        hiding = Statement.objects.get(pk=refusal.pk)
        hiding.pk, hiding.decision = None, Action.HIDE
        hiding.day -= datetime.timedelta(days=184)
        hiding.save(force_insert=True)
        for refused_ago, left in ((183, 2), (184, 0)):
            refusal.day = timezone.localdate() - datetime.timedelta(days=refused_ago)
            refusal.save()
            closed_cases.forget_deciders()
            assert Statement.objects.exclude(decider="").count() == left

    def test_the_mark_goes_when_the_appeal_is_judged(self, rejected):
        steps.verdict(steps.appealed(rejected), Outcome.REFUSE)
        assert not Statement.objects.exclude(decider="").exists()

    def test_the_marks_of_who_excluded_go_from_the_measure_too(self, make, discussion):
        request = measures.excluded(make.published(discussion), 700)
        marks = {request.asked_by, request.confirmed_by}
        left = []
        for days in (183, 184):
            Statement.objects.update(day=timezone.localdate() - datetime.timedelta(days=days))
            closed_cases.forget_deciders()
            request.refresh_from_db()
            left.append(marks & {request.asked_by, request.confirmed_by})
        assert left == [marks, set()]
        assert "" not in {request.asked_by, request.confirmed_by}
        assert (request.state, request.is_in_force) == ("stands", True)

    def test_the_marks_in_a_measure_go_when_the_appeal_is_judged(self, make, discussion, decider):
        text = make.published(discussion)
        request = measures.taken(text, by=decider)
        other = measures.taken(make.published(discussion), by=decider)
        steps.verdict(steps.appealed(text), Outcome.REFUSE)
        before = request.asked_by
        request.refresh_from_db()
        assert request.asked_by != before
        assert (request.confirmed_by, request.statement.decider) == ("", "")
        marks = other.asked_by, other.statement.decider
        other.refresh_from_db()
        assert (other.asked_by, Statement.objects.get(pk=other.statement_id).decider) == marks

    def test_alone_on_the_team_it_waits_and_the_owner_hears(self, rejected, settings):
        settings.ADMINS = [("Beheer", "beheer@goedwerk.example")]
        made = steps.appealed(rejected)
        drive("notices")
        told = [one for one in mail.outbox if one.to == ["beheer@goedwerk.example"]]
        assert len(told) == 1
        everything = told[0].subject + told[0].body
        for secret in (steps.GROUND, rejected.participant.pseudonym, rejected.public_id):
            assert secret not in everything
        made.refresh_from_db()
        assert made.state == Appeal.State.OPEN
        assert not OutboxRow.objects.filter(kind="alone").exists()

    def test_with_two_others_the_owner_is_left_alone(
        self, make, discussion, rejected, judge, settings
    ):
        make.ambassador(discussion)
        settings.ADMINS = [("Beheer", "beheer@goedwerk.example")]
        steps.appealed(rejected)
        drive("notices")
        assert not mail.outbox


class TestVerdict:
    def test_a_grant_brings_back_text_place_replies_and_count(self, make, discussion, decider):
        text = make.published(discussion, text=steps.PEACEFUL.format("iemand"), lens="bekwaam")
        make.published(discussion, in_reply_to=text)
        before = as_readers_see(text)
        make.judged(steps.now(text), Action.HIDE, "conduct")
        make.judged(steps.now(text), Action.REJECT, "conduct", by=decider)
        assert as_readers_see(text) != before
        steps.verdict(steps.appealed(text), Outcome.GRANT)
        assert steps.now(text).display == "tombstone"
        release([discussion.pk])
        assert as_readers_see(text) == before
        assert steps.now(text).vetted_revision == 1
        record = AuditRecord.objects.get(action="appeal_granted")
        assert (record.before, record.after, record.reason) == ("rejected", "published", "conduct")

    def test_a_grant_shows_what_was_never_shown(self, rejected, discussion):
        written = rejected.revisions.get().text
        steps.verdict(steps.appealed(rejected), Outcome.GRANT)
        release([discussion.pk])
        shown = steps.now(rejected)
        assert (shown.state, shown.display, shown.comment) == ("published", "text", written)
        assert Notice.objects.filter(event="appeal_granted").count() == 1

    def test_a_grant_puts_an_edit_in_place(self, make, discussion, decider):
        text = make.published(discussion)
        words = Words(text=steps.PEACEFUL.format("mijn team"), kind="vraag")
        send_again(contribution=text, version=text.version, words=words)
        drive("moderation")
        make.judged(steps.now(text), Action.REJECT, "conduct", by=decider)
        steps.verdict(steps.appealed(text), Outcome.GRANT)
        release([discussion.pk])
        assert steps.now(text).comment == words.text
        accepted = text.revisions.filter(state="accepted")
        assert [revision.number for revision in accepted] == [2]

    def test_a_condition_gives_it_back_and_a_person_reads_it_again(self, make, discussion, decider):
        author = make.known()
        text = make.published(discussion, author)
        make.judged(steps.now(text), Action.HIDE, "conduct")
        make.judged(steps.now(text), Action.REJECT, "conduct", by=decider)
        steps.verdict(steps.appealed(text), Outcome.CONDITION, words="Haal de straat weg.")
        back = steps.now(text)
        assert (back.state, back.display) == ("returned", "tombstone")
        statement = steps.statement_of(text)
        assert (statement.decision, statement.words) == ("return", "Haal de straat weg.")
        assert Notice.objects.get(event="appeal_condition").statement == statement
        words = Words(text=steps.PEACEFUL.format("zonder straat"), kind="ervaring")
        send_again(contribution=back, version=back.version, words=words)
        drive("moderation")
        assert (steps.now(text).state, steps.now(text).waiting) == ("held", "new")
        make.judged(steps.now(text))
        release([discussion.pk])
        assert steps.now(text).comment == words.text

    def test_a_refusal_leaves_everything_as_it_is(self, rejected):
        before = as_readers_see(rejected)
        made = steps.verdict(steps.appealed(rejected), Outcome.REFUSE, words="Het raakt iemand.")
        assert as_readers_see(rejected) == before
        assert (steps.now(rejected).waiting, made.state) == (None, "refused")
        assert appeals.words_of(made)["verdict"] == "Het raakt iemand."
        assert Notice.objects.filter(event="appeal_refused").count() == 1

    def test_a_hidden_text_still_gets_its_second_look_after_a_refusal(
        self, make, discussion, decider
    ):
        text = make.published(discussion)
        make.judged(steps.now(text), Action.HIDE, "conduct", by=decider)
        made = steps.appealed(text)
        current = steps.now(text)
        with pytest.raises(IllegalTransition):
            decide(
                user=decider,
                public_id=text.public_id,
                version=current.version,
                action=Action.REJECT,
                reason="conduct",
                words="Dit raakt mensen.",
            )
        steps.verdict(made, Outcome.REFUSE)
        assert (steps.now(text).state, steps.now(text).waiting) == ("hidden", "second_look")

    def test_two_judges_give_one_verdict(self, make, rejected, judge):
        made = steps.appealed(rejected)
        steps.verdict(made, Outcome.GRANT, by=judge)
        with pytest.raises(StaleDecision):
            appeals.judge(
                user=make.ambassador(rejected.discussion),
                public_id=made.public_id,
                version=1,
                outcome=Outcome.REFUSE,
                words="Nee.",
            )
        assert AuditRecord.objects.filter(action__startswith="appeal_").count() == 1


class TestOneMessageEachWay:
    def test_a_question_an_answer_and_no_more(self, rejected, judge):
        made = steps.appealed(rejected)
        appeals.ask(user=judge, public_id=made.public_id, version=1, question="Wie bedoel je?")
        made.refresh_from_db()
        assert made.state == Appeal.State.ASKED
        assert Notice.objects.filter(event="appeal_asked").count() == 1
        appeals.answer(appeal=made, text="Niemand in het bijzonder.")
        made.refresh_from_db()
        with pytest.raises(StaleDecision):
            appeals.answer(appeal=made, text="En nog iets.")
        with pytest.raises(IllegalTransition):
            appeals.ask(user=judge, public_id=made.public_id, version=3, question="En nu?")
        assert appeals.words_of(made) == {
            "ground": steps.GROUND,
            "question": "Wie bedoel je?",
            "answer": "Niemand in het bijzonder.",
        }
        steps.verdict(made, Outcome.REFUSE, by=judge)

    def test_a_judge_need_not_wait_for_the_answer(self, rejected, judge):
        made = steps.appealed(rejected)
        appeals.ask(user=judge, public_id=made.public_id, version=1, question="Wie bedoel je?")
        assert steps.verdict(made, Outcome.GRANT, by=judge).state == Appeal.State.GRANTED

    def test_who_decided_asks_nothing(self, rejected, decider):
        made = steps.appealed(rejected)
        with pytest.raises(OwnDecision):
            appeals.ask(user=decider, public_id=made.public_id, version=1, question="Waarom?")
        assert not Notice.objects.filter(event="appeal_asked").exists()


class TestTheLink:
    @pytest.fixture
    def long_ago(self, discussion):
        def move():
            day = timezone.localdate() - datetime.timedelta(days=400)
            Discussion.objects.filter(pk=discussion.pk).update(closes_on=day)
            Statement.objects.update(day=day)

        return move

    def is_linked(self, contribution):
        return Participant.objects.get(pk=contribution.participant_id).token is not None

    def test_it_is_not_cut_while_an_appeal_is_open(self, rejected, long_ago):
        made = steps.appealed(rejected)
        long_ago()
        let_go()
        assert self.is_linked(rejected)
        assert Statement.objects.exclude(decider="").exists()
        steps.verdict(made, Outcome.REFUSE)
        closed_cases.forget_deciders()
        from goedwerk_forum.actions.letting_go import cut_due_links

        cut_due_links()
        assert not self.is_linked(rejected)

    def test_it_is_not_cut_while_a_report_is_open(self, discussion, long_ago):
        text = steps.by_software(discussion)
        steps.reported(text)
        long_ago()
        let_go()
        assert self.is_linked(text)

    def test_an_owner_of_her_link_may_still_cut_it_and_the_case_goes_on(
        self, rejected, author, discussion
    ):
        from goedwerk_forum.actions.own import cut_link

        made = steps.appealed(rejected)
        cut_link(user=author, discussion=discussion)
        assert not access.own_contributions(author).exists()
        steps.verdict(made, Outcome.GRANT)
        release([discussion.pk])
        assert steps.now(rejected).display == "text"

    def test_words_of_an_appeal_go_half_a_year_after_the_verdict(self, rejected):
        made = steps.verdict(steps.appealed(rejected), Outcome.REFUSE)
        for days, kept in ((183, True), (184, False)):
            Appeal.objects.update(decided_on=timezone.localdate() - datetime.timedelta(days=days))
            closed_cases.erase_appeals()
            made.refresh_from_db()
            assert bool(made.sealed) is kept


def test_author_is_led_to_the_measure_that_is_her_turn(make, discussion, author, judge):
    """Of two pauses the last is shown, unless the one before still can be or is appealed."""
    text = make.published(discussion, author)
    first = measures.taken(text)
    standing.lift(statement=first.statement)
    second = measures.taken(text)

    def shown():
        return complaints.own_statement(author, text.public_id, Measure.PAUSE)

    assert shown() == second.statement
    made = steps.appealed(text)
    assert (made.statement, shown()) == (second.statement, second.statement)
    steps.verdict(made, Outcome.REFUSE)
    assert shown() == first.statement
    appeals.appeal(statement=shown(), ground=steps.GROUND)
    assert shown() == first.statement
    standing.lift(statement=second.statement)
    third = measures.taken(text)
    assert shown() == third.statement
    asked = first.statement.appeal
    appeals.ask(user=judge, public_id=asked.public_id, version=asked.version, question="Hoe dan?")
    assert shown() == first.statement
    Statement.objects.update(day=timezone.localdate() - datetime.timedelta(days=184))
    Appeal.objects.update(state=Appeal.State.REFUSED, decided_on=timezone.localdate())
    assert shown() == third.statement


def test_a_granted_appeal_ends_a_measure(make, discussion, author, decider, judge):
    from goedwerk_forum.actions.standing import Order, warn_or_pause

    text = make.published(discussion, author)
    until = timezone.localdate() + datetime.timedelta(days=7)
    order = Order(kind=Measure.PAUSE, reason="conduct", words="Even rust.", until=until)
    warn_or_pause(user=decider, public_id=text.public_id, order=order)
    drive("notices")
    assert not access.is_in_good_standing(author)
    made = steps.appealed(text)
    with pytest.raises(OwnDecision):
        steps.verdict(made, Outcome.GRANT, by=decider)
    with pytest.raises(IllegalTransition):
        steps.verdict(made, Outcome.CONDITION, by=judge)
    steps.verdict(made, Outcome.GRANT, by=judge)
    drive("notices")
    assert access.is_in_good_standing(author)
    assert (steps.now(text).state, steps.now(text).waiting) == ("published", None)
    assert Comment.objects.get(pk=text.pk).comment


def test_contributions_that_wait_for_something_else_keep_their_reason(make, discussion, decider):
    from goedwerk_forum.actions.standing import Order, warn_or_pause

    text = make.held(discussion)
    until = timezone.localdate() + datetime.timedelta(days=7)
    order = Order(kind=Measure.WARN, reason="conduct", words="Let op.", until=until)
    warn_or_pause(user=decider, public_id=text.public_id, order=order)
    steps.appealed(text)
    assert steps.now(text).waiting == "new"
    make.judged(steps.now(text))
    assert Contribution.objects.get(pk=text.pk).waiting == "appeal"
