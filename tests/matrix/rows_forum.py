"""The participants' pages."""

from __future__ import annotations

from typing import Any

from goedwerk_forum.identity import pseudonyms
from goedwerk_forum.marks import preview_of

from .roles import (
    CONFLICT,
    MOVED,
    NOT_ALLOWED,
    NOT_FOUND,
    OK,
    ROLES,
    Row,
    everybody,
    nobody,
    own,
    signed_in,
)

TEXT = "Ik heb het eerst met een collega besproken en daarna pas opgeschreven wat ik zag."
WORDS = {
    "text": TEXT,
    "kind": "ervaring",
    "submission": "x" * 30,
    "seen": preview_of(TEXT).seen,
}
#: Who takes part in the discussion; the others are led to joining it first.
TAKE_PART = dict.fromkeys(["participant", "author", "ambassador"], OK)
SENT = dict.fromkeys(TAKE_PART, MOVED)
READABLE = ["contribution published", "contribution edited"]
#: Of these nothing was ever readable, or nothing is any more.
UNREADABLE = [
    "contribution pending",
    "contribution held",
    "contribution returned",
    "contribution rejected",
    "contribution withdrawn",
    "contribution elsewhere",
    "nothing",
]
OF_THE_AUTHOR = [
    "contribution pending",
    "contribution held",
    "contribution returned",
    "contribution rejected",
    "contribution withdrawn",
    "contribution published",
    "contribution edited",
    "contribution hidden",
]
WRITERS = tuple(TAKE_PART)
STRANGERS = tuple(role for role in ROLES if role not in (*WRITERS, "anonymous"))
#: Which of these may still be changed, and taken back.
CHANGEABLE = {"pending", "held", "returned", "published", "edited"}


def _joining(world: Any) -> dict[str, str]:
    drawn = pseudonyms.draw(world.discussion)
    signed = pseudonyms.sign(world.discussion, drawn)
    return {"join": "1", "pseudonym": signed, "role_label": "", "promise": "on"}


def _edit_of(key: str) -> Any:
    def data(world: Any) -> dict[str, Any]:
        return WORDS | {"version": world.contributions[key].version}

    return data


def _edits() -> list[Row]:
    rows = []
    for kind in OF_THE_AUTHOR:
        key = kind.split()[1]
        sent = MOVED if key in CHANGEABLE else CONFLICT
        rows.append(Row(own(), own(sent), kind, _edit_of(key)))
    return rows


def _withdrawals() -> list[Row]:
    return [
        Row(own(), own(CONFLICT if kind.endswith("withdrawn") else MOVED), kind)
        for kind in OF_THE_AUTHOR
    ]


