"""What every detector shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Protocol

from ..finding import Span
from ..tokens import Document


class Detector(Protocol):
    """Finds the candidates of its kinds in one document."""

    def spans(self, document: Document) -> Iterator[Span]: ...


def figure_matches(document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches that hold a digit, searched only near digits."""
    for start, end in document.figures:
        yield from pattern.finditer(document.folded, start, end)


class PatternDetector:
    """A detector made of patterns over the folded text.

    Ranks: 90 a number with a check digit, 80 a fixed form, 70 a name with context,
    50 a name or place from a list, 30 a phrase that may hold any of these.
    """

    kind: ClassVar[str]
    rank: ClassVar[int] = 80
    patterns: ClassVar[tuple[re.Pattern[str], ...]]
    near_figures: ClassVar[bool] = False
    """Every match holds a digit, so the rest of the text need not be searched."""

    triggers: ClassVar[frozenset[str]] = frozenset()
    """If given, every match stands within ``reach`` characters of one of these words."""
    reach: ClassVar[int] = 150

    def spans(self, document: Document) -> Iterator[Span]:
        for pattern in self.patterns:
            for match in self.matches(document, pattern):
                yield from self.accept(document, match)

    def matches(self, document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        if self.near_figures:
            return figure_matches(document, pattern)
        if self.triggers:
            return self._triggered(document, pattern)
        return pattern.finditer(document.folded)

    def _triggered(self, document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for start, end in document.near(self.triggers, self.reach):
            yield from pattern.finditer(document.folded, start, end)

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        group = "found" if "found" in match.re.groupindex else 0
        yield Span(match.start(group), match.end(group), self.kind, self.rank)
