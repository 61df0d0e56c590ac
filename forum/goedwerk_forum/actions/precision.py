"""Counting how often ambassadors find each kind of finding right: two counts, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from ..checks.base import FAILED, Level
from ..checks.precision import OfKind
from ..checks.verdict import check_by_code
from ..models import CheckPrecision, ReasonCode, Revision
from ..transitions import Action
from . import tally

#: Grounds on which a refusal says that words pointed at people, or at what is confidential.
ON_PRIVACY = {ReasonCode.TRACEABLE, ReasonCode.CONFIDENTIAL}


@dataclass(frozen=True)
class Judged:
    """A revision on which an ambassador decided, and what she said of single findings."""

    revision: Revision
    action: Action
    reason: str
    #: Place of the finding in the revision's list -> whether it is right.
    said: Mapping[int, bool] = field(default_factory=dict)


def count(decisions: Iterable[Judged]) -> None:
    """Counts each finding in judged revisions as right or not; belongs last in its transaction.

    About what the ambassador did not say, her decision speaks.
    """
    tally.add(CheckPrecision, ("check_code", "kind"), ("agreed", "disagreed"), _counted(decisions))


def take_back(decision: Judged) -> None:
    """Takes out of the counts what an undone decision put in."""
    for check, kind, agreed, disagreed in _counted([decision]):
        CheckPrecision.objects.filter(
            check_code=check, kind=kind, agreed__gte=agreed, disagreed__gte=disagreed
        ).update(agreed=F("agreed") - agreed, disagreed=F("disagreed") - disagreed)


def _counted(decisions: Iterable[Judged]) -> list[tuple[str, str, int, int]]:
    """(check, kind of finding, right, not right) of what was decided on."""
    agreed: Counter[OfKind] = Counter()
    disagreed: Counter[OfKind] = Counter()
    for of_kind, is_right in _verdicts(decisions):
        (agreed if is_right else disagreed)[of_kind] += 1
    kinds = sorted({*agreed, *disagreed})
    return [(*of_kind, agreed[of_kind], disagreed[of_kind]) for of_kind in kinds]


def _verdicts(decisions: Iterable[Judged]) -> Iterator[tuple[OfKind, bool]]:
    for decision in decisions:
        for index, finding in enumerate(decision.revision.findings):
            implied_of_it = implied(finding, decision.action, decision.reason)
            is_right = decision.said.get(index, implied_of_it)
            if is_right is not None and is_judged(finding):
                yield _kind_of(finding), is_right


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
