"""The finder: every detector over one cleaned text, and the best of what overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .abstraction import suggest
from .cleaning import Cleaned, clean
from .detectors.base import Detector
from .finding import Finding, Span
from .kinds import INFO
from .phrasebook import Vocabulary
from .tokens import Ask, Reader


@lru_cache(maxsize=1)
def _detectors() -> tuple[Detector, ...]:
    """Built on first use, so that importing the package stays cheap."""
    from .detectors.registry import all_detectors

    return all_detectors()


@lru_cache(maxsize=1)
def _reader() -> Reader:
    """Reads a text once for what all detectors ask."""
    asks: dict[str, Ask] = {}
    for detector in _detectors():
        asks |= detector.asks
    return Reader(asks)


def find(text: str, vocabulary: Vocabulary | None = None) -> list[Finding]:
    """All traceable pieces of ``text``, sorted and without overlap; never raises on a string.

    The suggestions are made from ``vocabulary``, or from that of the package.
    """
    document = _reader().read(clean(text))
    for detector in _detectors():
        document.earlier.extend(detector.spans(document))
    chosen = _choose(document.earlier, document.text)
    return _findings(document.cleaned, chosen, vocabulary)


# What remains of these when a stronger finding takes their end is still worth marking.
_TRIMMED = frozenset({"person", "unique_event", "confidential"})


def _choose(spans: Iterable[Span], text: str) -> list[Span]:
    """The highest rank wins, then the longer, then the earlier; what overlaps it goes."""
    taken = bytearray(len(text))
    kept: list[Span] = []
    for span in sorted(set(spans), key=_preference):
        span = _trimmed(span, taken, text)
        if span.start < span.end:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _trimmed(span: Span, taken: bytearray, text: str) -> Span:
    """The span up to what is taken: "Els" of "Els van Inspectie SZW"; empty if nothing is left."""
    place = taken.find(1, span.start, span.end)
    if place < 0:
        return span
    left = text[span.start : place]
    if span.kind in _TRIMMED and left[:1].isalpha():
        left = re.sub(r"(?: (?:van|de|der|den|het|in|bij|op|uit|en|een|aan|te))*+ *+$", "", left)
        left = "" if left in ("van", "de", "in", "op") else left
        return span._replace(end=span.start + len(left))
    return span._replace(end=span.start)


def _preference(span: Span) -> tuple[int, int, int, str]:
    return -span.rank, span.start - span.end, span.start, span.kind


def _findings(cleaned: Cleaned, spans: list[Span], vocabulary: Vocabulary | None) -> list[Finding]:
    advice = suggest(cleaned.text, spans, vocabulary)
    findings: list[Finding] = []
    for span, suggestions in zip(spans, advice, strict=True):
        start, end = cleaned.original(span.start, span.end)
        severity = span.severity or INFO[span.kind].severity
        findings.append(Finding(start, end, span.kind, severity, suggestions))
    return findings
