"""A statement in steps: its vote stands in the step, and opens again with it."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import asking
import factories
import guides as guiding_people
from goedwerk_casestudies.actions import ballots
from goedwerk_casestudies.models import Round, StatementPage
from goedwerk_forum.actions import formats
from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.models import Discussion, Format, Policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    list(formats.bring_in_shipped())
    return asking.statement(
        has_discussion=True,
        discussion_question="Wat kort jij in?",
        discussion_group=factories.ambassador_group(),
        discussion_policy=Policy.ALL_FIRST,
        discussion_format=Format.objects.get(name="Stelling"),
    )


@pytest.fixture
def move(page, django_capture_on_commit_callbacks):
    discussion = Discussion.objects.get(page_id=page.pk)
    guide = guiding_people.guide_of(discussion)

    def to(number):
        with django_capture_on_commit_callbacks(execute=True):
            formats.move(user=guide, uuid=discussion.uuid.hex, to=number)

    return to


def vote_on(page) -> str:
    """Where readers are led to vote by the step in hand; empty where by none."""
    text = Client().get(page.url).text
    steps = text[
        text.index("gw-steps") : text.index("gw-thread" if "gw-thread" in text else "gw-empty")
    ]
    for round_ in Round.objects.filter(page_id=page.pk):
        if reverse("goedwerk_stories:take_part", args=[round_.uuid.hex]) in steps:
            return str(round_.number)
    return ""


def test_step_of_voting_leads_to_the_ballot_and_opens_its_second_round(page, move):
    assert vote_on(page) == "1"
    move(2)
    assert vote_on(page) == ""
    assert [one.number for one in Round.objects.filter(page_id=page.pk)] == [1]
    move(3)
    assert vote_on(page) == "2"
    assert [one.is_open for one in Round.objects.filter(page_id=page.pk)] == [False, True]
    move(2)
    move(3)
    assert Round.objects.filter(page_id=page.pk).count() == 2


def test_back_to_the_first_vote_opens_nothing(page, move):
    move(2)
    move(1)
    assert [one.number for one in Round.objects.filter(page_id=page.pk)] == [1]


def test_process_without_the_key_leaves_the_round_to_the_night(page, move, monkeypatch):
    def no_key(**_given):
        raise KeyMissing

    monkeypatch.setattr("goedwerk_casestudies.actions.ballots.open_round", no_key)
    move(2)
    move(3)
    assert StatementPage.objects.get(pk=page.pk).second_opens_on == timezone.localdate()
    assert Round.objects.filter(page_id=page.pk).count() == 1


def test_round_that_nobody_opened_when_its_step_began_opens_at_night(page, move, monkeypatch):
    monkeypatch.setattr(formats, "BEGUN", [])  # as where the process dies after the move
    move(2)
    assert ballots.follow_dates() == 0
    move(3)
    assert Round.objects.filter(page_id=page.pk).count() == 1
    for _night in range(2):
        ballots.follow_dates()
        assert Round.objects.filter(page_id=page.pk).count() == 2


def test_round_that_cannot_close_holds_up_no_other():
    pages = [asking.statement() for _one in range(3)]
    Round.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    Round.objects.filter(page_id=pages[1].pk).update(sealed_pool="00" * 60)
    with pytest.raises(KeyMissing):
        ballots.follow_dates()
    assert [asking.round_of(page).is_open for page in pages] == [False, True, False]
