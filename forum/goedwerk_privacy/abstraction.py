"""Suggestions for an abstraction: consistent inside one text, from a small vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .finding import Finding, Span


def suggest(text: str, spans: Sequence[Span]) -> list[tuple[str, ...]]:
    """For each place the suggestions, the same for the same person or thing."""
    return [(f"[{span.kind}]",) for span in spans]


def abstract(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with each finding replaced by its first suggestion."""
    pieces: list[str] = []
    position = 0
    for finding in sorted(findings, key=lambda finding: finding.start):
        if finding.start < position:
            continue
        pieces += [text[position : finding.start], *finding.suggestions[:1]]
        position = finding.end
    return "".join([*pieces, text[position:]])
