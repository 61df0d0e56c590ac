"""Since when something waits: an hour in a row that goes with the decision; counts that stay."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from counting import counted
from goedwerk_forum.actions import waiting
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.verdicts import give_to_person
from goedwerk_forum.errors import StaleDecision
from goedwerk_forum.models import Contribution, DecisionTime, Policy, WaitingCount, WaitingSince
from goedwerk_forum.transitions import Action, State

pytestmark = pytest.mark.django_db

TEXTS = [f"Keer {number} belde ik zelf eerst even met de buurman." for number in range(12)]


def since():
    return dict(WaitingSince.objects.values_list("pk", "hour"))


def counts():
    rows = DecisionTime.objects.order_by("kind", "within")
    return {(row.kind, row.within): row.number for row in rows}


def waited(contribution, **ago):
    hour = timezone.now() - datetime.timedelta(**ago)
    WaitingSince.objects.filter(pk=contribution.pk).update(hour=hour)


# --- the hour --------------------------------------------------------------------------------


def test_held_text_waits_since_a_whole_hour(make, discussion):
    held = make.held(discussion)
    hour = since()[held.pk]
    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
    assert hour <= timezone.now() < hour + datetime.timedelta(hours=1)


def test_text_that_software_published_never_waited(make):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    published = make.examined(discussion, make.known(published_before=2))
    assert published.state == State.PUBLISHED
    assert published.pk not in since()


def test_text_whose_checks_failed_waits(make, discussion):
    pending = make.contribution(discussion)
    assert since() == {}
    give_to_person(pending.revisions.get().pk)
    assert list(since()) == [pending.pk]


def test_hidden_text_waits_for_a_second_look(make, discussion):
    shown = make.published(discussion)
    assert since() == {}
    make.judged(shown, Action.HIDE, "conduct")
    assert list(since()) == [shown.pk]
    assert counts() == {("new", 2): 1}


@pytest.mark.parametrize("way", ["withdrawn", "sent again"])
def test_author_ends_the_waiting_without_a_count(make, discussion, way):
    held = make.held(discussion)
    if way == "withdrawn":
        withdraw(contribution=held)
    else:
        send_again(contribution=held, version=held.version, words=Words(TEXTS[0], "vraag"))
    assert since() == {}
    assert counts() == {}


# --- counts ----------------------------------------------------------------------------------

BOUNDS = [
    (datetime.timedelta(minutes=30), 2),
    (datetime.timedelta(hours=3), 4),
    (datetime.timedelta(hours=7), 8),
    (datetime.timedelta(hours=23), 24),
    (datetime.timedelta(hours=25), 48),
    (datetime.timedelta(days=3), 168),
    (datetime.timedelta(days=8), 10_000),
]


@pytest.mark.parametrize(("ago", "within"), BOUNDS)
def test_decision_is_counted_within_its_bound(make, discussion, ago, within):
    held = make.held(discussion)
    waited(held, seconds=ago.total_seconds())
    make.judged(held)
    assert counts() == {("new", within): 1}


def test_decisions_of_a_day_add_up_by_what_they_waited_as(make, discussion):
    first, second = (make.held(discussion, text=text) for text in TEXTS[:2])
    make.judged(first)
    make.judged(second, Action.REJECT, "off_topic")
    shown = make.published(discussion, text=TEXTS[2])
    make.judged(shown, Action.HIDE, "conduct")
    make.judged(Contribution.objects.get(pk=shown.pk))
    assert counts() == {("new", 2): 3, ("second_look", 2): 1}
    assert since() == {}


def test_refused_decision_counts_nothing_and_it_goes_on_waiting(make, discussion):
    held = make.held(discussion)
    before = since()
    held.version += 1
    with pytest.raises(StaleDecision):
        make.judged(held)
    assert (since(), counts()) == (before, {})


def test_undone_transaction_counts_nothing(make, discussion):
    held = make.held(discussion)
    before = since()
    with transaction.atomic():
        make.judged(held)
        transaction.set_rollback(True)
    assert (since(), counts()) == (before, {})


def test_counts_hold_no_text_person_or_discussion():
    names = {field.name for field in DecisionTime._meta.get_fields()}
    assert names == {"id", "day", "kind", "within", "number"}


def test_many_are_counted_at_the_price_of_two(make, discussion):
    made = [make.held(discussion, text=text) for text in TEXTS]
    costs = []
    for some in (made[:2], made[2:]):
        with counted() as work:
            waiting.count_decisions({one.pk: "new" for one in some})
        costs.append(work.queries)
    assert costs == [3, 3]
    assert counts() == {("new", 2): 12}


# --- looked after ----------------------------------------------------------------------------


def test_what_waits_unknown_is_known_from_now_and_what_ended_is_forgotten(make, discussion):
    unknown, ended, fine = (make.held(discussion, text=text) for text in TEXTS[:3])
    waited(fine, days=2)
    hour = since()[fine.pk]
    WaitingSince.objects.filter(pk=unknown.pk).delete()
    Contribution.objects.filter(pk=ended.pk).update(waiting=None)
    assert waiting.mend() == 2
    assert since() == {unknown.pk: waiting.this_hour(), fine.pk: hour}
    assert waiting.mend() == 0


def test_waiting_of_a_day_is_written_down_once_per_discussion(make, discussion):
    other = make.discussion()
    for text in TEXTS[:2]:
        make.held(discussion, text=text)
    make.held(other)
    waiting.count_the_waiting()
    make.held(discussion, text=TEXTS[3])
    waiting.count_the_waiting()
    rows = WaitingCount.objects.values_list("discussion_id", "number")
    assert dict(rows) == {discussion.pk: 2, other.pk: 1}


def test_counts_go_after_two_years(discussion):
    today = timezone.localdate()
    for days in (729, 731):
        day = today - datetime.timedelta(days=days)
        WaitingCount.objects.create(day=day, discussion=discussion, number=1)
        DecisionTime.objects.create(day=day, kind="new", within=2, number=1)
    waiting.count_the_waiting()
    kept = today - datetime.timedelta(days=729)
    assert [row.day for row in WaitingCount.objects.all()] == [kept]
    assert [row.day for row in DecisionTime.objects.all()] == [kept]
