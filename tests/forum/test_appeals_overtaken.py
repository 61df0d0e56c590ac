"""Appeals and what happens beside them: later decisions, a text taken back, who hid it before."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

import complaints as steps
from goedwerk_forum import access
from goedwerk_forum.actions import appeals, bulk, closed_cases, undoing
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.standing import Order, warn_or_pause
from goedwerk_forum.complaints import other_judges
from goedwerk_forum.errors import HiddenByHer, OwnDecision, StaleDecision
from goedwerk_forum.models import Appeal, AuditRecord, KeptText, Notice
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Action, Measure, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEW = "In dit team kan hooguit één ander het beoordelen"


@pytest.fixture
def decider(make, discussion):
    return make.ambassador(discussion)


@pytest.fixture
def colleague(make, discussion):
    return make.ambassador(discussion)


def edited(text, of: str):
    """A new version of a text that readers see, as the checks left it."""
    words = Words(text=steps.PEACEFUL.format(of), kind="vraag")
    send_again(contribution=text, version=text.version, words=words)
    drive("moderation")
    return steps.now(text)


@pytest.fixture
def appealed_edit(make, discussion, decider):
    """A text that stands, with an appeal against what was decided on a new version of it."""
    text = make.published(discussion)
    make.judged(edited(text, "mijn team"), Action.REJECT, "conduct", by=decider)
    return steps.appealed(text)


def text_of(made):
    return steps.now(made.statement.contribution)


def as_it_stands(made):
    text = text_of(made)
    versions = dict(text.revisions.values_list("number", "state"))
    return text.state, text.display, text.accepted_revision, text.vetted_revision, versions


class TestNoLongerHolding:
    def test_a_later_hiding_ends_it_and_its_words_are_there(self, make, appealed_edit):
        make.judged(text_of(appealed_edit), Action.HIDE, "traceable")
        before = as_it_stands(appealed_edit)
        with pytest.raises(StaleDecision):
            steps.verdict(appealed_edit, Outcome.GRANT)
        appealed_edit.refresh_from_db()
        assert appealed_edit.state == Appeal.State.DROPPED
        assert appeals.words_of(appealed_edit) == {"ground": steps.GROUND}
        assert as_it_stands(appealed_edit) == before
        assert (before[0], text_of(appealed_edit).waiting) == ("hidden", "second_look")
        assert AuditRecord.objects.get(action="appeal_dropped").actor == "ambassador"
        assert Notice.objects.filter(event="hidden", statement__decision="hide").count() == 1
        steps.appealed(text_of(appealed_edit))

    def test_so_does_hiding_by_many_reports(self, discussion, decider, make):
        text = steps.by_software(discussion)
        make.judged(edited(text, "mijn team"), Action.REJECT, "conduct", by=decider)
        made = steps.appealed(text)
        for person in steps.regulars(discussion, 3):
            steps.reported(text, by=person)
        made.refresh_from_db()
        assert (made.state, steps.now(text).waiting) == ("dropped", "report")
        assert AuditRecord.objects.get(action="appeal_dropped").actor == "checks"

    @pytest.mark.parametrize("outcome", [Outcome.GRANT, Outcome.CONDITION])
    def test_a_judge_brings_back_nothing_that_was_hidden_since(self, make, appealed_edit, outcome):
        make.judged(text_of(appealed_edit), Action.HIDE, "traceable")
        Appeal.objects.update(state=Appeal.State.OPEN, decided_on=None)
        before = as_it_stands(appealed_edit)
        with pytest.raises(StaleDecision):
            steps.verdict(appealed_edit, outcome)
        assert as_it_stands(appealed_edit) == before
        assert not Notice.objects.filter(event__startswith="appeal_").exists()
        assert Appeal.objects.get().state == Appeal.State.OPEN

    def test_a_newer_version_ends_it_and_is_appealed_by_itself(self, make, appealed_edit, decider):
        third = edited(text_of(appealed_edit), "het hele team")
        appealed_edit.refresh_from_db()
        assert (appealed_edit.state, third.waiting) == (Appeal.State.DROPPED, "edit")
        assert appeals.words_of(appealed_edit) == {"ground": steps.GROUND}
        make.judged(third, Action.REJECT, "conduct", by=decider)
        before = as_it_stands(appealed_edit)
        with pytest.raises(StaleDecision):
            steps.verdict(appealed_edit, Outcome.GRANT)
        assert as_it_stands(appealed_edit) == before
        steps.verdict(steps.appealed(third), Outcome.GRANT)
        assert text_of(appealed_edit).accepted_revision == 3

    def test_a_newer_version_tells_its_author_in_her_inbox(self, client, author, discussion, make):
        text = make.published(discussion, author)
        make.judged(edited(text, "mijn team"), Action.REJECT, "conduct")
        made = steps.appealed(text)
        edited(text_of(made), "het hele team")
        told = Notice.objects.get(event=Notice.Event.APPEAL_OVERTAKEN)
        assert (told.participant, told.statement) == (text.participant, made.statement)
        client.force_login(author)
        inbox = client.get(reverse("goedwerk_forum:inbox")).content.decode()
        assert "Je bezwaar is vervallen" in inbox
        assert "Je stuurde een nieuwe versie." in inbox
        edited(text_of(made), "ons hele team")
        assert Notice.objects.filter(event=Notice.Event.APPEAL_OVERTAKEN).count() == 1

    def test_a_withdrawn_text_tells_of_no_newer_version(self, appealed_edit):
        withdraw(contribution=text_of(appealed_edit))
        assert not Notice.objects.filter(event=Notice.Event.APPEAL_OVERTAKEN).exists()

    def test_no_judge_accepts_another_version_than_was_refused(self, make, appealed_edit):
        third = edited(text_of(appealed_edit), "het hele team")
        make.judged(third, Action.REJECT, "conduct")
        Appeal.objects.update(state=Appeal.State.OPEN, decided_on=None)
        before = as_it_stands(appealed_edit)
        with pytest.raises(StaleDecision):
            steps.verdict(appealed_edit, Outcome.GRANT)
        assert as_it_stands(appealed_edit) == before

    def test_hiding_that_ended_an_appeal_cannot_be_taken_back(self, make, appealed_edit, decider):
        for text, can in (
            (text_of(appealed_edit), False),
            (make.published(text_of(appealed_edit).discussion), True),
        ):
            text = steps.now(text)
            stood = undoing.before(text)
            hidden = make.judged(text, Action.HIDE, "conduct", by=decider)
            signed = undoing.proof(user=decider, decided=hidden, stood=stood, action=Action.HIDE)
            assert bool(signed) is can

    def test_her_page_says_that_it_ended(self, client, make, discussion, author, decider):
        text = make.published(discussion, author)
        make.judged(edited(text, "mijn team"), Action.REJECT, "conduct", by=decider)
        made = steps.appealed(text)
        make.judged(text_of(made), Action.HIDE, "traceable")
        client.force_login(author)
        page = client.get(reverse("goedwerk_forum:appeal", args=[text.public_id, "reject"]))
        assert "Vervallen, omdat er een nieuwe versie of een nieuw besluit is" in page.text
        assert steps.GROUND in page.text


class TestTakenBack:
    @pytest.fixture
    def measured(self, make, discussion, author, decider):
        """A text that was the occasion for a pause that its author appeals."""
        text = make.published(discussion, author)
        until = timezone.localdate() + datetime.timedelta(days=90)
        order = Order(kind=Measure.PAUSE, reason="conduct", words="Even rust.", until=until)
        warn_or_pause(user=decider, public_id=text.public_id, order=order)
        drive("notices")
        return steps.appealed(text)

    def test_an_appeal_against_a_measure_outlives_its_occasion(self, measured, author, colleague):
        withdraw(contribution=text_of(measured))
        assert text_of(measured).waiting == "appeal"
        assert not access.is_in_good_standing(author)
        made = steps.verdict(measured, Outcome.GRANT, by=colleague)
        drive("notices")
        assert (made.state, text_of(measured).waiting) == (Appeal.State.GRANTED, None)
        assert access.is_in_good_standing(author)
        assert text_of(measured).state == State.WITHDRAWN

    def test_it_waits_on_when_a_report_beside_it_is_over(self, measured):
        steps.reported(text_of(measured))
        withdraw(contribution=text_of(measured))
        KeptText.objects.update(day=timezone.localdate() - datetime.timedelta(days=31))
        assert closed_cases.forget_copies() == 1
        assert text_of(measured).waiting == "appeal"


class TestWhoHidIt:
    @pytest.fixture
    def hidden(self, make, discussion, decider):
        return make.judged(make.published(discussion), Action.HIDE, "conduct", by=decider)

    def test_she_does_not_keep_it_away_alone(self, make, hidden, decider, colleague):
        with pytest.raises(HiddenByHer):
            make.judged(steps.now(hidden), Action.REJECT, "conduct", by=decider)
        assert (steps.now(hidden).state, hidden.statements.count()) == ("hidden", 1)
        make.judged(steps.now(hidden), Action.REJECT, "conduct", by=colleague)
        assert steps.now(hidden).state == State.REJECTED

    def test_she_may_put_it_back(self, make, hidden, decider):
        make.judged(steps.now(hidden), by=decider)
        assert steps.now(hidden).state == State.PUBLISHED

    @pytest.mark.parametrize("by_her", [True, False])
    def test_nor_among_many(self, make, discussion, hidden, decider, colleague, by_her):
        other = make.held(discussion)
        outcome = bulk.decide_many(
            user=decider if by_her else colleague,
            seen={each.public_id: each.version for each in (hidden, other)},
            action=Action.REJECT,
            reason="conduct",
            words="Dit raakt mensen.",
        )
        skipped = [(each.public_id, each.why) for each in outcome.skipped]
        assert skipped == ([(hidden.public_id, HiddenByHer.message)] if by_her else [])
        assert steps.now(hidden).state == (State.HIDDEN if by_her else State.REJECTED)
        assert steps.now(other).state == State.REJECTED

    def test_the_form_says_why_and_keeps_her_words(self, client, hidden, decider):
        client.force_login(decider)
        where = reverse("goedwerk_moderation:case", args=[hidden.public_id])
        sent = {
            "version": hidden.version,
            "action": "reject",
            "reason": "conduct",
            "words": "Dit blijft weg.",
        }
        page = client.post(where, sent)
        assert (page.status_code, "Dit blijft weg." in page.text) == (409, True)
        assert str(HiddenByHer.message) in page.text
        assert steps.now(hidden).state == State.HIDDEN

    def test_she_does_not_judge_what_a_colleague_decided_after_her(
        self, make, discussion, decider, colleague
    ):
        text = steps.taken_away(discussion, hidden_by=decider, by=colleague)
        made = steps.appealed(text)
        for who in (decider, colleague):
            with pytest.raises(OwnDecision):
                steps.verdict(made, Outcome.REFUSE, by=who)
        assert Appeal.objects.get().state == Appeal.State.OPEN
        third = make.ambassador(discussion)
        others = other_judges(made.statement)
        assert (third in others, {decider, colleague} & {*others}) == (True, set())
        steps.verdict(made, Outcome.REFUSE, by=third)

    def test_she_judges_what_was_decided_after_it_stood_again(
        self, make, hidden, decider, colleague
    ):
        make.judged(steps.now(hidden), by=colleague)
        make.judged(steps.now(hidden), Action.HIDE, "conduct", by=colleague)
        made = steps.appealed(hidden)
        with pytest.raises(OwnDecision):
            steps.verdict(made, Outcome.GRANT, by=colleague)
        assert steps.verdict(made, Outcome.GRANT, by=decider).state == Appeal.State.GRANTED


class TestFewOthers:
    """What the team sees, and what the owner is mailed, must not tell who wrote."""

    @pytest.mark.parametrize("written_by_colleague", [True, False])
    def test_a_team_of_two_looks_the_same_whoever_wrote(
        self, client, make, discussion, decider, colleague, settings, written_by_colleague
    ):
        settings.ADMINS = [("Beheer", "beheer@goedwerk.example")]
        text = steps.refused(discussion, colleague if written_by_colleague else None, by=decider)
        made = steps.appealed(text)
        drive("notices")
        assert [one.to for one in mail.outbox] == [["beheer@goedwerk.example"]]
        client.force_login(decider)
        where = reverse("goedwerk_moderation:case", args=[text.public_id])
        assert FEW in client.get(where).text
        assert bool(other_judges(made.statement)) is not written_by_colleague

    @pytest.mark.parametrize("written_by_colleague", [True, False])
    def test_so_does_a_team_of_three(
        self, client, make, discussion, decider, colleague, settings, written_by_colleague
    ):
        settings.ADMINS = [("Beheer", "beheer@goedwerk.example")]
        make.ambassador(discussion)
        text = steps.refused(discussion, colleague if written_by_colleague else None, by=decider)
        steps.appealed(text)
        drive("notices")
        assert not mail.outbox
        client.force_login(decider)
        where = reverse("goedwerk_moderation:case", args=[text.public_id])
        assert FEW not in client.get(where).text
