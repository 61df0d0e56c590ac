"""The desk of ambassadors: what is done at a case, above the queue, and with its settings."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from goedwerk_forum.actions.rota import monday

from .roles import CONFLICT, FORBIDDEN, MOVED, NOT_ALLOWED, NOT_FOUND, Row, staff
from .rows_admin import AMBASSADORS, GRANTED, OWNERS, managed, reading

#: What is only pressed answers no look.
CLOSED = staff(*AMBASSADORS, answer=NOT_ALLOWED)
DONE = GRANTED | {"ambassador": MOVED}
OWN = GRANTED | {"ambassador": FORBIDDEN}


def _chosen(world: Any) -> dict[str, Any]:
    held = world.contributions["held"]
    seen = f"{held.public_id}:{held.version}"
    return {"seen": seen, "confirmed": "1", "action": "publish"}


def _week(world: Any) -> dict[str, Any]:
    week = monday(timezone.localdate()).isoformat()
    name = world.people["ambassador"].get_username()
    return {"group": world.discussion.group.name, "week": week, "ambassador": name}


def at_case(name: str, data: dict[str, Any] | None = None) -> dict[str, list[Row]]:
    """Something pressed at a case: hers to judge, her own, and of another discussion."""
    return {
        f"goedwerk_moderation:{name}": [
            Row(CLOSED, DONE, "contribution held", data),
            Row(CLOSED, OWN, "contribution own", data),
        ]
    }


#: She who only looks at her own things gets in; her press does what is hers.
HERS = staff(*AMBASSADORS, answer=MOVED)
QUEUE: dict[str, list[Row]] = {
    "goedwerk_moderation:together": [
        Row(
            CLOSED,
            staff("ambassador", answer=MOVED, other_ambassador=CONFLICT, superuser=CONFLICT),
            data=_chosen,
        )
    ],
    # Without the proof of a decision in her browser nothing is undone.
    "goedwerk_moderation:undo": [Row(CLOSED, HERS, changes=False)],
    "goedwerk_moderation:rota": [
        Row(
            staff(*AMBASSADORS),
            staff("ambassador", answer=MOVED),
            data=_week,
        )
    ],
    "goedwerk_moderation:away": [Row(CLOSED, HERS, data={"away": "1"})],
    "goedwerk_moderation:save_view": [Row(CLOSED, HERS, data={"name": "x", "query": "age=1"})],
    "goedwerk_moderation:forget_view": [
        Row(CLOSED, HERS, "view", changes=("ambassador",)),
    ],
    "goedwerk_moderation:forget_note": [
        Row(CLOSED, DONE, "note"),
    ],
}
QUEUE |= reading("goedwerk_moderation:keys", *AMBASSADORS)
QUEUE |= at_case("take_over")
QUEUE |= at_case("pass_on", {"to": ""})
QUEUE |= at_case("skip")
QUEUE |= managed(
    "goedwerk_canned_reasons",
    "canned",
    *OWNERS,
    data={"reason": "conduct", "title": "Anders", "text": "Zo kan het ook."},
)
UNKNOWN = GRANTED | {"ambassador": NOT_FOUND}
QUEUE["goedwerk_moderation:forget_note"].append(Row(CLOSED, UNKNOWN, "no note"))
# Having a case in hand is not counted as a change: reading it does that too.
for _name in ("take_over", "pass_on", "skip"):
    QUEUE[f"goedwerk_moderation:{_name}"] = [
        Row(**vars(row) | {"changes": False}) for row in QUEUE[f"goedwerk_moderation:{_name}"]
    ]