OWN_OF_AMBASSADOR = "contribution own"
GUIDES = dict.fromkeys(["ambassador", "guide"], OK)
#: Who guides the discussion does it, and is led back.
GUIDED = dict.fromkeys(GUIDES, MOVED)
TURN = {"text": TEXT, "naming": "", "submission": "y" * 30, "seen": WORDS["seen"]}
FORUM: dict[str, list[Row]] = {
    "goedwerk_forum:join": [
        Row(
            signed_in(**SENT),
            signed_in(MOVED),
            "discussion",
            _joining,
            changes=STRANGERS,  # who takes part already is led on
        ),
        Row(signed_in(CONFLICT), signed_in(CONFLICT), "discussion closed", _joining),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "discussion offline", _joining),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "no discussion", _joining),
    ],
    "goedwerk_forum:write": [
        Row(
            signed_in(MOVED) | TAKE_PART,
            signed_in(MOVED),
            "discussion",
            WORDS,
            changes=WRITERS,
        ),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "discussion offline", WORDS),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "no discussion", WORDS),
    ],
    "goedwerk_forum:permalink": [
        *[Row(everybody(MOVED), everybody(MOVED), kind, changes=False) for kind in READABLE],
        Row(everybody(MOVED), everybody(MOVED), "contribution hidden", changes=False),
        *[Row(nobody(NOT_FOUND), nobody(NOT_FOUND), kind) for kind in UNREADABLE],
    ],
    "goedwerk_forum:reply": [
        *[
            Row(signed_in(MOVED) | TAKE_PART, signed_in(MOVED), kind, WORDS, changes=WRITERS)
            for kind in READABLE
        ],
        *[Row(nobody(NOT_FOUND), nobody(NOT_FOUND), kind, WORDS) for kind in UNREADABLE],
    ],
    "goedwerk_forum:branch": [
        Row(everybody(MOVED), nobody(NOT_ALLOWED), "discussion"),
        Row(nobody(NOT_FOUND), nobody(NOT_ALLOWED), "discussion offline"),
        Row(nobody(NOT_FOUND), nobody(NOT_ALLOWED), "no discussion"),
    ],
    "goedwerk_forum:guide": [
        Row(
            signed_in(NOT_FOUND) | GUIDES,
            signed_in(NOT_FOUND) | GUIDED,
            "discussion",
            query="?doe=stil",
        ),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no discussion", query="?doe=stil"),
    ],
    "goedwerk_forum:guide_write": [
        Row(signed_in(NOT_FOUND) | GUIDES, signed_in(NOT_FOUND) | GUIDED, "discussion", TURN),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no discussion", TURN),
    ],
    "goedwerk_forum:guide_tools": [
        *[
            Row(
                signed_in(NOT_FOUND) | GUIDES,
                signed_in(NOT_FOUND) | GUIDED,
                kind,
                query="?doe=vast",
            )
            for kind in READABLE
        ],
        *[
            Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), kind, query="?doe=vast")
            for kind in UNREADABLE
        ],
    ],
    "goedwerk_forum:guide_reply": [
        *[
            Row(signed_in(NOT_FOUND) | GUIDES, signed_in(NOT_FOUND) | GUIDED, kind, TURN)
            for kind in READABLE
        ],
        *[Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), kind, TURN) for kind in UNREADABLE],
    ],
    "goedwerk_forum:mine": [Row(signed_in(), signed_in(), changes=False)],
    "goedwerk_forum:own": [
        *[Row(own(), own(), kind, changes=False) for kind in OF_THE_AUTHOR],
        Row(own(of="ambassador"), own(of="ambassador"), OWN_OF_AMBASSADOR, changes=False),
    ],
    "goedwerk_forum:edit": _edits(),
    "goedwerk_forum:withdraw": [
        *_withdrawals(),
        Row(own(of="ambassador"), own(MOVED, of="ambassador"), OWN_OF_AMBASSADOR),
    ],
    "goedwerk_forum:inbox": [Row(signed_in(), signed_in(), changes=False)],
    "goedwerk_forum:own_data": [Row(signed_in(), signed_in(), changes=False)],
    "goedwerk_forum:own_download": [Row(signed_in(), signed_in(), changes=False)],
    "goedwerk_forum:own_erase": [
        Row(
            signed_in(),
            signed_in(MOVED),
            changes=("author", "ambassador", "other_ambassador"),
        )
    ],
    "goedwerk_forum:own_erase_here": [
        Row(
            signed_in(NOT_FOUND) | TAKE_PART,
            signed_in(NOT_FOUND) | SENT,
            "discussion",
            changes=("author", "ambassador"),  # the participant wrote nothing here
        )
    ],
    # Who moderates where she takes part could judge herself afterwards.
    "goedwerk_forum:own_cut": [
        Row(signed_in(), signed_in(MOVED, ambassador=CONFLICT, other_ambassador=CONFLICT))
    ],
    "goedwerk_forum:own_cut_here": [
        Row(
            signed_in(NOT_FOUND) | TAKE_PART,
            signed_in(NOT_FOUND) | SENT | {"ambassador": CONFLICT},
            "discussion",
        )
    ],
    "goedwerk_forum:unsubscribe": [
        Row(everybody(), everybody(), "mark"),
        Row(everybody(), everybody(NOT_FOUND), "nothing"),
    ],
    "goedwerk_forum:figures": [
        Row(everybody(), nobody(NOT_ALLOWED)),
        Row(everybody(), nobody(NOT_ALLOWED), "year"),
    ],
}
