"""The finder: every detector over one cleaned text, and the best of what overlaps."""

from __future__ import annotations

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
    chosen = _choose(document.earlier, len(document.text))
    return _findings(document.cleaned, chosen)


def _choose(spans: Iterable[Span], length: int) -> list[Span]:
    """The highest rank wins, then the longer, then the earlier; what overlaps it goes."""
    taken = bytearray(length)
    kept: list[Span] = []
    for span in sorted(set(spans), key=_preference):
        if span.start < span.end and taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _preference(span: Span) -> tuple[int, int, int, str]:
    return -span.rank, span.start - span.end, span.start, span.kind


def _findings(cleaned: Cleaned, spans: list[Span]) -> list[Finding]:
    advice = suggest(cleaned.text, spans)
    findings: list[Finding] = []
    for span, suggestions in zip(spans, advice, strict=True):
        start, end = cleaned.original(span.start, span.end)
        severity = span.severity or INFO[span.kind].severity
        findings.append(Finding(start, end, span.kind, severity, suggestions))
    return findings
