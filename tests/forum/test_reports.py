"""Reports: who counts, what hides, what comes back, what a person's decision answers."""

from __future__ import annotations

import datetime
import threading
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone
from django_comments.models import Comment

import complaints as steps
import guides as guiding_people
import measures
from at_once import at_once
from counting import counted
from goedwerk_forum.actions import branching, closed_cases
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.release import release
from goedwerk_forum.actions.reports import Complaint, answer_page_report, keep, report
from goedwerk_forum.errors import (
    IllegalTransition,
    NotFound,
    OwnContribution,
    OwnReport,
    StaleDecision,
    TooManyReports,
)
from goedwerk_forum.identity import links, reporters, sealed
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    KeptText,
    Notice,
    OutboxRow,
    Report,
    Statement,
)
from goedwerk_forum.outbox.drive import drive as drive_outbox
from goedwerk_forum.transitions import Action, Measure, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def regulars(discussion):
    return steps.regulars(discussion, 3)


@pytest.fixture
def written(discussion):
    """A text that software released."""
    return steps.by_software(discussion)


def lapse_is_due():
    OutboxRow.objects.filter(kind="lapse").update(due_at=timezone.now())
    drive_outbox("moderation")


class TestFiling:
    def test_an_anonymous_report_waits_for_a_person_and_is_followed_by_its_code(self, written):
        filed = steps.reported(written, text="Het gaat over mijn buurman.")
        row = Report.objects.get()
        assert (row.receipt, row.reporter) == (reporters.hashed(filed.code), None)
        assert filed.code not in str(row.__dict__)
        assert sealed.unseal(row.sealed, row.uuid) == "Het gaat over mijn buurman."
        assert (steps.now(written).waiting, steps.now(written).urgency) == ("report", 1)

    def test_the_same_form_twice_is_one_report_with_one_code(self, written):
        complaint = Complaint(reason="conduct", text="", submission=reporters.new_mark())
        codes = {
            report(
                user=AnonymousUser(),
                network="",
                discussion=written.discussion,
                contribution=written,
                complaint=complaint,
            ).code
            for _time in range(2)
        }
        assert (len(codes), Report.objects.count()) == (1, 1)

    def test_somebody_reports_a_contribution_once_while_that_is_open(self, written, regulars):
        first = steps.reported(written, by=regulars[0])
        again = steps.reported(written, by=regulars[0])
        assert (first.was_there, again.was_there, Report.objects.count()) == (False, True, 1)
        assert again.report == first.report

    def test_her_own_text_is_no_matter_for_a_report(self, discussion, make):
        author = make.user()
        own = steps.by_software(discussion, who=author)
        with pytest.raises(OwnContribution):
            steps.reported(own, by=author)
        assert not Report.objects.exists()
        assert steps.now(own).waiting is None

    def test_what_nobody_reads_cannot_be_reported(self, make, discussion):
        held = make.held(discussion)
        with pytest.raises(NotFound):
            steps.reported(held)
        assert not Report.objects.exists()

    def test_a_network_and_an_account_report_so_often_in_an_hour(self, written, regulars, settings):
        settings.GOEDWERK = settings.GOEDWERK | {
            "ANONYMOUS_REPORTS_PER_HOUR": 2,
            "REPORTS_PER_HOUR": 1,
        }
        network = {"network": "192.0.2.0/24", "discussion": written.discussion}
        for number in range(3):
            complaint = Complaint("conduct", "", f"formulier {number}")
            file = {"user": AnonymousUser(), "contribution": written, "complaint": complaint}
            if number < 2:
                report(**network, **file)
            else:
                with pytest.raises(TooManyReports):
                    report(**network, **file)
        steps.reported(written, by=regulars[0])
        with pytest.raises(TooManyReports):
            steps.page_reported(written.discussion, by=regulars[0])
        assert Report.objects.count() == 3

    def test_a_report_shares_nothing_with_what_its_reporter_says(self, make, written, regulars):
        elsewhere = steps.by_software(make.discussion())
        filed = [steps.reported(one, by=regulars[0]).report for one in (written, elsewhere)]
        tokens = {one.reporter for one in filed}
        assert len(tokens) == 2
        assert not tokens & set(links.tokens_of(regulars[0]))
        values = {str(getattr(one, field.attname)) for one in filed for field in one._meta.fields}
        account = regulars[0].goedwerk_account
        assert not values & {str(regulars[0].pk), str(account.pk), str(account.uuid)}

    def test_a_flood_of_reports_makes_no_decision_stale(self, make, written):
        read_at = steps.now(written).version
        for _time in range(5):
            steps.reported(written)
        decided = decide(
            user=make.ambassador(written.discussion),
            public_id=written.public_id,
            version=read_at,
            action=Action.HIDE,
            reason="conduct",
            words="Dit raakt mensen.",
        )
        assert decided.state == State.HIDDEN


