"""A site with everything in it that hangs on a key, made by the actions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import asking
import circles as rings
import complaints
import factories as make
import measures
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.models import Submission
from goedwerk_casestudies.raw import Raw
from goedwerk_forum.actions import circle_members, circles, following, hints
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.models import Appeal, Contribution, MeasureRequest, Report, Statement
from goedwerk_forum.outbox.drive import drive

RAW = Raw(what_happened="Het rapport lag drie weken op een bureau in de gang.")
LETTER = "Mag de plaats erbij?"


@dataclass
class Everything:
    """What was made, and by whom."""

    author: Any
    reporter: Any
    decider: Any
    asker: Any
    contributions: list[Contribution]
    statement: Statement
    appeal: Appeal
    report: Report
    request: MeasureRequest
    submission: Submission


def fill() -> Everything:
    """Two discussions and a story: texts, a report, an appeal, measures, a letter, drafts."""
    here, there = make.discussion(), make.discussion()
    author, reporter, decider = make.user(), make.user(), make.ambassador(here)
    written = [make.published(here, author), make.published(there, author)]
    refused = complaints.refused(here, author, by=decider)
    appeal = complaints.appealed(refused)
    complaints.reported(written[0], by=reporter, text="Dit is over mij.")
    gone = make.published(there, make.user())
    complaints.reported(gone, text="Dit ook.")
    withdraw(contribution=complaints.now(gone))
    measures.followed(measures.taken(complaints.now(written[1])))
    asker = make.ambassador(here)
    hints.write_hint(user=asker, public_id=written[0].public_id, text="Wat hielp jou daarbij?")
    request = measures.asked(complaints.now(written[0]), by=asker)
    submissions.begin(user=author, text=RAW, mark=uuid.uuid4())
    sent = submissions.send(
        submissions.begin(user=author, text=RAW, mark=uuid.uuid4()),
        user=author,
        wants_result=True,
        goes_on_if_silent=False,
    )
    letters.write_letter(sent, LETTER, from_editor=True)
    asking.answered(asking.round_of(asking.statement()), [asking.AGREE])
    following.follow(user=reporter, kind="dialoog", target=here.uuid.hex, in_mail=True)
    _a_circle_with(reporter)
    drive("notices")
    return Everything(
        author=author,
        reporter=reporter,
        decider=decider,
        asker=asker,
        contributions=[complaints.now(one) for one in (*written, refused)],
        statement=complaints.statement_of(refused),
        appeal=appeal,
        report=Report.objects.get(reporter__isnull=False),
        request=request,
        submission=sent,
    )


def _a_circle_with(member: Any) -> None:
    """A circle that runs: prepared by a guide, its rules agreed to by a member."""
    found, _people = rings.running(members=5, and_so=[member])
    session = rings.first_session(found)
    circles.write_sheet(
        user=rings.guide_of(found), uuid=session.uuid.hex, text="Begin met de pauze."
    )
    circle_members.agree(user=member, uuid=found.uuid, rules=rings.RULES)
