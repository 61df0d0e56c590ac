"""What every detector shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from ..finding import Span
from ..tokens import Ask, Document


class Detector(Protocol):
    """Finds the candidates of its kinds in one document."""

    @property
    def asks(self) -> Mapping[str, Ask]:
        """The words this detector wants to know the places of."""

    def spans(self, document: Document) -> Iterator[Span]: ...


NO_ASKS: Mapping[str, Ask] = {}
# Far enough for a form that is full of digits itself, and for a phrase that leads up to digits.
NARROW, WIDE = 30, 100


def figure_matches(
    document: Document, pattern: re.Pattern[str], margin: int = WIDE
) -> Iterator[re.Match[str]]:
    """Matches that hold a digit, searched only near digits."""
    for start, end in document.figures(margin):
        yield from pattern.finditer(document.folded, start, end)


class PatternDetector:
    """A detector made of patterns over the folded text.

    Ranks: 90 a number with a check digit, 80 a fixed form, 70 a name with context,
    50 a name or place from a list, 30 a phrase that may hold any of these.
    """

    kind: ClassVar[str]
    rank: ClassVar[int] = 80
    patterns: ClassVar[tuple[re.Pattern[str], ...]]
    asks: Mapping[str, Ask] = NO_ASKS

    def spans(self, document: Document) -> Iterator[Span]:
        """Every match holds a digit, so the rest of the text need not be searched."""
        if not document.digits:
            return
        for pattern in self.patterns:
            for match in figure_matches(document, pattern):
                yield from self.accept(document, match)

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        group = "found" if "found" in match.re.groupindex else 0
        yield Span(match.start(group), match.end(group), self.kind, self.rank)


@dataclass(frozen=True)
class Phrase:
    """A pattern of which every match stands within ``reach`` characters of one of these words."""

    words: frozenset[str]
    pattern: re.Pattern[str]
    reach: int = 150
    endings: tuple[str, ...] = ()
    """Words that end so count as well: "stalbrand"."""


class PhraseDetector:
    """A detector made of phrases over the folded text, each searched near its own words."""

    kind: ClassVar[str]
    rank: ClassVar[int] = 80
    phrases: ClassVar[tuple[Phrase, ...]]

    def __init__(self) -> None:
        words = frozenset().union(*(phrase.words for phrase in self.phrases))
        endings = tuple(one for phrase in self.phrases for one in phrase.endings)
        self.asks: Mapping[str, Ask] = {
            self.kind: lambda word: word.low in words or word.low.endswith(endings)
        }

    def spans(self, document: Document) -> Iterator[Span]:
        if not document.places[self.kind]:
            return
        for phrase in self.phrases:
            for start, end in document.near(self.kind, phrase.words, phrase.reach, phrase.endings):
                for match in phrase.pattern.finditer(document.folded, start, end):
                    yield from self.accept(document, match)

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        group = "found" if "found" in match.re.groupindex else 0
        yield Span(match.start(group), match.end(group), self.kind, self.rank)