class TestThreshold:
    def test_enough_participants_in_good_standing_hide_until_somebody_looks(
        self, written, regulars
    ):
        for person in regulars[:2]:
            steps.reported(written, by=person)
        assert steps.now(written).state == State.PUBLISHED
        steps.reported(written, by=regulars[2])
        hidden = steps.now(written)
        assert (hidden.state, hidden.display, hidden.waiting) == ("hidden", "tombstone", "report")
        assert hidden.urgency == 2
        assert Comment.objects.get(pk=written.pk).comment == ""
        statement = Statement.objects.get(contribution=written)
        assert (statement.decision, statement.reason) == ("hide", "conduct")
        assert (statement.decided_by_software, statement.after_report) == (True, True)
        assert Notice.objects.get(event="hidden").statement == statement
        record = AuditRecord.objects.get(action="hide")
        assert (record.actor, record.decided_by_software) == ("checks", True)

    def test_newcomers_and_the_unknown_hide_nothing(self, make, written):
        for _number in range(10):
            steps.reported(written)
            steps.reported(written, by=make.user())
        assert steps.now(written).state == State.PUBLISHED
        assert steps.now(written).urgency == 1
        assert not Statement.objects.exists()

    def test_who_is_paused_does_not_count(self, written, regulars, monkeypatch):
        monkeypatch.setattr(
            "goedwerk_forum.access.is_in_good_standing", lambda user: user != regulars[0]
        )
        for person in regulars:
            steps.reported(written, by=person)
        assert steps.now(written).state == State.PUBLISHED
        assert Report.objects.filter(counts=True).count() == 2

    def test_something_else_is_no_ground_to_hide(self, written, regulars):
        for person in regulars:
            steps.reported(written, by=person, reason="other", text="Vreemd.")
        assert steps.now(written).state == State.PUBLISHED

    @pytest.mark.parametrize("released_by", ["decision", "keep"])
    def test_a_brigade_hides_nothing_that_a_person_released(
        self, make, discussion, released_by, settings
    ):
        settings.GOEDWERK = settings.GOEDWERK | {"ANONYMOUS_REPORTS_PER_HOUR": 100}
        if released_by == "decision":
            text = make.published(make.discussion(discussion_policy="all_first"))
        else:
            text = steps.by_software(discussion)
            seen = steps.reported(text).report.public_id
            ambassador = make.ambassador(text.discussion)
            version = steps.now(text).version
            keep(user=ambassador, public_id=text.public_id, version=version, seen=[seen])
        people = steps.regulars(discussion, 10)
        for _number in range(50):
            steps.reported(text, reason="traceable")
        for person in people:
            steps.reported(text, by=person, reason="traceable")
        after = steps.now(text)
        assert (after.state, after.display, after.urgency) == ("published", "text", 2)
        assert not Statement.objects.filter(contribution=text).exists()

    def test_a_new_text_that_software_released_can_be_hidden_again(
        self, make, discussion, regulars, monkeypatch
    ):
        text = make.published(discussion)
        Contribution.objects.filter(pk=text.pk).update(shown_revision=2, accepted_revision=2)
        for person in regulars:
            steps.reported(text, by=person)
        assert steps.now(text).state == State.HIDDEN

    @pytest.mark.django_db(transaction=True)
    def test_two_reporters_at_the_threshold_hide_once(self, written, regulars):
        steps.reported(written, by=regulars[0])
        at_once(*(lambda who=who: steps.reported(written, by=who) for who in regulars[1:]))
        assert Statement.objects.filter(decision="hide").count() == 1
        assert Report.objects.count() == 3
        assert steps.now(written).state == State.HIDDEN


