"""The finder: every detector over one cleaned text, and the best of what overlaps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from .abstraction import suggest
from .cleaning import Cleaned, clean
from .detectors.base import Detector
from .finding import Finding, Span
from .kinds import INFO
from .tokens import read


@lru_cache(maxsize=1)
def _detectors() -> tuple[Detector, ...]:
    """Built on first use, so that importing the package stays cheap."""
    from .detectors.registry import all_detectors

    return all_detectors()


def find(text: str) -> list[Finding]:
    """All traceable pieces of ``text``, sorted and without overlap; never raises on a string."""
    document = read(clean(text))
    for detector in _detectors():
        document.earlier.extend(detector.spans(document))
    chosen = _choose(document.earlier)
    return _findings(document.cleaned, chosen)


def _choose(spans: Iterable[Span]) -> list[Span]:
    """The highest rank wins, then the longer, then the earlier; what overlaps it goes."""
    ordered = sorted(
        set(spans), key=lambda span: (-span.rank, span.start - span.end, span.start, span.kind)
    )
    starts: list[int] = []
    kept: list[Span] = []
    for span in ordered:
        place = bisect_left(starts, span.start)
        if span.start < span.end and _free(kept, place, span):
            starts.insert(place, span.start)
            kept.insert(place, span)
    return kept


def _free(kept: list[Span], place: int, span: Span) -> bool:
    if place < len(kept) and kept[place].start < span.end:
        return False
    return place == 0 or kept[place - 1].end <= span.start


def _findings(cleaned: Cleaned, spans: list[Span]) -> list[Finding]:
    advice = suggest(cleaned.text, spans)
    findings: list[Finding] = []
    for span, suggestions in zip(spans, advice, strict=True):
        start, end = cleaned.original(span.start, span.end)
        severity = span.severity or INFO[span.kind].severity
        findings.append(Finding(start, end, span.kind, severity, suggestions))
    return findings
