"""A report becomes submissions: held while an editor chooses, one row per heading she picks.

What is held is a submission that nobody sent, of the editor who brought it in: raw text lives in
submissions and nowhere else. It goes when she has chosen, and after a day in any case.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from goedwerk_forum.identity import sealed
from goedwerk_forum.people import Person, key_of
from goedwerk_privacy import find

from .. import raw
from ..conf import conf
from ..models import Submission
from ..raw import Raw
from ..reports import Report
from ..transitions import CLOCK, EDITOR, State, locked, record

IMPORT, LET_GO = "import", "let_go"


@dataclass(frozen=True)
class Part:
    """A heading of a held report, with its own text and what the finder sees in it."""

    heading: str
    level: int
    text: str
    findings: int

    @property
    def words(self) -> int:
        return len(self.text.split())


# --- holding ---------------------------------------------------------------------------------


def looked_at(report: Report) -> Iterator[Part]:
    """Each heading, with its findings counted."""
    for section in report.sections:
        findings = find(f"{section.heading}\n\n{section.text}")
        yield Part(section.heading, section.level, section.text, len(findings))


def hold(parts: list[Part], *, editor: Person) -> Submission:
    """Keeps a converted report, sealed, until its editor has chosen.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    row = uuid.uuid4()
    with transaction.atomic():
        held = Submission.objects.create(
            uuid=row,
            source=Submission.Source.REPORT,
            consent=Submission.Consent.NOT_NEEDED,
            sealed_raw=sealed.seal([_plain(part) for part in parts], row),
            editor_id=key_of(editor),
        )
        record(held, IMPORT, actor=EDITOR)
    return held


def _plain(part: Part) -> list[Any]:
    return [part.heading, part.level, part.text, part.findings]


def parts_of(held: Submission) -> list[Part]:
    """The headings of a held report.

    Raises:
        KeyMissing: this process has no LINK_KEY, or not the one it was sealed with.
    """
    return [Part(*fields) for fields in sealed.unseal(held.sealed_raw or "", held.uuid)]


def below(parts: list[Part], place: int) -> list[int]:
    """The places of what stands under a heading, deeper headings and all."""
    found = []
    for later in range(place + 1, len(parts)):
        if parts[later].level <= parts[place].level:
            break
        found.append(later)
    return found


# --- choosing --------------------------------------------------------------------------------


def choose(held: Submission, places: Collection[int]) -> list[Submission]:
    """One submission in hand per chosen heading; what was held goes.

    What stands under a heading goes with it, except the headings that were chosen themselves; a
    heading of which nothing is left makes no submission.

    Raises:
        NotFound: it was chosen from or thrown away already.
        KeyMissing: this process has no LINK_KEY, or not the one it was sealed with.
    """
    with transaction.atomic():
        now = locked(held)
        parts = parts_of(now)
        texts = {place: gathered(parts, place, places) for place in sorted(places)}
        made = [
            _submission(parts[place].heading, text, now) for place, text in texts.items() if text
        ]
        now.delete()
    return made


def _submission(heading: str, what_happened: str, held: Submission) -> Submission:
    row = uuid.uuid4()
    text = Raw(title=heading, what_happened=what_happened)
    made = Submission.objects.create(
        uuid=row,
        source=Submission.Source.REPORT,
        state=State.IN_HAND,
        consent=Submission.Consent.NOT_NEEDED,
        wants_result=False,
        sealed_raw=raw.seal(text, row),
        sent_on=timezone.localdate(),
        editor=held.editor,
    )
    record(made, IMPORT, actor=EDITOR, before=State.DRAFT)
    return made


def gathered(parts: list[Part], place: int, chosen: Collection[int]) -> str:
    """The text under a heading; a deeper heading that goes with it stands above its own text."""
    texts = [parts[place].text]
    skipped: set[int] = set()
    for later in below(parts, place):
        if later in skipped:
            continue
        if later in chosen:
            skipped.update(below(parts, later))
            continue
        texts += [parts[later].heading, parts[later].text]
    return "\n\n".join(text for text in texts if text)


def throw_away(held: Submission) -> None:
    """What was brought in and not chosen goes, row and all."""
    with transaction.atomic():
        record(locked(held), LET_GO, actor=EDITOR)
        held.delete()


def let_go_of_held_reports() -> int:
    """Reports that nobody chose from go; returns how many."""
    last = timezone.localdate() - datetime.timedelta(days=conf().REPORT_DAYS)
    old = Submission.objects.filter(
        source=Submission.Source.REPORT, state=State.DRAFT, touched_on__lt=last
    )
    gone = 0
    for held in old:
        with transaction.atomic():
            record(held, LET_GO, actor=CLOCK)
            held.delete()
        gone += 1
    return gone
