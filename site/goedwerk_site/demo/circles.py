"""The circle of the demonstration: it runs, with two guides and seven members."""

from __future__ import annotations

import datetime
import tomllib
from itertools import count
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from goedwerk_forum.actions import circle_members
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.actions.circles import Plan, SessionPlan
from goedwerk_forum.identity import links, pseudonyms
from goedwerk_forum.models import Circle, Discussion
from goedwerk_site.accounts.models import User

from .accounts import voice
from .dialogue import Dialogue
from .pages import days_ago

CONTENT = Path(__file__).parent / "circle.toml"


def make_circle(accounts: dict[str, User], voices: count) -> str:
    """Makes it by the actions of guides and members; says how far it is."""
    told = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    guide = accounts["ambassadeur"]
    circle = actions.make(user=guide, plan=_plan(told, accounts["ambassadeur2"]))
    people = {name: accounts.get(name) or voice(next(voices)) for name in told["members"]}
    secret = circle_members.invite(
        user=guide,
        uuid=circle.uuid,
        expires_on=days_ago(-14),
        places=len(people) + 1,
    )
    for who in people.values():
        drawn = pseudonyms.draw(circle.discussion)
        circle_members.join(user=who, secret=secret, pseudonym=drawn)
    actions.start(user=guide, uuid=circle.uuid)
    _agree(circle, told, people, guide)
    _talk(circle, told, people, accounts)
    return f"Een kring met {len(people)} leden"


def _plan(told: dict[str, Any], second_guide: User) -> Plan:
    today = timezone.localdate()
    return Plan(
        name=told["name"],
        about=told["about"],
        second_guide=second_guide,
        sessions=[
            SessionPlan(
                title=session["title"],
                question=session["question"],
                day=today + datetime.timedelta(days=session["in_days"]),
                story=Page.objects.filter(slug=session.get("story", "")).first(),
                assignments=list(Page.objects.filter(slug__in=session.get("assignments", []))),
            )
            for session in told["sessions"]
        ],
    )


def _agree(circle: Circle, told: dict[str, Any], people: dict[str, User], guide: User) -> None:
    rules = told["rules"].strip()
    actions.set_rules(user=guide, uuid=circle.uuid, text=rules)
    for name in told["agreed"]:
        circle_members.agree(user=people[name], uuid=circle.uuid, rules=rules)


def _talk(
    circle: Circle, told: dict[str, Any], people: dict[str, User], accounts: dict[str, User]
) -> None:
    sessions = circle.sessions.select_related("discussion__page", "discussion__branch_of")
    for session, planned in zip(sessions, told["sessions"], strict=True):
        uuid = session.uuid
        if sheet := planned.get("sheet"):
            actions.write_sheet(user=accounts["ambassadeur"], uuid=uuid, text=sheet.strip())
        _play(session.discussion, planned.get("said", []), people, accounts)
        if session.day >= timezone.localdate() and planned.get("sheet"):
            for name in told["attending"]:
                circle_members.attend(user=people[name], uuid=uuid, comes=True)
    home = Discussion.objects.select_related("page").get(pk=circle.discussion_id)
    _play(home, told["between"], people, accounts)


def _play(
    discussion: Discussion,
    said: list[dict[str, Any]],
    people: dict[str, User],
    accounts: dict[str, User],
) -> None:
    dialogue = Dialogue(discussion, accounts, count(1))
    for name, who in people.items():
        participant = links.participant_of(who, discussion)
        assert participant is not None  # noqa: S101 - each of them has just joined
        dialogue.people[name] = (who, participant)
    dialogue.play(
        [
            item | {"id": str(at), "state": "published", "text": " ".join(item["text"].split())}
            for at, item in enumerate(said)
        ]
    )
