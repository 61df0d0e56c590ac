"""A circle that closed, and one that is gone for everybody: for its guides just the same."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

import circles as rings
from goedwerk_forum import access
from goedwerk_forum.actions import branching, calling, ending, guiding
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.circle_days import STAYS
from goedwerk_forum.errors import CircleClosed, NotFound
from goedwerk_forum.guides import guided_discussions
from goedwerk_forum.models import AuditRecord, Contribution, Discussion
from goedwerk_forum.setup import AMBASSADORS, prepare

pytestmark = pytest.mark.django_db

NEXT_WEEK = timezone.localdate() + datetime.timedelta(days=7)


@pytest.fixture
def guide(running):
    """A guide of the circle, who also is an ambassador: both ways lead to its discussions."""
    list(prepare())
    found = rings.guide_of(running[0])
    found.groups.add(Group.objects.get(name=AMBASSADORS))
    return type(found).objects.get(pk=found.pk)


@pytest.fixture
def running():
    return rings.running()


@pytest.fixture
def session(running):
    return rings.first_session(running[0])


@pytest.fixture
def said(running, session):
    _found, people = running
    return rings.said(session, people[0])


def is_long_over(days: int) -> None:
    """Its home closed so many days ago; a session was open longer, of itself."""
    today = timezone.localdate()
    homes = Discussion.objects.filter(in_circle=True)
    homes.update(opens_on=None, closes_on=today)
    homes.filter(branch_of=None).update(closes_on=today - datetime.timedelta(days=days))


def shown_to(guide, client, found, session, said) -> dict[str, int | bool]:
    """What the guide finds by each of her ways."""
    client.force_login(guide)

    def status(name, *args):
        return client.get(reverse(name, args=args)).status_code

    desk = client.get(reverse("goedwerk_forum:guided")).content.decode()
    return {
        "tools of the circle": status("goedwerk_forum:guide", found.uuid),
        "tools of a session": status("goedwerk_forum:guide", session.uuid.hex),
        "the desk names it": rings.QUESTION in desk,
        "case": status("goedwerk_moderation:case", said.public_id),
        "guided": guided_discussions(guide).filter(in_circle=True).exists(),
        "granted": access.granted_discussions(guide).filter(in_circle=True).exists(),
    }


def test_a_guide_reads_a_closed_circle_until_it_is_gone(running, guide, session, said, client):
    found, _people = running
    is_long_over(STAYS.days)
    assert shown_to(guide, client, found, session, said) == {
        "tools of the circle": 200,
        "tools of a session": 200,
        "the desk names it": True,
        "case": 200,
        "guided": True,
        "granted": True,
    }
    is_long_over(STAYS.days + 1)
    assert shown_to(guide, client, found, session, said) == {
        "tools of the circle": 404,
        "tools of a session": 404,
        "the desk names it": False,
        "case": 404,
        "guided": False,
        "granted": False,
    }


def test_nobody_revives_a_circle_that_is_gone(running, guide, session, client):
    found, people = running
    is_long_over(STAYS.days + 1)
    for uuid in (found.uuid, session.uuid.hex):
        with pytest.raises(NotFound):
            guiding.set_closing(user=guide, uuid=uuid, closes_on=NEXT_WEEK)
    assert not Discussion.objects.filter(in_circle=True, closes_on=NEXT_WEEK).exists()
    client.force_login(people[0])
    assert client.get(session.get_absolute_url()).status_code == 404


TOOLS = {
    "closing": lambda guide, at, said: guiding.set_closing(
        user=guide, uuid=at, closes_on=NEXT_WEEK
    ),
    "banner": lambda guide, at, said: guiding.set_banner(user=guide, uuid=at, text="Dag allemaal"),
    "end": lambda guide, at, said: ending.end(
        user=guide, uuid=at, words=ending.ClosingWords("Dank.", "", "")
    ),
    "call off": lambda guide, at, said: calling.call_off(user=guide, uuid=at),
    "pin": lambda guide, at, said: guiding.pin(user=guide, public_id=said.public_id),
    "close part": lambda guide, at, said: branching.close_branch(
        user=guide, public_id=said.public_id
    ),
}


def everything() -> tuple[list, list, int]:
    return (
        list(Discussion.objects.order_by("pk").values()),
        list(Contribution.objects.order_by("pk").values()),
        AuditRecord.objects.count(),
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tools_of_a_guide_do_nothing_in_a_closed_circle(running, guide, session, said, tool):
    found, _people = running
    actions.close(user=guide, uuid=found.uuid)
    before = everything()
    with pytest.raises(CircleClosed):
        TOOLS[tool](guide, session.uuid.hex, said)
    assert everything() == before


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool != "call off"])
def test_they_work_while_it_runs(guide, session, said, tool):
    before = everything()
    TOOLS[tool](guide, session.uuid.hex, said)
    assert everything() != before


def test_the_page_of_a_closed_circle_says_why_its_last_day_stays(
    running, guide, session, said, client
):
    found, _people = running
    actions.close(user=guide, uuid=found.uuid)
    client.force_login(guide)
    url = reverse("goedwerk_forum:guide", args=[session.uuid.hex])
    answer = client.post(f"{url}?doe=sluiting", {"closes_on": NEXT_WEEK.isoformat()})
    assert answer.status_code == 409
    assert "Deze kring is gesloten." in answer.content.decode()
    assert not Discussion.objects.filter(in_circle=True, closes_on=NEXT_WEEK).exists()
