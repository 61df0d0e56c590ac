"""The last place of a circle, and its end, when two people press at the same moment."""

from __future__ import annotations

import pytest

import circles as rings
import factories as make
from at_once import at_once
from goedwerk_forum import circles
from goedwerk_forum.actions import circle_members
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.errors import CircleFull, ForumError, InvitationGone
from goedwerk_forum.models import LARGEST, CircleInvitation, Participant

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def a_site_with_pages():
    """A transactional test before this one emptied the tables."""
    make.root()


def trying(outcomes: list, act):
    """``act``, with what came of it noted."""

    def tried():
        try:
            act()
        except ForumError as error:
            outcomes.append(error.code)
        else:
            outcomes.append("in")

    return tried


def test_two_people_want_the_last_place_of_a_link():
    found = rings.circle()
    secret, outcomes = rings.link(found), []
    people = [make.user(), make.user()]
    at_once(
        *(trying(outcomes, lambda who=who: rings.sit_down(found, who, secret)) for who in people)
    )
    assert sorted(outcomes) == ["in", InvitationGone.code]
    assert circles.members_of(found).count() == 1
    assert Participant.objects.count() == 1
    assert not CircleInvitation.objects.exists()


def test_two_links_do_not_make_a_twelfth_member():
    found = rings.circle()
    secrets = [rings.link(found, LARGEST - 1), rings.link(found, 1)]
    for _one in range(LARGEST - 2):
        rings.sit_down(found, make.user(), secrets[0])
    # A place that was given twice: as if somebody who left had been counted out too early.
    CircleInvitation.objects.update(uses_left=2)
    people, outcomes = [make.user() for _one in range(4)], []
    at_once(
        *(
            trying(outcomes, lambda who=who, at=at: rings.sit_down(found, who, secrets[at % 2]))
            for at, who in enumerate(people)
        )
    )
    assert circles.members_of(found).count() == LARGEST
    assert sorted(outcomes) == [CircleFull.code, CircleFull.code, "in", "in"]


def test_one_who_presses_twice_takes_one_place():
    found, who = rings.circle(), make.user()
    secret, outcomes = rings.link(found, 3), []
    press = trying(outcomes, lambda: rings.sit_down(found, who, secret))
    at_once(press, press)
    assert outcomes == ["in", "in"]
    assert circles.members_of(found).count() == 1
    assert CircleInvitation.objects.get().uses_left == 2


def test_nobody_comes_in_while_it_closes():
    found = rings.circle()
    secret, outcomes = rings.link(found), []
    guide = rings.guide_of(found)
    at_once(
        trying(outcomes, lambda: rings.sit_down(found, make.user(), secret)),
        trying([], lambda: actions.close(user=guide, uuid=found.uuid)),
    )
    assert rings.fresh(found).is_closed
    sits = circles.members_of(found).count()
    assert outcomes == (["in"] if sits else [InvitationGone.code])
    with pytest.raises(InvitationGone):
        circle_members.invitation_of(secret)
