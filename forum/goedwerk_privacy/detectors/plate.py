"""Dutch licence plates, in any of the series that were issued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Span
from ..tokens import Document
from .base import NARROW, NO_ASKS, figure_matches

_GROUPS = (
    r"[a-z]{2}S\d\dS\d\d|\d\dS\d\dS[a-z]{2}|\d\dS[a-z]{2}S\d\d|[a-z]{2}S\d\dS[a-z]{2}|"
    r"[a-z]{2}S[a-z]{2}S\d\d|\d\dS[a-z]{2}S[a-z]{2}|\d\dS[a-z]{3}S\d|\dS[a-z]{3}S\d\d|"
    r"[a-z]{2}S\d{3}S[a-z]|[a-z]S\d{3}S[a-z]{2}|[a-z]{3}S\d\dS[a-z]|[a-z]S\d\dS[a-z]{3}|"
    r"\dS[a-z]{2}S\d{3}|\d{3}S[a-z]{2}S\d"
)
_HYPHENED = re.compile(rf"(?<![\w-])(?:{_GROUPS.replace('S', '-')})(?![\w-])")
_LOOSE = re.compile(rf"(?<![\w-])(?:{_GROUPS.replace('S', '[ -]?')})(?![\w-])")
_WORD_NEAR = re.compile(
    r"kenteken|nummerbord|nummerplaat|auto\b|wagen\b|busje|voertuig|bestelbus|dienstauto|leaseauto|"
    r"scooter|aanhanger|vrachtwagen|camper|motor\b|geparkeerd|bolide|volkswagen|golf\b|opel|toyota|"
    r"bmw|audi|mercedes|tesla|ford\b|peugeot|renault|fiat|kia\b|skoda|volvo|polo\b|bus\b"
)


# A series that starts with one letter and three digits reads as nothing else.
_ONE_LETTER = re.compile(r"[a-z][ -]?\d{3}[ -]?[a-z]{2}$")
_WORD_BEFORE = re.compile(r"(?:kenteken|nummerbord|nummerplaat|plaat)\W{0,3}(?:\w{1,8}\W){0,2}$")
# "had xn 831 p als kenteken"
_WORD_AFTER = re.compile(r" (?:als|was|is)(?: het| mijn| zijn| haar)? (?:kenteken|nummerbord)")


class PlateDetector:
    """With hyphens anywhere; without them only where the text speaks of a vehicle."""

    asks = NO_ASKS

    def spans(self, document: Document) -> Iterator[Span]:
        if not document.digits:
            return
        for match in figure_matches(document, _HYPHENED, NARROW):
            yield Span(match.start(), match.end(), "plate", 82)
        for match in figure_matches(document, _LOOSE, NARROW):
            if self._speaks_of_vehicle(document, match):
                yield Span(match.start(), match.end(), "plate", 81)

    @staticmethod
    def _speaks_of_vehicle(document: Document, match: re.Match[str]) -> bool:
        """Small letters ("2019 om") need the word itself; capitals need only a vehicle near."""
        before = document.folded[max(0, match.start() - 60) : match.start()]
        if _WORD_BEFORE.search(before) or _ONE_LETTER.match(match.group()):
            return bool(_WORD_NEAR.search(before))
        after = document.folded[match.end() : match.end() + 30]
        if _WORD_AFTER.match(after):
            return True
        plate = document.text[match.start() : match.end()]
        return plate.upper() == plate and bool(_WORD_NEAR.search(before + after))
