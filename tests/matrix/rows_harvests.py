"""Harvests: their guides compose, their writers answer, editors make tips of them."""

from __future__ import annotations

from typing import Any

from .roles import MOVED, NOT_ALLOWED, NOT_FOUND, OK, Row, own, signed_in, staff
from .rows_admin import SIGNERS

#: Who may write pages makes tips; those who sign may write, too.
WRITERS = SIGNERS
COMPOSERS = ("ambassador", "guide")
#: For who guides the discussion; who guides another one finds nothing there.
HERS = staff(*COMPOSERS, other_ambassador=NOT_FOUND)
DONE = staff(*COMPOSERS, answer=MOVED, other_ambassador=NOT_FOUND)
ONLY_POST = staff(*COMPOSERS, "other_ambassador", answer=NOT_ALLOWED)
NOWHERE = staff(*COMPOSERS, "other_ambassador", answer=NOT_FOUND)
ELSEWHERE = staff(*COMPOSERS, answer=NOT_FOUND, other_ambassador=OK)


def _words(world: Any) -> dict[str, str]:
    text = world.contributions["edited"].comment
    return {"form": "quote", "place": "tips", "text": text}


def _tip(world: Any) -> dict[str, str]:
    return {"tip": world.objects["tip of harvest"][0], "cluster": "proefgroep"}


HARVESTS: dict[str, list[Row]] = {
    "goedwerk_forum:consents": [Row(signed_in(), signed_in(NOT_ALLOWED))],
    "goedwerk_forum:consent": [
        Row(own(), own(MOVED), "quote asked", {"choice": "ja"}),
        Row(own(), own(MOVED), "quote asked", {"choice": "later"}, changes=False),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "nothing", {"choice": "ja"}),
    ],
    "goedwerk_harvests:of_discussion": [
        Row(HERS, DONE, "discussion"),
        Row(NOWHERE, NOWHERE, "no discussion"),
    ],
    "goedwerk_harvests:compose": [
        Row(HERS, staff(*COMPOSERS, "other_ambassador", answer=NOT_ALLOWED), "harvest"),
        Row(ELSEWHERE, ONLY_POST, "harvest elsewhere"),
    ],
    "goedwerk_harvests:pick": [Row(HERS, DONE, "harvest words", _words)],
    "goedwerk_harvests:ask": [Row(ONLY_POST, DONE, "harvest draft")],
    "goedwerk_harvests:leave_out": [Row(ONLY_POST, DONE, "harvest quote")],
    "goedwerk_tips": [
        Row(staff(*WRITERS), staff(*WRITERS, answer=MOVED), "harvest", _tip),
        Row(
            staff(*WRITERS, answer=NOT_FOUND),
            staff(*WRITERS, answer=NOT_FOUND),
            "harvest draft",
            _tip,
        ),
    ],
}
