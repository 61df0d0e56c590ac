"""Reports, appeals and measures, each waiting for somebody, and a case to practise on."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

import factories as make
from goedwerk_forum.actions import appeals, reports, standing
from goedwerk_forum.identity import reporters
from goedwerk_forum.models import Contribution, PracticeCase
from goedwerk_forum.transitions import Action, Measure

if TYPE_CHECKING:
    from .world import World

WORDS = ["pagina", "alinea", "bijlage", "voetnoot"]


def complaints(world: World) -> dict[str, list[Any]]:
    """The arguments of their addresses, by kind of object."""
    texts = iter(f"Openbaar: de {word} bleef staan zoals zij stond." for word in WORDS)

    def public() -> Contribution:
        return make.published(world.discussion, world.people["author"], text=next(texts))

    reported, warned, accused = public(), public(), public()
    _report(world, reported)
    refused = make.judged(make.judged(public(), Action.HIDE, "conduct"), Action.REJECT, "conduct")
    appeal = appeals.appeal(statement=_statement(refused), ground="Dat klopt niet.")
    colleague = make.ambassador(world.discussion)
    ends = timezone.localdate() + datetime.timedelta(days=7)
    pause = standing.Order(Measure.WARN, "conduct", "Rustiger graag.", ends)
    exclude = standing.Order(Measure.EXCLUDE, "conduct", "Zo gaat het niet.", ends)
    taken = standing.warn_or_pause(user=colleague, public_id=warned.public_id, order=pause)
    asked = standing.ask_exclusion(user=colleague, public_id=accused.public_id, order=exclude)
    reported.refresh_from_db()
    world.contributions |= {"reported": reported}
    return {
        "contribution reported": [reported.public_id],
        "appeal": [appeal.public_id],
        "own appeal": [refused.public_id, "reject"],
        "own decision": [world.contributions["rejected"].public_id, "reject"],
        "no decision": [world.contributions["published"].public_id, "reject"],
        "measure taken": [taken.public_id],
        "measure asked": [asked.public_id],
        "page report": [_report(world, None).public_id],
        "practice case": [PracticeCase.objects.first().public_id],
        "practice case to edit": [PracticeCase.objects.first().pk],
    }


def _statement(contribution: Contribution) -> Any:
    found = contribution.statements.order_by("-pk").first()
    assert found is not None
    return found


def _report(world: World, contribution: Contribution | None) -> Any:
    complaint = reports.Complaint("conduct", "Kijk hier eens naar.", reporters.new_mark())
    return reports.report(
        user=AnonymousUser(),
        network="198.51.100",
        discussion=world.discussion,
        contribution=contribution,
        complaint=complaint,
    ).report
