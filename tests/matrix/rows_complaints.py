"""Reports, appeals, measures, and what surrounds them: figures, practice, the record's health."""

from __future__ import annotations

from typing import Any

from goedwerk_forum.identity import reporters

from .roles import (
    CONFLICT,
    INVALID,
    MOVED,
    NOT_ALLOWED,
    NOT_FOUND,
    OK,
    Row,
    everybody,
    nobody,
    own,
    signed_in,
    staff,
)
from .rows_admin import (
    AMBASSADORS,
    EDITORS,
    GRANTED,
    JUDGED,
    OWN,
    OWNERS,
    exported,
    managed,
    reading,
)
from .rows_forum import READABLE, UNREADABLE


def _complaint(_world: Any) -> dict[str, str]:
    return {"reason": "conduct", "text": "Kijk hier eens.", "submission": reporters.new_mark()}


#: Who is not signed in reads her code at once; others find it among their own.
REPORTED = everybody(MOVED, anonymous=OK)
PARTICIPANTS: dict[str, list[Row]] = {
    "goedwerk_forum:report": [
        *[Row(everybody(), REPORTED | {"author": CONFLICT}, kind, _complaint) for kind in READABLE],
        *[Row(nobody(NOT_FOUND), nobody(NOT_FOUND), kind, _complaint) for kind in UNREADABLE],
    ],
    "goedwerk_forum:report_page": [
        Row(everybody(), REPORTED, "discussion", _complaint),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "discussion offline", _complaint),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "no discussion", _complaint),
    ],
    "goedwerk_forum:report_alone": [
        Row(everybody(), REPORTED, "page alone", _complaint),
        Row(nobody(NOT_FOUND), nobody(NOT_FOUND), "page alone offline", _complaint),
    ],
    "goedwerk_forum:report_follow": [
        Row(everybody(), everybody(INVALID), data={"code": "bestaatniet"}, changes=False)
    ],
    "goedwerk_forum:own_reports": [Row(signed_in(), signed_in(), changes=False)],
    "goedwerk_forum:appeal": [
        Row(own(), own(MOVED), "own decision", {"text": "Dat klopt niet."}),
        Row(own(), own(CONFLICT), "own appeal", {"text": "Nog eens.", "version": "1"}),
        Row(signed_in(NOT_FOUND), signed_in(NOT_FOUND), "no decision", {"text": "Waarom?"}),
    ],
    # Nothing that is done here leaves a trace.
    "goedwerk_forum:practice_room": [
        Row(everybody(), everybody(), data={"text": "Ik probeer eens wat."}, changes=False)
    ],
    "goedwerk_forum:hidden": [Row(everybody(), nobody(NOT_ALLOWED))],
}


def _keeping(world: Any) -> dict[str, Any]:
    reported = world.contributions["reported"]
    seen = " ".join(reported.reports.values_list("public_id", flat=True))
    return {"version": reported.version, "seen": seen, "text": "Dit mag."}


#: The author was warned already, and nobody is twice at once.
PAUSE = {"kind": "pause", "days": "7", "reason": "conduct", "words": "Rustiger graag."}
VERDICT = {"outcome": "refused", "text": "Daarom.", "version": "1"}
#: Of a page: who moderates its discussion, and who may edit it.
ANSWER = staff("ambassador", *EDITORS, "signer", other_ambassador=NOT_FOUND)
ANSWERED = ANSWER | dict.fromkeys(["ambassador", *EDITORS, "signer"], MOVED)
MODERATORS: dict[str, list[Row]] = {
    "goedwerk_moderation:keep": [
        Row(GRANTED, JUDGED, "contribution reported", _keeping),
        Row(OWN, OWN, "contribution own", {"version": "1", "seen": ""}),
    ],
    "goedwerk_moderation:appeal": [Row(GRANTED, JUDGED, "appeal", VERDICT)],
    "goedwerk_moderation:measure": [
        Row(GRANTED, JUDGED, "contribution held", PAUSE),
        Row(OWN, OWN, "contribution own", PAUSE),
    ],
    "goedwerk_moderation:measure_asked": [
        Row(GRANTED, JUDGED, "measure asked", {"choice": "confirm"})
    ],
    "goedwerk_moderation:measure_end": [Row(GRANTED, JUDGED, "measure taken")],
    "goedwerk_reports:report": [
        Row(ANSWER, ANSWERED, "page report", {"outcome": "refused", "text": "Dit blijft."})
    ],
    "goedwerk_dashboard:alerts": [
        Row(
            staff(*AMBASSADORS, answer=NOT_ALLOWED),
            staff(*AMBASSADORS, answer=MOVED),
            data={"wants_alerts": "1"},
        )
    ],
    "goedwerk_practice:case": [
        Row(
            staff(*AMBASSADORS, "owner"),
            staff(*AMBASSADORS, "owner"),
            "practice case",
            {"action": "publish"},
            changes=False,  # what she answers stays in her own session
        )
    ],
    "goedwerk_practice:start_again": [
        Row(
            staff(*AMBASSADORS, "owner", answer=NOT_ALLOWED),
            staff(*AMBASSADORS, "owner", answer=MOVED),
            changes=False,
        )
    ],
    "goedwerk_verify_audit": [
        Row(staff("privacy", "superuser"), staff("privacy", "superuser", answer=MOVED))
    ],
}
MODERATORS |= reading("goedwerk_moderation:measures", *AMBASSADORS)
MODERATORS |= reading("goedwerk_reports:index", *AMBASSADORS, "editor", "editor2", "signer")
MODERATORS |= reading("goedwerk_practice:index", *AMBASSADORS, "owner")
MODERATORS |= exported("goedwerk_dashboard:index", *AMBASSADORS, "owner")
#: A case is a long form; an empty one is shown again, and changes nothing.
PRACTICE_CASES = managed("goedwerk_practice_cases", "practice case to edit", *OWNERS, data={})
for _name in ("add", "edit"):
    _row = PRACTICE_CASES[f"goedwerk_practice_cases:{_name}"][0]
    PRACTICE_CASES[f"goedwerk_practice_cases:{_name}"] = [
        Row(_row.get, staff(*OWNERS), _row.of, changes=False)
    ]

COMPLAINTS: dict[str, list[Row]] = PARTICIPANTS | MODERATORS | PRACTICE_CASES
