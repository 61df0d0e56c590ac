from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from . import lexicon
from .base import Check, Context, Finding, Level
from .lexicon import FOLDER as FOLDER
from .lexicon import Hit
from .normal import Token, tokens
from .speech import Speech

#: Signs that hurt without a word.
SIGNS = ("🖕",)


#: Where a hit stands in a text, in characters, and what it is.
Place = tuple[int, int, Hit]


def hurtful(text: str, words: list[Token], heaviness: int) -> Iterator[Place]:
    """Places in a text that hurt somebody, with what they are."""
    speech = Speech(text, words)
    for hit in lexicon.current().hits(words):
        if hit.term.weight >= heaviness and not speech.excuses(hit):
            yield words[hit.first].start, words[hit.last].end, hit


def merged(places: Iterable[Place]) -> list[Place]:
    """Places that do not overlap: a word that hurts says more than the phrase around it."""
    kept: list[Place] = []
    for start, end, hit in sorted(places, key=_first_words_then_long):
        if all(end <= before[0] or before[1] <= start for before in kept):
            kept.append((start, end, hit))
    return sorted(kept, key=lambda place: place[:2])


def _first_words_then_long(place: Place) -> tuple[bool, int, int]:
    start, end, hit = place
    return not hit.is_word, start - end, start


class Conduct(Check):
    """What hurts people, with or without a swear word; a person judges whether it does here."""

    code = "conduct"
    name = _("Woorden die mensen raken")
    explanation = _("Deze woorden kunnen iemand kwetsen. Een ambassadeur kijkt ernaar.")
    reason = "conduct"

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        words = tokens(text)
        for start, end, hit in merged(hurtful(text, words, 2)):
            yield from self.finding(Level.HOLD, start, end, hit.term.kind)
        for sign in SIGNS:
            at = text.find(sign)
            if at >= 0:
                yield from self.finding(Level.HOLD, at, at + len(sign), "insult")


class Shouting(Check):
    """Text in capitals, or the same sign over and over."""

    code = "shouting"
    name = _("Schreeuwen en herhalen")
    explanation = _("Hoofdletters en lange rijen leestekens lezen als schreeuwen.")
    reason = "conduct"

    REPEATED = re.compile(r"([!?])\1{3,}|(\S)\2{7,}")
    #: Letters a text must have before a share of capitals says anything.
    ENOUGH = 20

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        letters = [c for c in text if c.isalpha()]
        capitals = sum(c.isupper() for c in letters)
        if len(letters) >= self.ENOUGH and capitals > len(letters) * 0.6:
            yield from self.finding(Level.HOLD)
        for match in self.REPEATED.finditer(text):
            yield from self.finding(Level.HOLD, match.start(), match.end())
