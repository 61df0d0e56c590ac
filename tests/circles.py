"""Circles for tests, made by the same actions as the site makes them."""

from __future__ import annotations

import datetime
import itertools

from django.utils import timezone

import factories as make
import guides
from goedwerk_forum.actions import circle_members
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.actions.circles import Plan, SessionPlan
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import links, pseudonyms
from goedwerk_forum.models import Circle, Contribution, Discussion
from goedwerk_forum.outbox.drive import drive

_numbers = itertools.count(1)
#: Words of which no outsider may ever see one.
NAME, ABOUT = "De donderdagkring", "Over tegenspraak in een druk huis."
TITLES = ("Het eerste rondje", "Wie zwijgt", "De chef belt", "Wat blijft")
QUESTION = "Wanneer zei jij niets, en wat hield je tegen?"
RULES = "Wat hier gezegd wordt, blijft hier.\nWe vragen door voordat we oordelen."
SAID = "Ik zweeg in dat overleg, en daar had ik later spijt van toen het rapport uitkwam."


def plan(
    second_guide, *, sessions: int = 2, first: int = 0, titles=TITLES, question=QUESTION, **fields
) -> Plan:
    """``first`` is how many days from today the first session is; the others are a week apart."""
    today = timezone.localdate()
    planned = [
        SessionPlan(
            title=titles[number],
            question=question,
            day=today + datetime.timedelta(days=first + 7 * number),
        )
        for number in range(sessions)
    ]
    said = {"name": NAME, "about": ABOUT, "second_guide": second_guide} | fields
    return Plan(**said, sessions=planned)


def circle(*, guide=None, second=None, **fields) -> Circle:
    """A circle that looks for members."""
    return actions.make(
        user=guide or guides.may_guide(), plan=plan(second or guides.may_guide(), **fields)
    )


def guide_of(found: Circle):
    return found.discussion.guide


def link(found: Circle, places: int = 1, *, days: int = 14) -> str:
    """The secret of a new invitation."""
    return circle_members.invite(
        user=guide_of(found),
        uuid=found.uuid,
        expires_on=timezone.localdate() + datetime.timedelta(days=days),
        places=places,
    )


def member(found: Circle, who=None):
    """Somebody who took a place."""
    who = who or make.user()
    sit_down(found, who, link(found))
    return who


def sit_down(found: Circle, who, secret: str) -> None:
    pseudonym = pseudonyms.draw(found.discussion)
    circle_members.join(user=who, secret=secret, pseudonym=pseudonym)


def running(*, members: int = 6, and_so=(), **fields) -> tuple[Circle, list]:
    """A circle that began, and who sits in it: so many new people, and those named."""
    found = circle(**fields)
    people = [member(found) for _one in range(members)] + [member(found, who) for who in and_so]
    actions.set_rules(user=guide_of(found), uuid=found.uuid, text=RULES)
    actions.start(user=guide_of(found), uuid=found.uuid)
    return fresh(found), people


def fresh(found: Circle) -> Circle:
    return Circle.objects.select_related("discussion__page").get(pk=found.pk)


def first_session(found: Circle) -> Discussion:
    return Discussion.objects.select_related("page", "branch_of").get(
        circle_session__circle=found, circle_session__number=1
    )


def pseudonym_of(found: Circle, who) -> str:
    member = links.participant_of(who, found.discussion)
    assert member is not None
    return member.pseudonym


def said(discussion: Discussion, who, text: str = SAID) -> Contribution:
    """What a member said, read by a guide, and in sight."""
    participant = links.participant_of(who, discussion)
    assert participant is not None
    made = contribute(
        user=who,
        participant=participant,
        discussion=discussion,
        words=Words(f"{text} Dat was keer {next(_numbers)}.", "ervaring"),
        submission=new_submission(),
    )
    drive("moderation")
    made.refresh_from_db()
    if made.state != "published":
        make.judged(made, by=discussion.guide)
    made.refresh_from_db()
    return made
