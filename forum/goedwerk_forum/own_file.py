"""Everything that somebody wrote, as a file for herself: made in the request, kept nowhere.

It holds her pseudonyms side by side, so it names nobody: no user name, no address, no account.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from . import access, belongings, complaints
from .actions import hints
from .actions.appeals import words_of
from .identity import sealed
from .models import (
    Contribution,
    Hint,
    Notice,
    Participant,
    Report,
    Revision,
    RoundPass,
    Statement,
)
from .people import Person
from .shipped_formats import shown

JSON_NAME, HTML_NAME = "alles.json", "alles.html"


def everything(user: Person) -> dict[str, Any]:
    """What the site can still find of what ``user`` wrote, in a fixed number of queries."""
    written = _by_participant(
        access.own_contributions(user)
        .select_related(None)
        .select_related("in_reply_to__participant")
        .prefetch_related("revisions", "statements__measure", "statements__appeal", "hints")
        .order_by("path")
    )
    told = _by_participant(
        access.own_notices(user).select_related(None).select_related("contribution").order_by("pk")
    )
    return {
        "made_on": timezone.localdate(),
        "discussions": [
            _discussion(participant, written[participant.pk], told[participant.pk])
            for participant in access.own_participants(user).prefetch_related("passes__course")
        ],
        "reports": [_report(report) for report in complaints.own_reports(user)],
        "other": [_other(source, things) for source, things in belongings.of(user)],
    }


def _by_participant(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.participant_id].append(row)
    return found


def _discussion(
    participant: Participant, written: list[Contribution], told: list[Notice]
) -> dict[str, Any]:
    discussion = participant.discussion
    return {
        "title": discussion.page.title,
        "question": discussion.question,
        "url": discussion.page.url or "",
        "pseudonym": participant.pseudonym,
        "role_label": participant.role_label,
        "contributions": [_contribution(contribution) for contribution in written],
        "listened": [_pass(passed) for passed in participant.passes.all()],
        "notices": [_notice(notice) for notice in told],
    }


def _pass(passed: RoundPass) -> dict[str, Any]:
    """A round in which she listened; kept while its step lasts."""
    step = passed.course.numbered(passed.step)
    return {"day": passed.day, "step": shown(step.name) if step else ""}


def _contribution(contribution: Contribution) -> dict[str, Any]:
    parent = contribution.in_reply_to
    return {
        "id": contribution.public_id,
        "day": contribution.day,
        "state": str(contribution.get_state_display()),
        "in_reply_to": parent.participant.pseudonym if parent else "",
        "versions": [_version(revision) for revision in _in_order(contribution.revisions.all())],
        "statements": [_statement(statement) for statement in contribution.statements.all()],
        "letters": [_hint(hint) for hint in contribution.hints.all()],
    }


def _hint(hint: Hint) -> dict[str, Any]:
    """What the guide wrote to her about it, and what she answered."""
    said = hints.words_of(hint)
    return {"day": hint.day, "text": said["text"], "answer": said.get("answer", "")}


def _in_order(revisions: Any) -> list[Revision]:
    return sorted(revisions, key=lambda revision: revision.number)


def _version(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "day": revision.day,
        "kind": str(revision.get_kind_display()),
        "lens": str(revision.get_lens_display()),
        "state": str(revision.get_state_display()),
        "text": revision.text,
        "answer": revision.answer,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "day": statement.day,
        "decision": str(statement.get_decision_display()),
        "reason": str(statement.get_reason_display()),
        "words": statement.words,
        "law": statement.law,
        **_until(statement),
        **_appeal(statement),
        "detected_by_software": statement.detected_by_software,
        "decided_by_software": statement.decided_by_software,
    }


def _until(statement: Statement) -> dict[str, Any]:
    """The last day on which a measure holds, while that is still kept."""
    measure = getattr(statement, "measure", None) if statement.is_measure else None
    return {"until": measure.until} if measure else {}


def _appeal(statement: Statement) -> dict[str, Any]:
    """What she and her judge wrote about it, where she appealed."""
    appeal = getattr(statement, "appeal", None)
    if appeal is None:
        return {}
    return {"appeal": {"state": str(appeal.get_state_display()), **words_of(appeal)}}


def _report(report: Report) -> dict[str, Any]:
    contribution = report.contribution
    return {
        "day": report.day,
        "page": report.reported_page.title,
        "contribution_of": contribution.participant.pseudonym if contribution else "",
        "reason": str(report.get_reason_display()),
        "text": sealed.unseal(report.sealed, report.uuid) if report.sealed else "",
        "state": str(report.get_state_display()),
        "answer": report.answer,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "day": notice.day,
        "event": str(notice.get_event_display()),
        "contribution": notice.contribution.public_id,
    }


def _other(source: belongings.Source, things: list[belongings.Thing]) -> dict[str, Any]:
    return {
        "title": str(source.title),
        "things": [
            {
                "title": thing.title,
                "state": thing.state,
                "day": thing.day,
                "texts": [{"heading": heading, "text": text} for heading, text in thing.texts],
                "facts": thing.facts,
            }
            for thing in things
        ],
    }


class _Sink(io.RawIOBase):
    """Takes what the archive writes, until it is sent on: nothing is ever on a disk."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def streamed(content: dict[str, Any]) -> Iterator[bytes]:
    """The archive, part by part. Its files carry no time of their own."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            _entry(HTML_NAME), render_to_string("goedwerk_forum/own_file.html", content)
        )
        yield sink.taken()
        archive.writestr(
            _entry(JSON_NAME), json.dumps(content, default=str, ensure_ascii=False, indent=2)
        )
        yield sink.taken()
    yield sink.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
