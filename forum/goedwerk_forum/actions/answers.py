"""What reporters hear: a decision on a contribution answers all reports of it that are open."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from ..complaints import ending_appeals
from ..models import Appeal, AuditRecord, Contribution, KeptText, Report, Statement
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
            record_of(f"report_{outcome}", public_id, actor=actor, reason=reason)
            for _pk, _of, public_id, reason in answered
        ]
    )
    return len(answered)


def record_of(
    action: str, object_id: str, *, actor: str, reason: str = "", kind: str = "contribution"
) -> AuditRecord:
    """An unsaved record about a report or an appeal; the object is what it is about."""
    return AuditRecord(
        day=timezone.localdate(),
        actor=actor,
        action=action,
        object_kind=kind,
        object_id=object_id,
        object_version=0,
        reason=reason,
    )


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
        [record_of("appeal_dropped", contribution.public_id, actor=actor) for _appeal in dropped]
    )
    return [appeal.statement for appeal in dropped]
