"""Ambassadors at a case: claims that lapse, hand-over, notes, a second look, being away."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from goedwerk_forum.actions import desk
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.errors import (
    ClaimedByColleague,
    NotFound,
    NotWaiting,
    OwnContribution,
    SecondLookAsked,
)
from goedwerk_forum.models import AuditRecord, CaseNote, Claim, Contribution, Statement, Urgency
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(make, discussion):
    return make.ambassador(discussion, "anna")


@pytest.fixture
def bea(make, discussion):
    return make.ambassador(discussion, "bea")


@pytest.fixture
def held(make, discussion):
    return make.held(discussion)


def claimed(user, contribution):
    desk.claim(user=user, contribution=contribution)
    return Claim.objects.filter(contribution=contribution).first()


def publish(user, contribution):
    return decide(
        user=user,
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.PUBLISH,
    )


def later(monkeypatch, minutes):
    then = timezone.now() + datetime.timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: then)


# --- claims ----------------------------------------------------------------------------------


def test_who_opens_a_case_has_it_and_a_colleague_does_not_get_it(anna, bea, held):
    assert claimed(anna, held).holder == anna
    assert claimed(bea, held).holder == anna
    with pytest.raises(ClaimedByColleague):
        publish(bea, held)
    held.refresh_from_db()
    assert held.state == "held"
    assert publish(anna, held).state == "published"


def test_claim_lapses(anna, bea, held, monkeypatch, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"CLAIM_MINUTES": 5}
    claimed(anna, held)
    later(monkeypatch, 4)
    assert claimed(bea, held).holder == anna
    later(monkeypatch, 7)
    assert claimed(bea, held).holder == bea


def test_lapsed_claim_keeps_nobody_from_deciding(anna, bea, held, monkeypatch):
    claimed(anna, held)
    later(monkeypatch, 30)
    assert publish(bea, held).state == "published"


def test_claim_tells_no_second(anna, held):
    assert claimed(anna, held).until.second == claimed(anna, held).until.microsecond == 0


def test_opening_another_case_removes_lapsed_claims(make, anna, discussion, held, monkeypatch):
    claimed(anna, held)
    later(monkeypatch, 30)
    other = make.held(discussion, text="Ik wachtte een week voordat ik er iets over zei.")
    claimed(anna, other)
    assert [claim.contribution_id for claim in Claim.objects.all()] == [other.pk]


def test_colleague_takes_over(anna, bea, held):
    claimed(anna, held)
    desk.take_over(user=bea, public_id=held.public_id)
    with pytest.raises(ClaimedByColleague):
        publish(anna, held)
    assert publish(bea, held).state == "published"


def test_decision_leaves_no_trace_of_who_had_it(anna, held):
    claimed(anna, held)
    publish(anna, held)
    assert not Claim.objects.exists()
    record = AuditRecord.objects.latest("pk")
    assert (record.actor, record.action) == ("ambassador", "publish")


def test_nothing_is_claimed_that_does_not_wait(make, anna, discussion):
    assert claimed(anna, make.published(discussion)) is None


@pytest.mark.parametrize("who", ["author", "other"])
def test_only_who_may_judge_takes_over_or_hands_over(make, anna, discussion, who):
    author = make.ambassador(discussion)
    held = make.held(discussion, author)
    user = author if who == "author" else make.ambassador(make.discussion())
    error = OwnContribution if who == "author" else NotFound
    claimed(anna, held)
    for attempt in (
        lambda: desk.take_over(user=user, public_id=held.public_id),
        lambda: desk.hand_over(user=user, public_id=held.public_id, to=None),
        lambda: desk.put_down(user=user, public_id=held.public_id),
        lambda: desk.add_note(user=user, public_id=held.public_id, text="Zo."),
        lambda: desk.remove_note(user=user, public_id=held.public_id, note="x"),
    ):
        with pytest.raises(error):
            attempt()
    assert Claim.objects.get().holder == anna
    assert not CaseNote.objects.exists()


def test_case_is_handed_to_a_colleague_for_a_day(anna, bea, held, monkeypatch):
    claimed(anna, held)
    desk.hand_over(user=anna, public_id=held.public_id, to=bea)
    later(monkeypatch, 23 * 60)
    with pytest.raises(ClaimedByColleague):
        publish(anna, held)
    assert claimed(bea, held).is_handed_over is False
    assert publish(bea, held).state == "published"


def test_case_handed_over_lapses_too(anna, bea, held, monkeypatch):
    desk.hand_over(user=anna, public_id=held.public_id, to=bea)
    later(monkeypatch, 25 * 60)
    assert publish(anna, held).state == "published"


def test_case_goes_back_to_the_group(anna, bea, held):
    claimed(anna, held)
    desk.hand_over(user=anna, public_id=held.public_id, to=None)
    assert publish(bea, held).state == "published"


def test_author_is_among_the_colleagues_so_that_a_list_does_not_tell(make, anna, discussion):
    author = make.ambassador(discussion, "author")
    held = make.held(discussion, author)
    assert author in desk.colleagues(anna, held)
    desk.hand_over(user=anna, public_id=held.public_id, to=author)
    desk.take_over(user=anna, public_id=held.public_id)
    assert publish(anna, held).state == "published"


def test_case_is_not_handed_to_a_stranger(make, anna, held):
    with pytest.raises(NotFound):
        desk.hand_over(user=anna, public_id=held.public_id, to=make.user())
    assert not Claim.objects.exists()


def test_what_is_put_down_is_free(anna, bea, held):
    claimed(anna, held)
    desk.put_down(user=bea, public_id=held.public_id)
    assert Claim.objects.get().holder == anna
    desk.put_down(user=anna, public_id=held.public_id)
    assert claimed(bea, held).holder == bea


# --- notes and a second look -----------------------------------------------------------------


def note(user, contribution, **options):
    return desk.add_note(user=user, public_id=contribution.public_id, text="Kijk.", **options)


def test_who_asks_for_a_second_look_does_not_decide(anna, bea, held):
    claimed(anna, held)
    note(anna, held, asks_second_look=True)
    with pytest.raises(SecondLookAsked):
        publish(anna, held)
    held.refresh_from_db()
    assert (held.state, Statement.objects.count()) == ("held", 0)
    assert publish(bea, held).state == "published"


def test_second_look_is_on_record_without_a_person(anna, held):
    note(anna, held, asks_second_look=True)
    record = AuditRecord.objects.latest("pk")
    assert (record.actor, record.action, record.before) == ("ambassador", "second_opinion", "held")


def test_second_look_is_asked_once(anna, bea, held):
    note(anna, held, asks_second_look=True)
    note(bea, held, asks_second_look=True)
    assert [item.author for item in CaseNote.objects.filter(asks_second_look=True)] == [anna]
    assert AuditRecord.objects.filter(action="second_opinion").count() == 1
    assert publish(bea, held).state == "published"


def test_who_takes_her_question_back_decides_again(anna, held):
    asked = note(anna, held, asks_second_look=True)
    desk.remove_note(user=anna, public_id=held.public_id, note=asked.public_id)
    assert publish(anna, held).state == "published"


def test_note_of_a_colleague_is_not_hers_to_remove(anna, bea, held):
    hers = note(anna, held)
    with pytest.raises(NotFound):
        desk.remove_note(user=bea, public_id=held.public_id, note=hers.public_id)
    assert CaseNote.objects.count() == 1


def test_no_notes_where_nothing_is_to_be_decided(make, anna, discussion):
    with pytest.raises(NotWaiting):
        note(anna, make.published(discussion))
    assert not CaseNote.objects.exists()


def test_notes_of_a_decided_case_go_at_night(anna, bea, held):
    note(anna, held)
    assert desk.forget_closed_cases() == 0
    publish(bea, held)
    assert desk.forget_closed_cases() == 1
    assert not CaseNote.objects.exists()


def test_notes_stay_while_the_software_reads_the_text_again(anna, held):
    note(anna, held)
    Contribution.objects.filter(pk=held.pk).update(state="pending", waiting=None)
    assert desk.forget_closed_cases() == 0


def test_notes_go_at_once_when_the_author_takes_the_text_back(anna, bea, held):
    claimed(anna, held)
    note(bea, held)
    withdraw(contribution=held)
    assert not CaseNote.objects.exists()
    assert not Claim.objects.exists()


def test_name_of_a_colleague_goes_with_her_account_and_her_note_stays(anna, held):
    note(anna, held)
    anna.delete()
    assert CaseNote.objects.get().author is None


# --- urgency ---------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.RETURN, Action.REJECT])
def test_decision_of_a_person_ends_the_urgency(anna, held, action):
    Contribution.objects.update(urgency=Urgency.URGENT)
    decided = decide(
        user=anna,
        public_id=held.public_id,
        version=held.version,
        action=action,
        reason="" if action == Action.PUBLISH else "conduct",
        words="Dit raakt mensen.",
    )
    assert decided.urgency == Urgency.ORDINARY


def test_decision_on_an_edit_ends_the_urgency(make, drive, anna, discussion):
    author = make.user()
    contribution = make.published(discussion, author)
    words = Words("Wij belden de burger eerst op en hoorden toen meer.", "vraag")
    send_again(user=author, contribution=contribution, version=contribution.version, words=words)
    drive()
    Contribution.objects.update(urgency=Urgency.RAISED)
    contribution.refresh_from_db()
    assert publish(anna, contribution).urgency == Urgency.ORDINARY


def test_hidden_one_stays_urgent_until_somebody_looks(make, anna, discussion):
    contribution = make.published(discussion)
    Contribution.objects.update(urgency=Urgency.URGENT)
    hidden = decide(
        user=anna,
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.HIDE,
        reason="traceable",
        words="Dit raakt mensen.",
    )
    assert hidden.urgency == Urgency.URGENT


# --- being away ------------------------------------------------------------------------------


def test_who_is_away_gets_nothing_new(anna, held):
    desk.go_away(user=anna)
    assert claimed(anna, held) is None
    desk.come_back(user=anna)
    assert claimed(anna, held).holder == anna


def test_who_goes_away_lets_go_of_what_she_had(anna, bea, held):
    claimed(anna, held)
    desk.go_away(user=anna)
    assert claimed(bea, held).holder == bea


def test_nothing_is_handed_to_who_is_away(anna, bea, held):
    desk.go_away(user=bea)
    with pytest.raises(NotFound):
        desk.hand_over(user=anna, public_id=held.public_id, to=bea)
    assert not Claim.objects.exists()


def test_being_away_is_for_ambassadors(make):
    with pytest.raises(NotFound):
        desk.go_away(user=make.user())
