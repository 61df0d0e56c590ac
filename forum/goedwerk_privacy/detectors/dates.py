"""Exact dates, and among them dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..finding import Span
from ..kinds import Severity
from ..tokens import Ask, Document
from ..wordset import word_set
from .base import figure_matches

_MONTH = (
    "(?:januari|jan|februari|feb|febr|maart|mrt|april|apr|mei|juni|jun|juli|jul|augustus|aug|"
    "september|sept|sep|oktober|okt|november|nov|december|dec)"
)
_MONTHS = word_set("""
    januari februari maart april mei juni juli augustus september oktober november december
""")
_LONG_MONTH = f"(?:{'|'.join(sorted(_MONTHS))})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:(?:ochtend|middag|avond|nacht))?,? )?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|'\d\d)"
_WRITTEN_DAY = (
    "(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|"
    "(?:der|veer|vijf|zes|zeven|acht|negen)tiende|twintigste|"
    "(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)entwintigste|dertigste|eenendertigste)"
)
_EXACT = re.compile(
    rf"(?<![\w/.-]){_WEEKDAY}(?:de )?(?:{_DAY}(?:e|ste|de)?|{_WRITTEN_DAY}) (?:(?:en|t/m|"
    rf"tot|tot en met|of) {_DAY} )?"
    rf"{_MONTH}\b\.?(?:,? {_YEAR}(?!\d))?"
)
# Without a digit: "de eerste mei", "twaalf maart".
_WRITTEN = re.compile(
    rf"\b{_WEEKDAY}(?:(?:de )?{_WRITTEN_DAY}|(?:een|twee|drie|vier|vijf|zes|zeven|acht|"
    rf"negen|tien|elf|twaalf|"
    rf"dertien|veertien|vijftien|twintig|dertig)) (?:van )?{_LONG_MONTH}\b"
)
_WRITTEN_REACH = 60
_NUMERIC = re.compile(
    rf"(?<![\w./-])(?:{_DAY} ?[-/.] ?(?:0?[1-9]|1[0-2]) ?[-/.] ?(?:(?:19|20)\d\d|'?\d\d)|"
    r"(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01]))(?![\w/]|[-.]\d)"
)
_COMPACT = re.compile(r"(?<![\w.-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w.-])")
_SHORT = re.compile(
    rf"\b(?:op|d\.?d\.?|datum:?|vanaf|tot|per) (?P<found>{_DAY}[-/](?:0?[1-9]|1[0-2]))(?![\w/-])"
)
_MONTH_YEAR = re.compile(
    rf"\b(?:(?:begin|eind|medio|half) )?{_MONTH}(?: van)? (?:(?:19|20)\d\d|'\d\d)(?!\d)"
)
_HOLIDAY = re.compile(
    r"\b(?:eerste kerstdag|tweede kerstdag|oudjaarsavond|oudejaarsdag|nieuwjaarsdag|koningsdag|"
    r"hemelvaartsdag|goede vrijdag|eerste paasdag|tweede paasdag|prinsjesdag|dodenherdenking|"
    rf"bevrijdingsdag) {_YEAR}(?!\d)"
)
_WEEK = re.compile(r"\bweek \d{1,2}(?: van)? (?:19|20)\d\d\b")

# The word for birth close by in the same sentence, before or after the date.
_BORN_BEFORE = re.compile(
    r"(?:\bgeb(?:oren)?\b|\bgeb(?:oorte)?\.?-? ?(?:datum|dag|dat)\b|\bgbd\b|\bg\.d\.|"
    r"\bjarig\b|\bverjaar\w{0,6}\b|"
    r"\b(?:ik|hij|zij|ze|die) (?:ben|is|was|komt) van $|"
    r"\bter wereld\b|(?<!\*)\*(?=[ :=(-]{0,4}$))[^.!?;\n]{0,30}$|\bgeb\. ?[^!?;\n]{0,24}$"
)
_BORN_AFTER = re.compile(
    r"[^.!?;\n]{0,28}\b(?:geboren|jarig|geboortedatum|verjaardag|geboortedag|bsn)\b"
)
_BORN_WORD = re.compile(
    r"\b(?:geboren in|geboortejaar(?: is| was)?:?|geb\.?(?: in)?|uit geboortejaar|"
    r"(?:ik ben|hij is|zij is|ze is) van) (?P<found>(?:19[2-9]\d|20[01]\d|'\d\d))(?!\d)"
)


class DateDetector:
    """A day and a month, a month and a year, a named holiday of one year."""

    asks: Mapping[str, Ask] = {"month": lambda word: word.low in _MONTHS}

    def spans(self, document: Document) -> Iterator[Span]:
        folded = document.folded
        for pattern in (_EXACT, _NUMERIC, _COMPACT, _SHORT, _HOLIDAY, _MONTH_YEAR, _WEEK):
            group = "found" if "found" in pattern.groupindex else 0
            for match in figure_matches(document, pattern):
                yield self._dated(folded, match.start(group), match.end(group))
        for start, end in document.near("month", _MONTHS, _WRITTEN_REACH):
            for match in _WRITTEN.finditer(folded, start, end):
                yield self._dated(folded, match.start(), match.end())
        for match in figure_matches(document, _BORN_WORD):
            yield Span(match.start("found"), match.end("found"), "birthdate", 88)

    @staticmethod
    def _dated(folded: str, start: int, end: int) -> Span:
        before = folded[max(0, start - 45) : start]
        if _BORN_BEFORE.search(before) or _BORN_AFTER.match(folded, end):
            return Span(start, end, "birthdate", 89)
        return Span(start, end, "date", 79, Severity.HINT)
