"""Case, file and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Span
from ..tokens import Document
from .base import PatternDetector

_NUMBER_WORD = (
    r"(?:zaak|dossier|zaken|document|doc|kenmerk|referentie|ref|registratie|melding(?:s)?"
    r"|klacht(?:en)?|"
    r"bezwaar|beroep(?:s)?|personeel(?:s)?|pers|medewerker(?:s)?|klant|client|clienten|"
    r"patient(?:en)?|leerling|"
    r"vergunning(?:s)?|aanvraag|aanvrage|besluit|beschikking(?:s)?|factuur|order|"
    r"contract|subsidie|parket|rol|"
    r"rekest|proces-?verbaal|pv|aangifte|incident|ticket|casus|case|ordner|archief|corsa|decos|"
    r"djuma|verseon|woo|wob|volg|correlatie|inschrijf|polis|schade|lid|lidmaatschap(?:s)?|"
    r"relatie|debiteur(?:en)?|crediteur(?:en)?|paspoort|rijbewijs|id|identiteitskaart|"
    r"kvk|rsin|btw|big|"
    r"vreemdelingen|v|inspectie|onderzoek(?:s)?|project|kadaster|perceel|aanslag(?:biljet)?|"
    r"betaling(?:s)?|beslag|vordering(?:s)?|handelsregister|stuk|nota|memo|brief|"
    r"loonheffing(?:en)?(?:s)?|studenten?|bsn)"
)
_VALUE = r"(?P<found>(?=[\w/.:-]*\d)[a-z0-9](?:[\w]|[/.:-](?=\w)| (?=\d{2,}(?![\w]*\.\d)))+)"


class CaseNumberDetector(PatternDetector):
    """Court forms, a number after its name, and registration forms with year and digits."""

    kind = "casenumber"
    rank = 83
    patterns = (
        re.compile(r"\becli ?: ?[a-z]{2} ?: ?[a-z0-9]{2,8} ?: ?\d{4} ?: ?[\w.]{1,20}"),
        re.compile(r"\b(?:ljn|oj) ?:? ?[a-z]{2}\d{4}\b"),
        re.compile(
            r"\bc/\d{2}/\d{4,7}(?: ?/ ?(?:ha|kg|fa|ft|js)[ -](?:za|rk|ezr)[ -]\d\d[-/]\d{1,5})?"
        ),
        re.compile(
            r"\b(?:ha|kg|fa|aw|bre|rek|ams|utr|rot|sgr|zwb|arn|lee|gro)[ -](?:za|rk|awb|"
            r"\d\d)[ -/]?\d\d[-/ ]\d{1,5}\b"
        ),
        re.compile(
            r"\b(?:awb|sgr|ams|utr|rot|bre|shz|haa|lee|zwo|arn|gro|roe|mid|nl)[ -]?"
            r"\d{2}[/.]\d{2,6}(?:[ -][a-z]{2,8})?\b"
        ),
        re.compile(
            r"(?<![\w/.-])\d{2}/\d{3,6}(?: ?(?:wia|wao|wwb|pw|wmo|aow|ww|zw|anw|mpw|bz|"
            r"wajong|wlz)\b)?(?![\w/-])"
        ),
        re.compile(r"(?<![\w/.-])\d{2}[/-]\d{5,6}[-/]\d{2}(?![\w/-])"),
        re.compile(r"(?<![\w/.-])20[0-2]\d{6}/\d(?:/[a-z]\d)?(?![\w/-])"),
        re.compile(
            rf"\b{_NUMBER_WORD}[ -]?(?:nummers?|nrs?\b\.?|no\b\.?|id\b|kenmerk)"
            rf"(?: (?:is|was|van (?:de|het) \w{{2,20}}(?: is)?|luidt))?[ :=#(-]{{0,4}}{_VALUE}"
        ),
        re.compile(
            r"\b(?:ons |uw |onze |met )?(?:kenmerk|ref(?:erentie)?|zaak-?id|dossier|"
            r"registratie|corsa|onder nummer|ticket|casus|zaak|melding|(?:onder|met) nr)"
            r"\b\.?[ :=#-]{1,4}(?:nr\.? |nummer )?(?P<found>(?=[\w/.:-]"
            r"{0,40}\d[\w/.:-]{0,40}\d[\w/.:-]{0,40}\d)[a-z0-9](?:[\w]|[/.:-](?"
            r"=\w)){3,40})"
        ),
        re.compile(
            r"(?<![\w/.-])[a-z]{1,6}[-/.]?(?:19|20)\d\d[-/.]?\d{3,9}(?:[-/.]\w{1,10}){0,3}(?![\w])"
        ),
        re.compile(r"(?<![\w/.-])(?:19|20)\d\d[-/.]?[a-z]{1,8}[-/.]?\d{3,9}(?![\w])"),
        re.compile(r"(?<![\w/.-])(?:19|20)\d\d[-/.]\d{4,10}(?:[-/.]\d{1,6}){0,2}(?![\w/]|-\d)"),
        re.compile(
            r"(?<![\w/.-])[a-z]{1,8}[-/_](?:\d{2,4}[-/_.])?\d{4,10}(?:[-/_.][\w]{1,10})"
            r"{0,3}(?![\w])"
        ),
        re.compile(r"(?<![\w/.-])[a-z]{1,6}[/-]\d{2,4}[/-]\d{2,8}(?:[/-]\w{1,10}){0,3}(?![\w])"),
        re.compile(r"(?<![\w/.-])[a-z]{2,8}[-/][a-z]{1,8}[-/]\d{2,4}[-/]?\d{2,8}(?![\w])"),
        re.compile(
            r"\b(?:v-nummer|kvk|rsin|btw-?id|big|sap|p-nummer|agb)[ :-]{1,3}(?:nr\.? |"
            r"nummer )?(?P<found>[a-z]{0,3}\d[\d. ]{4,14}\d(?:b\d\d)?)(?!\w)"
        ),
        re.compile(r"(?<!\w)nl\d{9}b\d{2}(?!\w)"),
        re.compile(r"\b(?:pl|pv)\d{4}[-/ ]?\d{4,12}(?:-\d)?\b"),
    )

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        named = "found" in match.re.groupindex
        for span in super().accept(document, match):
            if self._is_number(document.folded[span.start : span.end]):
                yield span._replace(rank=91) if named else span

    @staticmethod
    def _is_number(value: str) -> bool:
        digits = sum(character.isdigit() for character in value)
        # "covid-2019", "art-2020" and "agenda-2030" are words with a year.
        return digits >= 3 and not re.fullmatch(r"[a-z-]{3,}[-/](?:19|20)\d\d", value)
