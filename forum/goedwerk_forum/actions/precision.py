"""Counting how often ambassadors find each kind of finding right: two counts, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from ..checks.base import FAILED, Level
from ..checks.precision import OfKind
from ..checks.verdict import check_by_code
from ..models import CheckPrecision, ReasonCode, Revision
from ..transitions import Action

#: Grounds on which a refusal says that words pointed at people, or at what is confidential.
ON_PRIVACY = {ReasonCode.TRACEABLE, ReasonCode.CONFIDENTIAL}


def count(
    revision: Revision, action: Action, reason: str, judgements: Mapping[int, bool] | None = None
) -> None:
    """Counts each finding in a judged revision as right or not; belongs last in its transaction.

    ``judgements`` (index of the finding -> whether it is right) are what the ambassador said;
    about the rest her decision speaks. Rows are written in one order: no two wait for each other.
    """
    said = judgements or {}
    agreed: Counter[OfKind] = Counter()
    judged: Counter[OfKind] = Counter()
    for index, finding in enumerate(revision.findings):
        is_right = said.get(index, implied(finding, action, reason))
        if is_right is not None and is_judged(finding):
            judged[_kind_of(finding)] += 1
            agreed[_kind_of(finding)] += is_right
    kinds = sorted(judged)
    CheckPrecision.objects.bulk_create(
        [CheckPrecision(check_code=check, kind=kind) for check, kind in kinds],
        ignore_conflicts=True,
    )
    for check, kind in kinds:
        right = agreed[check, kind]
        CheckPrecision.objects.filter(check_code=check, kind=kind).update(
            agreed=F("agreed") + right,
            disagreed=F("disagreed") + judged[check, kind] - right,
        )


def _kind_of(finding: Mapping[str, Any]) -> OfKind:
    return finding["check"], finding["kind"]


def is_judged(finding: Mapping[str, Any]) -> bool:
    """Whether a finding can be right or not: a remark, or a check that failed, cannot."""
    check = check_by_code(finding["check"])
    return check is not None and check.is_judged and finding["kind"] != FAILED


def implied(finding: Mapping[str, Any], action: Action, reason: str) -> bool | None:
    """What a decision says of a finding: right, not right, or nothing.

    Publishing with it in says that it was not right, unless it was a tip. A refusal on the ground
    that the check is for says that it was right; on another ground it says nothing.
    """
    was_a_tip = finding["level"] == Level.ADVISE and not finding.get("is_below_bar")
    if action == Action.PUBLISH:
        return None if was_a_tip else False
    check = check_by_code(finding["check"])
    own = check.reason if check else ""
    grounds = ON_PRIVACY if own in ON_PRIVACY else {own}
    return True if reason in grounds else None
