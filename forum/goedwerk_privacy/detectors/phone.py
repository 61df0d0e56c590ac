"""Phone numbers, Dutch and foreign, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import phonenumbers

from ..finding import Span
from ..tokens import Ask, Document
from ..wordset import word_set
from .base import NARROW, figure_matches

_CANDIDATE = re.compile(
    r"(?<![\w/+.-])(?:\+ ?|00(?=[1-9]))?(?:\(0?\d{1,4}\) ?[-./]? ?)?\d(?:[ ./()-]{0,4}\d)"
    r"{6,14}(?!\w|-\d)"
)
# "(0546) 54 12 34": the area code in brackets, then six to eight digits.
_BRACKETED = re.compile(r"(?<!\w)\(0\d{1,3}\)[ ./-]{0,3}\d(?:[ ./-]{0,3}\d){5,8}(?!\w)")
_WITH_WORD = re.compile(
    r"\b(?:tel(?:efoon)?(?:nummer)?|toestel(?:nummer)?|tst|mobiel|mob|gsm|06-nummer|"
    r"doorkies(?:nummer)?|"
    r"bel(?:len)?(?: (?:me|ons|haar|hem|gerust|even|naar|op|dan|maar)){0,3}|fax|whatsapp|"
    r"app|nummer|bereikbaar(?: op)?)\b"
    r"[^\w\n+(]{0,4}(?:(?:is|op|via|nr|naar|nummer|mij|me)[^\w\n+(]{0,3}){0,3}"
    r"(?P<found>[+(]?\d(?:[ ./()-]{0,4}\d){3,14})(?![\w])"
)
_SHORT_WORD = re.compile(r"^(?:toestel|tst|doorkies)")
_DIGIT_WORDS = "nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_SPELLED = re.compile(
    rf"nul(?:[ ,.-]{{1,4}}(?:{_DIGIT_WORDS}|\d|dubbel(?: |-)\w{{3,5}})\b){{6,12}}"
)
# Numbers of public services that nobody can be traced by.
_PUBLIC = word_set("""
    112 113 144 0900113 08000113 09008844 08001351 14010 14020 14030 14070 08008051 08002000
    08007000 0703456789 09001450
""")
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:19|20)?\d\d$|(?:19|20)"
    r"\d\d-\d\d-\d\d$"
)


class PhoneDetector:
    """Candidates by form, judged by the numbering plan; lenient after a word that says so."""

    asks: Mapping[str, Ask] = {"spelled": lambda word: word.low == "nul"}

    def spans(self, document: Document) -> Iterator[Span]:
        yield from self._spelled(document)
        if not document.digits:
            return
        for match in figure_matches(document, _WITH_WORD):
            if self._likely(match):
                yield Span(match.start("found"), match.end("found"), "phone", 86)
        for match in figure_matches(document, _BRACKETED, NARROW):
            yield Span(match.start(), match.end(), "phone", 85)
        for match in figure_matches(document, _CANDIDATE, NARROW):
            if self._is_phone(match.group()):
                yield Span(match.start(), match.end(), "phone", 84)

    @staticmethod
    def _spelled(document: Document) -> Iterator[Span]:
        end = 0
        for index in document.places["spelled"]:
            start = document.tokens[index].start
            match = _SPELLED.match(document.folded, start) if start >= end else None
            if match:
                end = match.end()
                yield Span(start, end, "phone", 84)

    @staticmethod
    def _likely(match: re.Match[str]) -> bool:
        number = match.group("found")
        digits = re.sub(r"\D", "", number)
        if digits in _PUBLIC or _DATE.match(number):
            return False
        if _SHORT_WORD.match(match.group()):
            return 3 <= len(digits) <= 6
        return len(digits) in (9, 10, 11, 12, 13) and digits[0] in "0134" and digits[:2] != "20"

    @staticmethod
    def _is_phone(number: str) -> bool:
        digits = re.sub(r"\D", "", number)
        if (
            digits in _PUBLIC
            or _DATE.match(number)
            or not number.lstrip("( ").startswith(("+", "0"))
        ):
            return False
        return _matches_plan(digits, number)


def _matches_plan(digits: str, number: str) -> bool:
    international = number.lstrip("( ").startswith("+") or digits.startswith("00")
    # "+31 (0)6": the zero in brackets is not dialled.
    text = re.sub(r"\(0\)", "", number) if international else digits
    text = "+" + re.sub(r"\D", "", text).removeprefix("00") if international else digits
    try:
        parsed = phonenumbers.parse(text, None if international else "NL")
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(parsed):
        return True
    return not international and len(digits) == 10 and phonenumbers.is_possible_number(parsed)
