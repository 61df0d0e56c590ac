"""Citizen service numbers and bank accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.nl import bsn

from ..finding import Span
from ..tokens import Document
from .base import NARROW, NO_ASKS, figure_matches

_NOT_DIGIT = re.compile(r"\D")
_NINE = re.compile(r"(?<![\w.,/-])\d(?:[ .-]{0,2}\d){7,8}(?![\w/]|[.,-]\d)")
_BSN_WORD = re.compile(
    r"\b(?:bsn|burgerservice ?-?n(?:umme)?r|sofi ?-?n(?:umme)?r|service ?nummer)\b"
    r"[^\d\n]{0,25}(?P<found>\d(?:[ .-]{0,2}\d){6,9})(?!\d)"
)
_AMOUNT_AFTER = re.compile(r" ?(?:euro|eur\b|miljoen|miljard|inwoners|m2)")


class BsnDetector:
    """Nine (or eight) digits that pass the eleven test, or any after the word itself."""

    asks = NO_ASKS

    def spans(self, document: Document) -> Iterator[Span]:
        if not document.digits:
            return
        for match in figure_matches(document, _BSN_WORD):
            yield Span(match.start("found"), match.end("found"), "bsn", 92)
        for match in figure_matches(document, _NINE, NARROW):
            if self._is_bsn(match.group()) and not _AMOUNT_AFTER.match(
                document.folded, match.end()
            ):
                yield Span(match.start(), match.end(), "bsn", 88)

    @staticmethod
    def _is_bsn(number: str) -> bool:
        digits = _NOT_DIGIT.sub("", number)
        # Eight digits are more often something else: ask for nine unless they stand bare.
        return len(digits) == 9 and bool(bsn.is_valid(digits))


_IBAN = re.compile(r"(?<![\w])[a-z]{2}[ .-]?\d{2}(?:[ .-]{0,2}[a-z0-9]){11,30}(?![a-z0-9])")
_IBAN_START = re.compile(r"(?<!\w)[a-z]{2}[ .-]?\d{2}")
_DUTCH_IBAN = re.compile(
    r"(?<!\w)nl[ .-]?\d{2}[ .-]{0,2}[a-z]{4}[ .-]{0,2}(?:\d[ .-]{0,2}){9}\d(?!\d)"
)
# Written in groups of four a foreign number is one, even with a typing error in it.
_GROUPED = re.compile(
    r"(?<!\w)(?:at|be|bg|ch|cy|cz|de|dk|ee|es|fi|fr|gb|gr|hr|hu|ie|it|lt|lu|lv|ma|mt|no|pl|pt|ro|se|si|sk|tr)"
    r"\d{2}(?: (?=[a-z0-9]{0,3}\d)[a-z0-9]{4}){2,7}(?: \d{1,3})?(?!\w)"
)
_ACCOUNT_WORD = re.compile(
    r"\b(?:(?:bank)?rekening ?-?(?:nummer|nr)?|giro(?:nummer)?|iban)\b[^\d\n]{0,12}?"
    r"(?P<found>(?:[a-z]{2} ?\d{2} ?[a-z]{4} ?)?\d(?:[ .-]?\d){6,17})(?!\d)"
)


class IbanDetector:
    """Any country's IBAN with the right check digits; a Dutch one also with a typing error."""

    asks = NO_ASKS

    def spans(self, document: Document) -> Iterator[Span]:
        if not document.digits:
            return
        for match in figure_matches(document, _DUTCH_IBAN, NARROW):
            yield Span(match.start(), match.end(), "iban", 95)
        for match in figure_matches(document, _GROUPED, NARROW):
            if len(match.group().replace(" ", "")) >= 15:
                yield Span(match.start(), match.end(), "iban", 94)
        for match in figure_matches(document, _ACCOUNT_WORD):
            yield Span(match.start("found"), match.end("found"), "iban", 85)
        for match in figure_matches(document, _IBAN_START, NARROW):
            yield from self._foreign(document.folded, match.start())

    @staticmethod
    def _foreign(folded: str, start: int) -> Iterator[Span]:
        """The longest stretch of at most 42 characters that is a valid number."""
        stretch = _IBAN.match(folded, start)
        if stretch is None:
            return
        parts = re.split(r"(?<=[a-z0-9])(?=[ .-])", stretch.group())
        while parts:
            text = "".join(parts)
            if iban.is_valid(re.sub(r"[ .-]", "", text)):
                yield Span(start, start + len(text), "iban", 95)
                return
            parts.pop()
