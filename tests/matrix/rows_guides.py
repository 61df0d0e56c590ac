"""What guides do beyond the thread: their desk, hints, closing words, tables, sentences."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from .roles import INVALID, NOT_ALLOWED, NOT_FOUND, OK, Row, own, signed_in
from .rows_admin import OWNERS, managed
from .rows_forum import (
    GUIDED,
    GUIDES,
    OF_THE_AUTHOR,
    OWN_OF_AMBASSADOR,
    READABLE,
    TEXT,
    UNREADABLE,
    WORDS,
)

#: Who guides or moderates somewhere has a desk.
AT_A_DESK = GUIDES | {"other_ambassador": OK, "superuser": OK}
CLOSING = {"text": "Dank voor wat jullie deelden.", "heard": TEXT, "onward": ""}
MESSAGE = {"text": "Wat hielp jou om het toch te zeggen?"}


def _table(_world: Any) -> dict[str, str]:
    return WORDS | {"lens": "", "said_on": timezone.localdate().isoformat()}


def _guided(data: Any) -> list[Row]:
    return [
        Row(signed_in(NOT_FOUND) | GUIDES, signed_in(NOT_FOUND) | GUIDED, "discussion", data),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no discussion", data),
    ]


GUIDING: dict[str, list[Row]] = {
    "goedwerk_forum:guided": [Row(signed_in(NOT_FOUND) | AT_A_DESK, signed_in(NOT_ALLOWED))],
    "goedwerk_forum:guide_table": _guided(_table),
    "goedwerk_forum:guide_end": _guided(CLOSING),
    "goedwerk_forum:guide_hint": [
        *[
            Row(signed_in(NOT_FOUND) | GUIDES, signed_in(NOT_FOUND) | GUIDED, kind, MESSAGE)
            for kind in READABLE
        ],
        *[Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), kind, MESSAGE) for kind in UNREADABLE],
    ],
    # Nothing was written to her, or she wrote nothing: what is hers lets her in, and no more.
    "goedwerk_forum:own_hint": [
        *[Row(own(), own(INVALID), kind, changes=False) for kind in OF_THE_AUTHOR],
        Row(own(of="ambassador"), own(INVALID, of="ambassador"), OWN_OF_AMBASSADOR, changes=False),
    ],
}
GUIDING |= managed(
    "goedwerk_guide_sentences",
    "sentence",
    *OWNERS,
    data={"naming": "proces", "text": "Zullen we met de eerste vraag beginnen?"},
)