class TestLapse:
    def test_without_a_look_it_comes_back_and_the_same_reports_hide_no_more(
        self, discussion, written, regulars
    ):
        shown_before = steps.now(written).discussion.shown_count
        for person in regulars:
            steps.reported(written, by=person)
        row = OutboxRow.objects.get(kind="lapse")
        assert datetime.timedelta(hours=24) <= row.due_at - timezone.now()
        assert row.due_at - timezone.now() <= datetime.timedelta(hours=25)
        lapse_is_due()
        back = steps.now(written)
        assert (back.state, back.display, back.waiting) == ("published", "tombstone", "report")
        release([discussion.pk])
        back = steps.now(written)
        assert (back.display, back.comment != "") == ("text", True)
        assert back.discussion.shown_count == shown_before
        assert Notice.objects.filter(event="lapsed").count() == 1
        steps.reported(written, by=steps.regulars(discussion, 1)[0])
        assert steps.now(written).state == State.PUBLISHED

    @pytest.mark.parametrize("reason", ["traceable", "confidential"])
    def test_what_could_hurt_somebody_stays_away_until_a_person_looked(
        self, written, regulars, reason
    ):
        steps.reported(written, by=regulars[0], reason=reason)
        for person in regulars[1:]:
            steps.reported(written, by=person)
        assert Statement.objects.get().reason == reason
        assert not OutboxRow.objects.filter(kind="lapse").exists()

    def test_a_decision_goes_before_the_lapse(self, make, written, regulars):
        for person in regulars:
            steps.reported(written, by=person)
        make.judged(steps.now(written), Action.REJECT, "conduct")
        lapse_is_due()
        assert steps.now(written).state == State.REJECTED
        assert not OutboxRow.objects.filter(kind="lapse").exists()

    @pytest.fixture
    def hidden(self, written, regulars):
        for person in regulars:
            steps.reported(written, by=person)
        return steps.now(written)

    def test_an_appeal_of_its_author_keeps_it_away_no_longer(self, hidden):
        made = steps.appealed(hidden)
        lapse_is_due()
        made.refresh_from_db()
        back = steps.now(hidden)
        assert (back.state, back.waiting) == ("published", "report")
        assert (made.state, made.decided_on) == ("dropped", timezone.localdate())
        assert Notice.objects.filter(event="lapsed", contribution=hidden).count() == 1
        assert AuditRecord.objects.get(action="appeal_dropped").actor == "checks"
        with pytest.raises(StaleDecision):
            steps.verdict(made, Outcome.REFUSE)
        assert steps.now(hidden).state == State.PUBLISHED

    def test_it_comes_back_where_its_guide_moved_it(self, make, discussion, regulars):
        root = make.published(discussion)
        text = steps.by_software(discussion, in_reply_to=root)
        for person in regulars:
            steps.reported(text, by=person)
        branch = branching.move_branch(
            user=guiding_people.guide_of(discussion), public_id=root.public_id, question="En dan?"
        )
        lapse_is_due()
        release([branch.pk])
        back = steps.now(text)
        assert (back.state, back.display, back.discussion_id) == ("published", "text", branch.pk)

    def test_a_measure_on_the_way_keeps_nothing_away(self, hidden):
        measures.taken(hidden, Measure.WARN)
        lapse_is_due()
        assert steps.now(hidden).state == State.PUBLISHED

    def test_it_stays_away_when_its_appeal_was_refused(self, hidden):
        steps.verdict(steps.appealed(hidden), Outcome.REFUSE)
        lapse_is_due()
        assert steps.now(hidden).state == State.HIDDEN
        assert not Notice.objects.filter(event="lapsed").exists()

    def test_it_ends_no_later_hiding_by_a_person(self, make, hidden):
        make.judged(hidden)
        make.judged(steps.now(hidden), Action.HIDE, "conduct")
        lapse_is_due()
        assert steps.now(hidden).state == State.HIDDEN
        assert not Notice.objects.filter(event="lapsed").exists()
        assert not OutboxRow.objects.filter(kind="lapse").exists()


