"""Circles: there for who sits in them and for who guides them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

import circles as rings
from goedwerk_forum.identity import pseudonyms

from .roles import CONFLICT, MOVED, NOT_ALLOWED, NOT_FOUND, OK, Expected, Row, signed_in


def inside(*, member: str = NOT_FOUND, guide: str = NOT_FOUND) -> Expected:
    """For the one who sits in it, and the one who guides it; to others it is not there."""
    return signed_in(NOT_FOUND) | {"participant": member, "ambassador": guide}


def _joining(world: Any) -> dict[str, str]:
    home = world.circle.discussion
    return {"join": "1", "pseudonym": pseudonyms.sign(home, pseudonyms.draw(home))}


def _plan(world: Any) -> dict[str, str]:
    planned = {
        f"{name}_{number}": value
        for number in (1, 2)
        for name, value in {
            "title": "Een andere titel",
            "day": timezone.localdate().isoformat(),
            "question": "Wat zou jij zeggen?",
        }.items()
    }
    guide = rings.guide_of(world.circle).get_username()
    return {"name": "Anders", "about": "Over luisteren.", "second_guide": guide} | planned


def _removal(world: Any) -> dict[str, str]:
    who = rings.pseudonym_of(world.circle, world.people["participant"])
    return {"pseudonym": who, "reason": "conduct", "text": "Het ging niet samen."}


#: Who may guide may begin a circle of her own.
MAKERS = ("guide", "other_ambassador", "superuser")
JOINED = signed_in(MOVED) | {"ambassador": CONFLICT}
CIRCLES: dict[str, list[Row]] = {
    "goedwerk_forum:circles": [Row(signed_in(), signed_in(NOT_ALLOWED))],
    "goedwerk_forum:circle_new": [
        Row(
            signed_in(NOT_FOUND) | dict.fromkeys(MAKERS, OK),
            signed_in(NOT_FOUND) | dict.fromkeys(MAKERS, MOVED),
            data=_plan,
        )
    ],
    "goedwerk_forum:circle_invitation": [
        Row(
            signed_in(participant=MOVED),
            JOINED,
            "circle invitation",
            _joining,
            changes=tuple(
                role for role in JOINED if role not in ("anonymous", "participant", "ambassador")
            ),
        ),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "nothing", _joining),
    ],
    "goedwerk_forum:circle": [
        Row(
            inside(member=OK, guide=OK),
            inside(member=MOVED, guide=CONFLICT),
            "circle",
            {"rules": rings.RULES},
        ),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no discussion"),
    ],
    "goedwerk_forum:circle_session": [
        Row(
            inside(member=OK, guide=OK),
            inside(member=MOVED, guide=CONFLICT),
            "session",
            {"erbij": "ja"},
        ),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no discussion"),
    ],
    "goedwerk_forum:circle_leave": [
        Row(inside(member=OK, guide=MOVED), inside(member=MOVED), "circle")
    ],
    "goedwerk_forum:circle_guide": [
        Row(
            inside(guide=OK),
            inside(guide=MOVED),
            "circle",
            {"text": "We luisteren eerst."},
            query="?doe=regels",
        )
    ],
    "goedwerk_forum:circle_plan": [Row(inside(guide=OK), inside(guide=MOVED), "circle", _plan)],
    "goedwerk_forum:circle_sheet": [
        Row(inside(guide=OK), inside(guide=MOVED), "session", {"text": "Begin met stilte."})
    ],
    "goedwerk_forum:circle_remove": [
        Row(inside(guide=OK), inside(guide=MOVED), "circle", _removal)
    ],
    "goedwerk_forum:circle_close": [Row(inside(guide=OK), inside(guide=MOVED), "circle")],
}
