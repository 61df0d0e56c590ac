"""Steps of a dialogue and formats: leading, listening, editing, a file out and in."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from .roles import CONFLICT, MOVED, NOT_ALLOWED, NOT_FOUND, Row, nobody, signed_in, staff
from .rows_admin import OWNERS, managed
from .rows_forum import GUIDED, GUIDES, TAKE_PART

EDIT = ("editor", "editor2", *OWNERS)
STEP = {"name": "Begin", "question": "Hoe begint het?"}


def _choice(world: Any) -> dict[str, Any]:
    return {"template": world.objects["format"][0]}


def _file(_world: Any) -> dict[str, Any]:
    text = json.dumps({"goedwerk-format": 1, "name": "Ingelezen", "steps": [STEP]})
    return {"file": SimpleUploadedFile("vorm.json", text.encode())}


def _posted() -> dict[str, Any]:
    """A format with one step, as the admin's form sends it."""
    counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 12}
    step = STEP | {"ORDER": 1, "id": "", "DELETE": "", "days": "", "task": ""}
    return (
        {"name": "Anders", "introduction": ""}
        | {f"steps-{name}": value for name, value in counts.items()}
        | {f"steps-0-{name}": value for name, value in step.items()}
    )


FORMATS: dict[str, list[Row]] = {
    "goedwerk_forum:guide_steps": [
        Row(
            signed_in(NOT_FOUND) | GUIDES,
            signed_in(NOT_FOUND) | GUIDED,
            "discussion",
            _choice,
            query="?doe=werkvorm",
        ),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no discussion", query="?doe=vrij"),
    ],
    "goedwerk_forum:listen": [
        Row(
            signed_in(MOVED) | TAKE_PART,
            signed_in(MOVED) | dict.fromkeys(TAKE_PART, CONFLICT),
            "discussion",
            changes=False,
        ),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "discussion offline"),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "no discussion"),
    ],
    "goedwerk_formats:export": [Row(staff(*EDIT), staff(*EDIT, answer=NOT_ALLOWED), "format")],
    "goedwerk_formats:import": [Row(staff(*EDIT), staff(*EDIT, answer=MOVED), data=_file)],
}
FORMATS |= managed("goedwerk_formats", "format", *EDIT, data=_posted())