class TestAnswers:
    @pytest.mark.parametrize(
        ("action", "outcome"), [(Action.HIDE, "upheld"), (Action.KEEP, "refused")]
    )
    def test_a_decision_answers_all_open_reports_in_the_deciders_words(
        self, make, written, regulars, action, outcome
    ):
        seen = [
            steps.reported(written).report.public_id,
            steps.reported(written, by=regulars[0]).report.public_id,
        ]
        facts = {
            "user": make.ambassador(written.discussion),
            "public_id": written.public_id,
            "version": steps.now(written).version,
        }
        if action == Action.KEEP:
            keep(**facts, seen=seen, words="Ik las het en vind het kunnen.")
        else:
            decide(
                **facts,
                action=action,
                reason="conduct",
                words="Zo.",
                answer="Ik las het en vind het kunnen.",
            )
        answers = set(Report.objects.values_list("state", "answer", "decided_on"))
        assert answers == {(outcome, "Ik las het en vind het kunnen.", timezone.localdate())}
        assert AuditRecord.objects.filter(action=f"report_{outcome}").count() == 2
        if action == Action.KEEP:
            after = steps.now(written)
            assert (after.state, after.waiting, after.urgency) == ("published", None, 0)
        else:
            assert Statement.objects.get().after_report

    def test_putting_a_hidden_text_back_says_that_it_may_stay(self, make, written, regulars):
        for person in regulars:
            steps.reported(written, by=person)
        make.judged(steps.now(written))
        assert set(Report.objects.values_list("state", flat=True)) == {"refused"}
        assert steps.now(written).vetted_revision == 1

    def test_a_report_that_she_has_not_read_is_not_answered(self, make, written):
        seen = steps.reported(written).report.public_id
        version = steps.now(written).version
        steps.reported(written, reason="traceable")
        with pytest.raises(StaleDecision):
            keep(
                user=make.ambassador(written.discussion),
                public_id=written.public_id,
                version=version,
                seen=[seen],
            )
        assert set(Report.objects.values_list("state", flat=True)) == {"open"}
        assert steps.now(written).vetted_revision == 0

    def test_nobody_else_lets_it_stand(self, make, written):
        seen = steps.reported(written).report.public_id
        version = steps.now(written).version
        stranger = make.ambassador(make.discussion())
        with pytest.raises(NotFound):
            keep(user=stranger, public_id=written.public_id, version=version, seen=[seen])
        assert Report.objects.get().state == Report.State.OPEN

    def test_what_was_not_reported_cannot_be_let_stand(self, make, written):
        with pytest.raises(IllegalTransition):
            keep(
                user=make.ambassador(written.discussion),
                public_id=written.public_id,
                version=written.version,
                seen=[],
            )

    @pytest.mark.only_postgresql
    @pytest.mark.django_db(transaction=True)
    def test_a_report_of_the_same_moment_is_not_answered_unread(self, make, written):
        facts = {
            "seen": [steps.reported(written).report.public_id],
            "user": make.ambassador(written.discussion),
            "public_id": written.public_id,
            "version": steps.now(written).version,
        }
        filed = threading.Event()

        def somebody_reports():
            with transaction.atomic():
                steps.reported(written, reason="traceable")
                filed.set()
                time.sleep(0.5)

        def she_lets_it_stand():
            filed.wait(10)
            keep(**facts)

        with pytest.raises(StaleDecision):
            at_once(somebody_reports, she_lets_it_stand)
        assert list(Report.objects.values_list("state", flat=True)) == ["open", "open"]
        assert steps.now(written).vetted_revision == 0

    def test_an_edit_on_its_road_leaves_the_report_in_the_queue(self, make, written):
        steps.reported(written)
        words = Words(
            text="Ik schrijf het nu anders op, en dat leest ook wat rustiger.", kind="vraag"
        )
        current = steps.now(written)
        send_again(contribution=current, version=current.version, words=words)
        assert steps.now(written).waiting == "report"
        drive_outbox("moderation")
        edited = steps.now(written)
        assert edited.waiting == "edit"
        make.judged(edited)
        assert steps.now(written).waiting == "report"
        assert Report.objects.get().state == Report.State.OPEN


