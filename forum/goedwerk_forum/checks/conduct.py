from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from . import own_words
from .base import Check, Context, Finding, Level
from .lexicon import FOLDER as FOLDER
from .lexicon import Hit
from .normal import Token, tokens
from .speech import Speech

#: Signs that hurt without a word.
SIGNS = ("🖕",)
#: Why each kind matters.
EXPLANATIONS = {
    "insult": _("Dit leest als een belediging. Een ambassadeur kijkt ernaar."),
    "threat": _("Dit leest als een bedreiging. Een ambassadeur kijkt ernaar."),
    "sexual": _("Dit leest als een seksuele toespeling. Een ambassadeur kijkt ernaar."),
    "discrimination": _("Dit zet een groep mensen weg. Een ambassadeur kijkt ernaar."),
    "attack": _("Dit gaat over een persoon, niet over het werk. Een ambassadeur kijkt ernaar."),
    "contempt": _("Dit zet collega’s weg. Een ambassadeur kijkt ernaar."),
    "coarse": _("Dit is grove taal. Een ambassadeur kijkt ernaar."),
}


#: Where a hit stands in a text, in characters, and what it is.
Place = tuple[int, int, Hit]


def hurtful(text: str, words: list[Token], heaviness: int) -> Iterator[Place]:
    """Places in a text that hurt somebody, with what they are."""
    speech = Speech(text, words)
    for hit in own_words.current().hits(words):
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
    threshold_name = _(
        "vanaf welk gewicht: 1 ook grove taal, 2 wat mensen raakt, 3 alleen het zwaarste"
    )
    threshold_range = (1, 3)
    default_threshold = 2

    def prepare(self) -> None:
        own_words.refresh()

    def explain(self, kind: str) -> str:
        return str(EXPLANATIONS.get(kind, self.explanation))

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        words = tokens(text)
        for start, end, hit in merged(hurtful(text, words, self.threshold(context))):
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
    threshold_name = _("procent hoofdletters")
    threshold_range = (20, 100)
    default_threshold = 60

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        letters = [c for c in text if c.isalpha()]
        capitals = sum(c.isupper() for c in letters)
        if len(letters) >= self.ENOUGH and 100 * capitals > len(letters) * self.threshold(context):
            yield from self.finding(Level.HOLD)
        for match in self.REPEATED.finditer(text):
            yield from self.finding(Level.HOLD, match.start(), match.end())
