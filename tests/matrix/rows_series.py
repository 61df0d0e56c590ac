"""Series: there for who sits in one of their circles, and for who guides one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from .roles import INVALID, MOVED, NOT_ALLOWED, NOT_FOUND, OK, Row, signed_in
from .rows_circles import MAKERS, inside

WORDS = {"series_name": "Een ander traject", "purpose": "Over luisteren in twee groepen."}


def _change(world: Any) -> dict[str, str]:
    return WORDS | {"version": world.series.words_mark}


def _report(world: Any) -> dict[str, str]:
    return {"text": "Wat de kringen samen leerden.", "version": world.series.draft_mark}


def _release(world: Any) -> dict[str, str]:
    return {"version": world.series.draft_mark}


def _day(world: Any) -> dict[str, str]:
    return {"expires_on": timezone.localdate().isoformat()}


def _joining(world: Any) -> dict[str, str]:
    return {"choice": world.free_circle.uuid}


#: Who could guide a circle reads what it is about; only her own circle can join.
INVITED = (*MAKERS, "ambassador")
SERIES: dict[str, list[Row]] = {
    "goedwerk_forum:series_new": [
        Row(inside(guide=OK), inside(guide=MOVED), "circle in no series", WORDS),
        Row(inside(guide=MOVED), None, "circle"),
    ],
    "goedwerk_forum:series_leave": [
        Row(inside(guide=OK), inside(guide=MOVED), "circle"),
        Row(inside(guide=MOVED), inside(guide=MOVED), "circle in no series", changes=False),
    ],
    "goedwerk_forum:series_invitation": [
        Row(
            signed_in(NOT_FOUND) | dict.fromkeys(INVITED, OK),
            signed_in(NOT_FOUND) | dict.fromkeys(MAKERS, INVALID) | {"ambassador": MOVED},
            "series invitation",
            _joining,
            changes=("ambassador",),
        ),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "nothing", _joining),
    ],
    "goedwerk_forum:series": [
        Row(inside(member=OK, guide=OK), signed_in(NOT_ALLOWED), "series"),
        Row(signed_in(NOT_FOUND), signed_in(NOT_ALLOWED), "nothing"),
    ],
    "goedwerk_forum:series_change": [Row(inside(guide=OK), inside(guide=MOVED), "series", _change)],
    "goedwerk_forum:series_invite": [Row(inside(guide=OK), inside(guide=OK), "series", _day)],
    "goedwerk_forum:series_report": [Row(inside(guide=OK), inside(guide=MOVED), "series", _report)],
    "goedwerk_forum:series_release": [
        Row(inside(guide=OK), inside(guide=MOVED), "series", _release)
    ],
    "goedwerk_forum:series_take_back": [Row(inside(guide=OK), inside(guide=MOVED), "series")],
}