class TestWithdrawn:
    def test_a_sealed_copy_stays_for_who_judges_and_goes_with_the_answer(self, make, written):
        text = written.comment
        seen = steps.reported(written).report.public_id
        withdraw(contribution=steps.now(written))
        gone = steps.now(written)
        copy = KeptText.objects.get()
        assert (gone.state, gone.waiting) == ("withdrawn", "report")
        assert sealed.unseal(copy.sealed, copy.uuid) == text
        assert not gone.revisions.exclude(text="").exists()
        keep(
            user=make.ambassador(written.discussion),
            public_id=written.public_id,
            version=gone.version,
            seen=[seen],
        )
        assert (Report.objects.get().state, KeptText.objects.count()) == ("gone", 0)
        assert steps.now(written).waiting is None

    def test_the_lock_comes_before_what_hangs_on_it(self, written):
        """As where an appeal is judged: in another order the two would wait for each other."""
        current = steps.now(written)
        with counted() as work:
            withdraw(contribution=current)
        first = work.statements[0]
        assert 'FROM "goedwerk_forum_contribution"' in first
        assert ("FOR NO KEY UPDATE" in first) == connection.features.has_select_for_update

    def test_without_a_report_nothing_is_kept(self, written):
        withdraw(contribution=steps.now(written))
        assert not KeptText.objects.exists()

    def test_after_thirty_days_the_copy_goes_and_the_reporter_hears(self, written):
        steps.reported(written)
        withdraw(contribution=steps.now(written))
        for days, copies in ((30, 1), (31, 0)):
            KeptText.objects.update(day=timezone.localdate() - datetime.timedelta(days=days))
            closed_cases.forget_copies()
            assert KeptText.objects.count() == copies
        assert (Report.objects.get().state, steps.now(written).waiting) == ("gone", None)


class TestPages:
    @pytest.fixture
    def filed(self, discussion):
        return steps.page_reported(discussion).report

    def test_a_report_of_a_page_goes_to_its_ambassadors(self, make, discussion, filed):
        ambassador = make.ambassador(discussion)
        answered = answer_page_report(
            user=ambassador, public_id=filed.public_id, upheld=True, words="Aangepast."
        )
        assert (answered.state, answered.answer) == ("upheld", "Aangepast.")
        records = AuditRecord.objects.filter(object_kind="page").order_by("pk")
        assert list(records.values_list("action", flat=True)) == ["report", "report_upheld"]
        with pytest.raises(StaleDecision):
            answer_page_report(user=ambassador, public_id=filed.public_id, upheld=False)

    def test_somebody_without_the_right_answers_nothing(self, make, filed):
        for who in (make.user(), make.ambassador(make.discussion())):
            with pytest.raises(NotFound):
                answer_page_report(user=who, public_id=filed.public_id, upheld=True)
        assert Report.objects.get().state == Report.State.OPEN

    def test_nobody_answers_her_own(self, make, discussion):
        ambassador = make.ambassador(discussion)
        own = steps.page_reported(discussion, by=ambassador).report
        with pytest.raises(OwnReport):
            answer_page_report(user=ambassador, public_id=own.public_id, upheld=True)
        assert Report.objects.get().state == Report.State.OPEN


class TestRetention:
    def test_reports_go_half_a_year_after_their_answer(self, make, written):
        seen = steps.reported(written).report.public_id
        keep(
            user=make.ambassador(written.discussion),
            public_id=written.public_id,
            version=steps.now(written).version,
            seen=[seen],
        )
        for days, left in ((183, 1), (184, 0)):
            Report.objects.update(decided_on=timezone.localdate() - datetime.timedelta(days=days))
            closed_cases.forget_reports()
            assert Report.objects.count() == left

    def test_open_reports_stay(self, written):
        steps.reported(written)
        Report.objects.update(day=timezone.localdate() - datetime.timedelta(days=400))
        closed_cases.forget_reports()
        assert Report.objects.count() == 1
