"""Exact amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..finding import Span
from ..tokens import Ask, Document
from ..wordset import word_set
from .base import PatternDetector

_NUMBER = r"\d{1,3}(?:[. ]\d{3}){0,4}(?:,\d{1,2}|,-)?|\d{4,12}(?:,\d{1,2}|,-)?|\d{1,4}[.,]\d{1,2}"
_SCALE = r"(?: ?(?:duizend|ton|miljoen|mln|mio|miljard|mld|mrd|k|m)\b\.?)?"
_UNITS = (
    "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|"
    "vijftien|zestien|"
    "zeventien|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|"
    "honderd|duizend|en"
)
_WRITTEN = rf"(?:(?:{_UNITS}|anderhalf|anderhalve|kwart)-? ?){{1,8}}+"
_MONEY = word_set("euro ton miljoen miljard")
_NO_MONEY = (
    "mensen|inwoners|nederlanders|burgers|huishoudens|co2|kilo|woningen|afval|zand|grond|"
    "stikstof|kg|liter|auto|bomen|klanten|vluchtelingen|jaar|kinderen|volwassenen|werk"
)
_WRITTEN_REACH = 100


class AmountDetector(PatternDetector):
    """Figures or number words with a currency; round guesses such as "tonnen" are left alone."""

    kind = "amount"
    rank = 87
    patterns = (
        re.compile(
            rf"(?:€|\beuro\b|\beur\b|\$|£|\bfl\.|\bf (?=\d)) ?(?:{_NUMBER}){_SCALE}(?![\w])"
        ),
        re.compile(
            rf"(?<![\w.,€])(?:{_NUMBER}){_SCALE} ?(?:euro'?s?\b|eur\b|€|dollars?\b|gulden\b)"
        ),
        re.compile(
            r"(?<![\w.,])\d{1,4}(?:[.,]\d{1,3})? ?(?:ton|miljoen|mln|miljard|mld)\b"
            rf"(?! (?:{_NO_MONEY}))"
        ),
    )
    asks: Mapping[str, Ask] = {"money": lambda word: word.low in _MONEY}
    written = (
        re.compile(
            r"\b(?:anderhalf|een half|half|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|"
            r"vijftien|twintig|dertig|veertig|vijftig|honderd) (?:miljoen|miljard)\b"
            rf"(?! (?:{_NO_MONEY}))"
        ),
        re.compile(rf"\b{_WRITTEN}(?:ton |miljoen |miljard )?euro\b"),
        re.compile(
            r"\b(?:anderhalve ton|twee ton|drie ton|vier ton|vijf ton|een halve ton|acht "
            r"ton|zeven ton|zes ton|negen ton)\b(?! (?:co2|afval|zand|grond|aan))"
        ),
    )

    def spans(self, document: Document) -> Iterator[Span]:
        yield from super().spans(document)
        for start, end in document.near("money", _MONEY, _WRITTEN_REACH):
            for pattern in self.written:
                for match in pattern.finditer(document.folded, start, end):
                    yield from self.accept(document, match)
