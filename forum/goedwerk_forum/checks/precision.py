"""How often ambassadors found each kind of finding right, and what follows from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from ..conf import conf
from ..models import CheckPrecision
from .base import FAILED, Finding, Level

#: A check's code, and the kind of finding.
OfKind = tuple[str, str]


def measured() -> dict[OfKind, CheckPrecision]:
    """All that was measured, by check and kind; one query."""
    return {(row.check_code, row.kind): row for row in CheckPrecision.objects.all()}


def says_something(row: CheckPrecision) -> bool:
    """Whether enough findings of the kind were judged."""
    return row.judged >= max(1, conf().PRECISION_ENOUGH)


def is_below_bar(row: CheckPrecision) -> bool:
    """Whether ambassadors found the kind right too seldom to hold or return a text for it."""
    return says_something(row) and row.percent < conf().PRECISION_BAR


def below_bar(rows: dict[OfKind, CheckPrecision] | None = None) -> frozenset[OfKind]:
    """The kinds that only advise; one query where ``rows`` are not given."""
    known = measured() if rows is None else rows
    return frozenset(key for key, row in known.items() if is_below_bar(row))


def weighed(findings: Iterable[Finding], low: frozenset[OfKind]) -> list[Finding]:
    """The findings, those of a kind below the bar as advice; a failed check still holds."""
    return [_lowered(finding) if _only_advises(finding, low) else finding for finding in findings]


def _only_advises(finding: Finding, low: frozenset[OfKind]) -> bool:
    is_heavy = finding.level != Level.ADVISE and finding.kind != FAILED
    return is_heavy and (finding.check, finding.kind) in low


def _lowered(finding: Finding) -> Finding:
    return dataclasses.replace(finding, level=Level.ADVISE, is_below_bar=True)
