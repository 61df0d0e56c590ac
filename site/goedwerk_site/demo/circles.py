"""The circles of the demonstration: two that run, and the series that they belong to."""

from __future__ import annotations

import datetime
import tomllib
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import Page

from goedwerk_forum.actions import circle_members, series
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.actions.circles import Plan, SessionPlan
from goedwerk_forum.identity import links, pseudonyms
from goedwerk_forum.models import Circle, Discussion, Series
from goedwerk_site.accounts.models import User

from .accounts import voice
from .dialogue import Dialogue
from .pages import days_ago

CONTENT = Path(__file__).parent


def make_circles(accounts: dict[str, User], voices: count) -> str:
    """Makes them by the actions of guides and members; says how far it is."""
    one, other = accounts["ambassadeur"], accounts["ambassadeur2"]
    first = _circle(_told("circle"), one, other, accounts, voices)
    # Its second guide is nobody of the demonstration: so one ambassador guides both circles,
    # and the other sees of this one what everybody else in the series sees.
    second = _circle(_told("second_circle"), other, _guide(next(voices)), accounts, voices)
    _make_series(_told("series"), (one, first), (other, second))
    return "Twee kringen in een traject"


def _told(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def _guide(number: int) -> User:
    """Somebody who may guide, and cannot sign in."""
    who = voice(number)
    who.user_permissions.add(Permission.objects.get(codename="guide_discussion"))
    return who


def _circle(
    told: dict[str, Any], guide: User, second: User, accounts: dict[str, User], voices: count
) -> Circle:
    circle = actions.make(user=guide, plan=_plan(told, second))
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
    return circle


def _make_series(told: dict[str, Any], *parts: tuple[User, Circle]) -> None:
    """The circles in a row, a report that is released, and what a guide wrote on since."""
    guide, first = parts[0]
    words = series.SeriesWords(told["title"], told["purpose"])
    made = series.begin(user=guide, uuid=first.uuid, words=words)
    for other, circle in parts[1:]:
        day = days_ago(-14)
        secret = series.invite(user=guide, public_id=made.public_id, expires_on=day)
        series.join(user=other, secret=secret, uuid=circle.uuid)
    report = told["report"].strip()
    _write(guide, made, report)
    made.refresh_from_db()
    series.release(user=guide, public_id=made.public_id, seen=made.draft_mark)
    _write(guide, made, report + "\n\n" + told["since"].strip())


def _write(guide: User, made: Series, text: str) -> None:
    made.refresh_from_db()
    series.write(user=guide, public_id=made.public_id, text=text, seen=made.draft_mark)


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
