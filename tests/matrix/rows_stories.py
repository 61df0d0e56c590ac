"""The contributors' pages."""

from __future__ import annotations

from typing import Any

import workbench as bench
from goedwerk_casestudies.actions.submissions import asked_story
from goedwerk_casestudies.forms import draw_mark
from goedwerk_casestudies.raw import version_of
from goedwerk_casestudies.shown import digest

from .roles import CONFLICT, MOVED, NOT_ALLOWED, NOT_FOUND, Row, everybody, nobody, own, signed_in

KINDS = ["submission draft", "submission sent", "submission in_hand", "submission asked"]
EDITORS_OWN = "submission editors"
LETTER = {"text": "Een woord voor de redactie."}


def _new(_world: Any) -> dict[str, str]:
    return {"text": "Het rapport lag drie weken op een bureau.", "submission": draw_mark()}


def _changed(_world: Any) -> dict[str, str]:
    """The first step of the draft, from the form that shows what stands there."""
    return _new(_world) | {"version": version_of(bench.RAW.what_happened)}


def _agrees(world: Any) -> dict[str, str]:
    story = asked_story(world.submissions["asked"])
    return {"choice": "agree", "version": digest(story)}


def _each(get: dict[str, str], post: dict[str, str], data: Any = None) -> list[Row]:
    return [Row(get, post, kind, data) for kind in KINDS]


VOTE = {"a-s-stelling": "agree"}


def _marked(world: Any) -> dict[str, str]:
    return {"a-marked": world.asked.asked.items[0].key}


def _added(world: Any) -> dict[str, str]:
    return _marked(world) | {"do": "add"}


STORIES: dict[str, list[Row]] = {
    "goedwerk_stories:take_part": [
        Row(signed_in(), signed_in(MOVED), "round", VOTE),
        Row(signed_in(CONFLICT), signed_in(CONFLICT), "round closed", VOTE),
        Row(everybody(), everybody(), "round of assignment", _marked, changes=False),
        Row(everybody(), signed_in(MOVED), "round of assignment", _added),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "nothing", VOTE),
    ],
    "goedwerk_stories:start": [Row(everybody(), nobody(NOT_ALLOWED))],
    "goedwerk_stories:new": [Row(signed_in(), signed_in(MOVED), data=_new)],
    "goedwerk_stories:read": [
        Row(own(), own(MOVED), "submission draft", {"wants_result": "ja", "if_silent": "ja"}),
        Row(own(MOVED), own(MOVED), "submission sent", changes=False),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "nothing"),
    ],
    "goedwerk_stories:mine": [Row(signed_in(), signed_in(NOT_ALLOWED))],
    "goedwerk_stories:own": [
        *_each(own(), signed_in(NOT_ALLOWED)),
        Row(own(of="editor"), signed_in(NOT_ALLOWED), EDITORS_OWN),
    ],
    "goedwerk_stories:letter": [
        Row(own(), own(MOVED), "submission in_hand", LETTER),
        Row(own(of="editor"), own(MOVED, of="editor"), EDITORS_OWN, LETTER),
    ],
    "goedwerk_stories:consent": [
        Row(own(), own(MOVED), "submission asked", _agrees),
        Row(own(), own(CONFLICT), "submission asked", {"choice": "agree"}),
        Row(own(MOVED), own(CONFLICT), "submission in_hand", {"choice": "agree"}),
    ],
    "goedwerk_stories:withdraw": [
        *_each(own(), own(MOVED)),
        Row(own(of="editor"), own(MOVED, of="editor"), EDITORS_OWN),
    ],
    "goedwerk_stories:step": [
        Row(own(), own(MOVED), "step draft", _changed),
        Row(own(), own(CONFLICT), "step draft", _new),
        Row(own(), own(CONFLICT), "step sent", _new),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "no step", _new),
    ],
}
