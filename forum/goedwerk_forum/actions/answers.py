"""What reporters hear: a decision on a contribution answers all reports of it that are open."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from ..complaints import ending_appeals
from ..models import Appeal, Contribution, KeptText, Report, Statement
from . import audit


def answer_open(
    contribution_ids: Iterable[int], *, outcome: Report.State, actor: str, words: str = ""
) -> int:
    """Answers the open reports of these contributions, in the caller's transaction.

    Returns how many reports were answered. One line on record for each; none says whose it was.
    """
    open_reports = Report.objects.filter(
        contribution__in=list(contribution_ids), state=Report.State.OPEN
    )
    answered = list(
        open_reports.values_list("pk", "contribution_id", "contribution__public_id", "reason")
    )
    if not answered:
        return 0
    Report.objects.filter(pk__in=[pk for pk, *_rest in answered]).update(
        state=outcome, answer=words, decided_on=timezone.localdate(), counts=False
    )
    KeptText.objects.filter(contribution__in={of for _pk, of, *_rest in answered}).delete()
    audit.write(
        [
            audit.about("contribution", public_id, f"report_{outcome}", actor=actor, reason=reason)
            for _pk, _of, public_id, reason in answered
        ]
    )
    return len(answered)


def drop_appeals(contribution: Contribution, *, actor: str, **changes: str) -> list[Statement]:
    """Nobody judges the open appeals about this text any more: what they are against ended.

    ``changes`` are other columns of the appeals. Returns what the appeals were against.
    """
    dropped = list(ending_appeals(contribution.pk).select_related("statement"))
    if not dropped:
        return []
    Appeal.objects.filter(pk__in=[appeal.pk for appeal in dropped]).update(
        state=Appeal.State.DROPPED,
        decided_on=timezone.localdate(),
        **changes,
    )
    audit.write(
        audit.entry(contribution, "appeal_dropped", actor=actor, version=0) for _appeal in dropped
    )
    return [appeal.statement for appeal in dropped]
