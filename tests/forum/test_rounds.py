"""Rounds: each speaks once or listens before anyone speaks twice; who is unheard, as a share."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import guides as guiding_people
from at_once import at_once
from counting import counted
from goedwerk_forum import courses, own_file
from goedwerk_forum.actions import formats
from goedwerk_forum.actions.contributions import Words, contribute, withdraw
from goedwerk_forum.actions.listening import forget_passes, listen
from goedwerk_forum.actions.release import release
from goedwerk_forum.errors import NoRound, NotYourTurn, SpokenAlready, TooManyInARow
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import links
from goedwerk_forum.models import Contribution, Course, Discussion, Format, FormatStep, RoundPass
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

WORDS = [
    "Wij legden het eerst voor aan de balie, en daarna aan de buren.",
    "Bij ons duurde het drie weken voordat iemand het hardop zei.",
    "Ik heb gewacht tot er rust was, en toen pas gebeld met de ander.",
    "Een nieuwe collega vroeg waarom, en dat hielp ons allemaal verder.",
]


@pytest.fixture
def discussion(make):
    made = make.discussion(discussion_policy="all_first")
    template = Format.objects.create(name="Proef")
    for order, is_round in enumerate((True, False)):
        FormatStep.objects.create(
            format=template,
            sort_order=order,
            name=f"Deel {order}",
            question="Wat maakte jij mee?",
            is_round=is_round,
        )
    guide = guiding_people.guide_of(made)
    formats.choose_format(user=guide, uuid=made.uuid.hex, template=template)
    made = fresh(made)
    made.its_guide = guide
    return made


@pytest.fixture
def people(make, discussion):
    """Three who take part."""
    found = [make.user() for _one in range(3)]
    for who in found:
        make.participant(discussion, who)
    return found


def fresh(discussion):
    return Discussion.objects.select_related("page", "course").get(pk=discussion.pk)


def passes(discussion, who):
    here = fresh(discussion)
    listen(user=who, participant=links.participant_of(who, here), discussion=here)


def said(make, discussion, who, number=0, **fields):
    return make.published(fresh(discussion), who, text=WORDS[number], **fields)


def page_of(discussion):
    return Client().get(discussion.page.url).text


def test_who_listens_reads_so_in_the_file_of_all_that_is_hers(discussion, people):
    passes(discussion, people[0])
    (mine,) = own_file.everything(people[0])["discussions"]
    step = fresh(discussion).course.step
    assert mine["listened"] == [{"day": timezone.localdate(), "step": step.name}]
    (others,) = own_file.everything(people[1])["discussions"]
    assert others["listened"] == []
    page = b"".join(own_file.streamed(own_file.everything(people[0])))
    with zipfile.ZipFile(io.BytesIO(page)) as archive:
        assert "Rondjes waarin je luisterde" in archive.read("alles.html").decode()


# --- speaking ------------------------------------------------------------------------------------


def test_nobody_speaks_twice_before_all_were_heard_or_listen(make, discussion, people):
    first, second, third = people
    said(make, discussion, first)
    with pytest.raises(NotYourTurn):
        make.contribution(fresh(discussion), first, text=WORDS[1])
    said(make, discussion, second, 1)
    with pytest.raises(NotYourTurn):
        make.contribution(fresh(discussion), first, text=WORDS[2])
    assert Contribution.objects.count() == 2
    passes(discussion, third)
    with pytest.raises(NotYourTurn):  # nobody knows yet that she listens
        make.contribution(fresh(discussion), first, text=WORDS[2])
    release([discussion.pk])
    make.contribution(fresh(discussion), first, text=WORDS[2])
    assert fresh(discussion).course.is_floor_open
    make.participant(fresh(discussion))  # who joins now stops nobody
    said(make, discussion, second, 3)
    assert Contribution.objects.count() == 4


def test_what_others_cannot_read_yet_ends_no_round(make, discussion, people):
    first, *others = people
    said(make, discussion, first)
    for number, who in enumerate(others, start=1):
        make.held(fresh(discussion), who, text=WORDS[number])
    with pytest.raises(NotYourTurn):
        make.contribution(fresh(discussion), first, text=WORDS[3])
    assert not fresh(discussion).course.is_floor_open


def test_turn_that_is_taken_back_can_be_taken_again(make, discussion, people):
    first = people[0]
    spoken = said(make, discussion, first)
    withdraw(contribution=Contribution.objects.get(pk=spoken.pk))
    again = make.held(fresh(discussion), first, text=WORDS[1])
    with pytest.raises(NotYourTurn):
        make.contribution(fresh(discussion), first, text=WORDS[2])
    make.judged(again, Action.REJECT, "conduct")
    make.contribution(fresh(discussion), first, text=WORDS[2])
    assert Contribution.objects.count() == 3


def test_reply_is_a_turn_too_and_a_guide_waits_for_nobody(make, discussion, people):
    first, second, _third = people
    head = said(make, discussion, first)
    said(make, discussion, second, 1, in_reply_to=head)
    with pytest.raises(NotYourTurn):
        make.contribution(fresh(discussion), second, text=WORDS[2], in_reply_to=head)
    for _turn in range(2):
        guiding_people.turn(fresh(discussion), discussion.its_guide)
    assert Contribution.objects.filter(by_guide=True, step=1).count() == 2


def test_refused_turn_keeps_what_was_typed_and_says_when(client, make, discussion, people):
    first = people[0]
    client.force_login(first)
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    assert client.get(url).status_code == 200
    said(make, discussion, first)
    waits = client.get(url)
    assert waits.status_code == 409
    assert "jij sprak al" in waits.text
    assert "<textarea" not in waits.text
    refused = client.post(url, {"kind": "ervaring", "text": WORDS[1], "step": "1"})
    assert refused.status_code == 409
    assert WORDS[1] in refused.text
    assert "Wat je schreef staat hieronder nog" in refused.text
    assert Contribution.objects.count() == 1


def test_guide_opens_a_round_that_waits_for_somebody(client, make, discussion, people):
    first = people[0]
    said(make, discussion, first)
    passes(discussion, people[1])
    client.force_login(discussion.its_guide)
    url = reverse("goedwerk_forum:guide_steps", args=[discussion.uuid.hex])
    assert client.post(f"{url}?doe=vrij").status_code == 302
    assert not RoundPass.objects.exists()
    make.contribution(fresh(discussion), first, text=WORDS[1])
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=2)
    with pytest.raises(NoRound):
        formats.open_floor(user=discussion.its_guide, uuid=discussion.uuid.hex)
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=1)
    assert not fresh(discussion).course.is_floor_open


# --- the brake -----------------------------------------------------------------------------------


def test_two_in_a_row_then_somebody_else(make, discussion, people):
    first, second, _third = people
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=2)
    for number in range(2):
        said(make, discussion, first, number)
    with pytest.raises(TooManyInARow):
        make.contribution(fresh(discussion), first, text=WORDS[2])
    unread = make.held(fresh(discussion), second, text=WORDS[3])
    with pytest.raises(TooManyInARow):  # what waits, nobody may know of
        make.contribution(fresh(discussion), first, text=WORDS[2])
    make.judged(unread)
    release([discussion.pk])
    make.contribution(fresh(discussion), first, text=WORDS[2])
    assert Contribution.objects.count() == 4


def test_brake_holds_per_step_and_not_without_steps(make, discussion, people):
    first = people[0]
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=2)
    for number in range(2):
        said(make, discussion, first, number)
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=1)
    make.contribution(fresh(discussion), first, text=WORDS[2])
    plain = make.discussion(discussion_policy="all_first")
    for number in range(3):
        make.contribution(plain, first, text=WORDS[number])
    assert Contribution.objects.filter(discussion=plain).count() == 3


# --- listening -----------------------------------------------------------------------------------


def test_listening_leaves_a_row_of_participant_step_and_day(discussion, people):
    passes(discussion, people[0])
    passes(discussion, people[0])
    row = RoundPass.objects.get()
    assert {field.name for field in RoundPass._meta.concrete_fields} == {
        "id",
        "course",
        "step",
        "participant",
        "day",
        "is_counted",
    }
    assert (row.step, row.participant) == (1, links.participant_of(people[0], discussion))
    release([discussion.pk])
    assert RoundPass.objects.get().is_counted
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=2)
    assert not RoundPass.objects.exists()


@pytest.mark.parametrize("over", ["closes_on", "ended_on"])
def test_who_listened_last_is_forgotten_when_the_dialogue_is_over(discussion, people, over):
    passes(discussion, people[0])
    assert forget_passes() == 0
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Discussion.objects.filter(pk=discussion.pk).update(closing_thanks="Dank.", **{over: yesterday})
    assert forget_passes() == 1
    assert not RoundPass.objects.exists()


def test_who_listens_may_still_speak_once(make, discussion, people):
    passes(discussion, people[0])
    said(make, discussion, people[0])
    with pytest.raises(NotYourTurn):
        make.contribution(fresh(discussion), people[0], text=WORDS[1])
    with pytest.raises(SpokenAlready):
        passes(discussion, people[0])


def test_page_to_listen_asks_first_and_tells_what_is_kept(client, make, discussion, people):
    url = reverse("goedwerk_forum:listen", args=[discussion.uuid.hex])
    assert Client().post(url).status_code == 302
    client.force_login(make.user())
    assert reverse("goedwerk_forum:join", args=[discussion.uuid.hex]) in client.post(url).url
    assert not RoundPass.objects.exists()
    client.force_login(people[0])
    asked = client.get(url)
    assert "no-store" in asked.headers["Cache-Control"]
    assert "Ik luister" in asked.text
    assert not RoundPass.objects.exists()
    assert "Je luistert in dit rondje" in client.post(url).text
    assert RoundPass.objects.count() == 1
    formats.move(user=discussion.its_guide, uuid=discussion.uuid.hex, to=2)
    assert client.post(url).status_code == 409
    assert not RoundPass.objects.exists()
    Discussion.objects.filter(pk=discussion.pk).update(is_read_only=True)
    assert client.get(url).status_code == 409


# --- the share -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unheard", "all_", "quarters"),
    [(0, 5, 0), (1, 5, 1), (1, 40, 1), (2, 5, 2), (3, 5, 2), (4, 5, 3), (39, 40, 3), (5, 5, 4)],
)
def test_share_goes_in_quarters(unheard, all_, quarters):
    assert courses._quarters(unheard, all_) == quarters


def test_share_of_who_was_not_heard_is_shown_from_five_on(make, discussion, people):
    said(make, discussion, people[0])
    make.participant(fresh(discussion))
    assert "nog niet gehoord" not in page_of(discussion)  # four take part
    make.participant(fresh(discussion))
    assert "driekwart van de deelnemers is nog niet gehoord" in page_of(discussion)
    passes(discussion, people[1])
    passes(discussion, people[2])
    assert "driekwart van de deelnemers" in page_of(discussion)
    release([discussion.pk])
    assert "de helft van de deelnemers" in page_of(discussion)
    guiding_people.published_turn(fresh(discussion), discussion.its_guide)
    assert "de helft van de deelnemers" in page_of(discussion)
    Course.objects.update(is_floor_open=True)
    assert "deelnemers is nog niet gehoord" not in page_of(discussion)


def test_share_is_one_query_however_many_take_part(make, discussion, people):
    with counted() as few:
        courses.unheard_in(fresh(discussion))
    for _one in range(10):
        make.participant(fresh(discussion))
    with counted() as many:
        assert courses.unheard_in(fresh(discussion)).quarters == 4
    assert few.queries == many.queries == 2  # the discussion, and the share


# --- at once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_turns_at_once_one_stands(make, discussion, people):
    who = people[0]
    participant = links.participant_of(who, discussion)
    refused = []

    def speak(text):
        try:
            contribute(
                user=who,
                participant=participant,
                discussion=discussion,
                words=Words(text=text, kind="ervaring"),
                submission=new_submission(),
            )
        except NotYourTurn as error:
            refused.append(error)

    at_once(lambda: speak(WORDS[0]), lambda: speak(WORDS[1]))
    assert len(refused) == 1
    assert Contribution.objects.count() == 1
