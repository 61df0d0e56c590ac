from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from . import own_words
from .base import Check, Context, Finding, Level
from .lexicon import Hit, is_disguised
from .normal import Token, tokens
from .speech import Speech
from .tone import (
    CALM,
    CALM_OF_WHAT_IS_HARSH,
    ENOUGH,
    ENOUGH_AMONG,
    has_tone,
    score,
    signs,
    weights,
    windows,
)

#: Signs that hurt without a word.
SIGNS = ("🖕",)
#: What the tone of a sentence weighs.
TONE_WEIGHT = 2
#: Why each kind matters.
EXPLANATIONS = {
    "insult": _("Dit leest als een belediging. Een ambassadeur kijkt ernaar."),
    "threat": _("Dit leest als een bedreiging. Een ambassadeur kijkt ernaar."),
    "sexual": _("Dit leest als een seksuele toespeling. Een ambassadeur kijkt ernaar."),
    "discrimination": _("Dit zet een groep mensen weg. Een ambassadeur kijkt ernaar."),
    "attack": _("Dit gaat over een persoon, niet over het werk. Een ambassadeur kijkt ernaar."),
    "contempt": _("Dit zet collega’s weg. Een ambassadeur kijkt ernaar."),
    "tone": _("De toon van deze zin kan iemand raken. Een ambassadeur kijkt ernaar."),
    "coarse": _("Dit is grove taal. Een ambassadeur kijkt ernaar."),
}


#: Where a hit stands in a text, in characters, and what it is.
Place = tuple[int, int, Hit]


def hurtful(text: str, words: list[Token]) -> tuple[list[Place], list[Place]]:
    """Places in a text that hurt somebody, and those that the words around them excuse.

    What stands almost alone in its sentence holds however calm the rest is ("Asociale hufter."),
    and so does a word that is said to somebody's face, or in disguise.
    """
    meant: list[Place] = []
    excused: list[Place] = []
    hits = list(own_words.current().hits(words))
    if not hits:
        return meant, excused
    speech = Speech(text, words)
    for hit in hits:
        start, end = words[hit.first].start, words[hit.last].end
        if speech.excuses(hit):
            excused.append((start, end, hit))
        elif speech.stands_alone(hit) or (
            hit.is_word and (speech.is_aimed(hit) or is_disguised(words, hit))
        ):
            meant.append((start, end, replace(hit, term=replace(hit.term, holds=True))))
        else:
            meant.append((start, end, hit))
    return meant, excused


def merged(places: Iterable[Place]) -> list[Place]:
    """Places that do not overlap: a word that hurts says more than the phrase around it."""
    kept: list[Place] = []
    for start, end, hit in sorted(places, key=_words_then_heaviest):
        if all(end <= before[0] or before[1] <= start for before in kept):
            kept.append((start, end, hit))
    return sorted(kept, key=lambda place: place[:2])


def _words_then_heaviest(place: Place) -> tuple[bool, int, int, int]:
    start, end, hit = place
    return not hit.is_word, -hit.term.weight, start, start - end


class Conduct(Check):
    """What hurts people, with or without a swear word; a person judges whether it does here."""

    code = "conduct"
    name = _("Woorden die mensen raken")
    explanation = _("Deze woorden kunnen iemand kwetsen. Een ambassadeur kijkt ernaar.")
    reason = "conduct"
    threshold_name = _(
        "vanaf welk gewicht: 1 ook grove taal, 2 wat mensen raakt, 3 alleen het zwaarste"
    )
    threshold_range = (1, 3)
    default_threshold = 2

    def load(self) -> None:
        own_words.current()
        weights()

    def prepare(self) -> None:
        own_words.refresh()

    def explain(self, kind: str) -> str:
        return str(EXPLANATIONS.get(kind, self.explanation))

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        words = tokens(text)
        meant, excused = hurtful(text, words)
        parts = list(windows(words))
        enough = ENOUGH if len(parts) == 1 else ENOUGH_AMONG
        by_part = zip(parts, _by_part(meant, parts), _by_part(excused, parts), strict=True)
        for part, meant_here, excused_here in by_part:
            window = _Window(text, part, meant_here, excused_here, enough)
            yield from self._judged(window, self.threshold(context))
        for sign in SIGNS:
            at = text.find(sign)
            if at >= 0:
                yield from self.finding(Level.HOLD, at, at + len(sign), "insult")

    def _judged(self, window: _Window, heaviness: int) -> Iterator[Finding]:
        """What the lists found, unless the whole reads calmly; else the tone alone."""
        heavy = [place for place in window.meant if place[2].term.weight >= heaviness]
        if any(not window.is_calm(place[2]) for place in heavy):
            for start, end, hit in merged(heavy):
                yield from self.finding(Level.HOLD, start, end, hit.term.kind)
        elif heaviness <= TONE_WEIGHT and window.attacks:
            yield from self.finding(Level.HOLD, window.start, window.end, "tone")


def _by_part(places: Iterable[Place], parts: Sequence[Sequence[Token]]) -> list[list[Place]]:
    """The places that begin in each part of a text."""
    starts = [part[0].start for part in parts]
    found: list[list[Place]] = [[] for _part in parts]
    for place in places:
        found[bisect_right(starts, place[0]) - 1].append(place)
    return found


class _Window:
    """Some sentences of a text, what the lists found in them, and how they read."""

    def __init__(
        self,
        text: str,
        words: Sequence[Token],
        meant: list[Place],
        excused: list[Place],
        enough: float,
    ) -> None:
        self.start, self.end = words[0].start, words[-1].end
        self.meant = meant
        self._excused = excused
        self._enough = enough
        self._text = text[self.start : self.end + 1]
        self._has_tone = has_tone(words)

    def is_calm(self, hit: Hit) -> bool:
        """Whether it reads as if what the lists found is not meant to hurt.

        A phrase that denies ("niemand is zo'n … als") reads calmly by its denial alone.
        """
        if hit.term.holds or hit.term.denies:
            return False
        is_harsh = hit.is_word or hit.term.weight > TONE_WEIGHT
        return self._has_tone and self._score < (CALM_OF_WHAT_IS_HARSH if is_harsh else CALM)

    @property
    def attacks(self) -> bool:
        return self._has_tone and self._score > self._enough

    @cached_property
    def _score(self) -> float:
        meant = (hit for _start, _end, hit in self.meant)
        excused = (hit for _start, _end, hit in self._excused)
        return score(self._text, signs(meant, excused))


class Shouting(Check):
    """Text in capitals, or the same sign over and over."""

    code = "shouting"
    name = _("Schreeuwen en herhalen")
    explanation = _("Hoofdletters en lange rijen leestekens lezen als schreeuwen.")
    reason = "conduct"

    REPEATED = re.compile(r"([!?])\1{3,}|(\S)\2{7,}")
    #: Letters a text must have before a share of capitals says anything.
    ENOUGH = 20
    threshold_name = _("procent hoofdletters")
    threshold_range = (20, 100)
    default_threshold = 60

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        if self._is_shouted(text, self.threshold(context)):
            yield from self.finding(Level.HOLD)
        for match in self.REPEATED.finditer(text):
            yield from self.finding(Level.HOLD, match.start(), match.end())

    def _is_shouted(self, text: str, percent: int) -> bool:
        capitals = sum(map(str.isupper, text))
        if 100 * capitals <= self.ENOUGH * percent:  # nearly always; spares counting the letters
            return False
        letters = sum(map(str.isalpha, text))
        return letters >= self.ENOUGH and 100 * capitals > letters * percent
