"""Markings, disciplinary measures, secrecy, and quotations from reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Span
from ..kinds import Severity
from ..tokens import Document
from ..wordset import word_set
from .base import Phrase, PhraseDetector

_PAPER = (
    "memo|nota|notitie|rapport|rapportage|bijlage|stuk|stukken|document|documenten|"
    "dossier|brief|verslag|advies|"
    "besluitenlijst|raadsvergadering|vergadering|zitting|bijeenkomst|overleg|"
    "conceptrapport|concept|onderzoek|"
    "onderzoeksrapport|beoordeling|gespreksverslag|mail|e-mail|briefing|beslisnota|"
    "ministerraad|presentatie|lijst|"
    "overeenkomst|vaststellingsovereenkomst|informatie uit"
)
_MEASURE = (
    "schriftelijke berisping|berisping|strafontslag|voorwaardelijk (?:straf)?ontslag|"
    "onvoorwaardelijk (?:straf)?ontslag|"
    "disciplinair ontslag|disciplinaire (?:straf|maatregel|sanctie|procedure)|"
    "disciplinair gestraft|"
    "ernstig plichtsverzuim|plichtsverzuim|oneervol ontslag|ontslag op staande voet|op "
    "staande voet ontslagen|"
    "geschorst|schorsing|op non-actief(?: gesteld)?|ambtelijke waarschuwing|"
    "functioneringsdossier|verbetertraject|"
    "inhouding van (?:salaris|bezoldiging)|teruggezet in (?:schaal|functie)|gedwongen "
    "overgeplaatst|"
    "ordemaatregel|vaststellingsovereenkomst|ontslag op staande voet|toegang ontzegd|"
    "toegangsontzegging"
)


_STATE_WORDS = word_set("""
    staatsgeheim staatsgeheime staatsgeheimen stg dep departementaal departementaal-vertrouwelijk
""")
_SECRET_WORDS = word_set("""
    vertrouwelijk vertrouwelijke geheim geheime besloten niet-openbare openbare gelekt gelekte
    uitgelekt uitgelekte geclassificeerd geclassificeerde gerubriceerd gerubriceerde persoonlijk
    confidentieel confidential
""")
_MARKED_WORDS = word_set("""
    gemarkeerd gelabeld stempel gestempeld aangemerkt geclassificeerd gerubriceerd bestempeld
""")
_SPREAD_WORDS = word_set("verspreiding publicatie openbaarmaking derden buiten")
_EMBARGO_WORDS = word_set("embargo geheimhouding roos nda record house")
_SECRECY_WORDS = word_set("""
    geheimhouding geheimhoudingsverklaring geheimhoudingsovereenkomst geheimhoudingsplicht
    geheimhoudingsclausule
""")
_MEASURE_WORDS = word_set("""
    berisping strafontslag ontslag disciplinair disciplinaire plichtsverzuim oneervol ontslagen
    geschorst schorsing non-actief waarschuwing functioneringsdossier verbetertraject inhouding
    teruggezet overgeplaatst ordemaatregel vaststellingsovereenkomst ontzegd toegangsontzegging
""")
_OPEN_WORDS = word_set("openbaar gebruik intern doorsturen delen verspreiden")
_PENALTY_WORDS = word_set("""
    waarschuwing functie gedegradeerd berispt zwijgcontract zwijgbeding zwijggeld vertrekregeling
    ontslagregeling tuchtmaatregel ontslagen salaris integriteitsonderzoek
    strafonderzoek tuchtonderzoek
""")
_REPORT_WORDS = word_set("""
    rapport onderzoeksrapport conceptrapport memo notitie nota brief verslag advies mail
    beoordeling dossier klacht gespreksverslag besluit verklaring proces-verbaal evaluatie audit
    rapportage inspectie commissie beschikking vonnis onderzoek
""")
_MARKINGS = word_set("""
    vertrouwelijk geheim confidentieel gebruik verspreiden embargo confidential
""")
_FAR, _QUOTE_FAR, _MARKING_REACH = 100, 450, 20


class ConfidentialDetector(PhraseDetector):
    """Words that show that the text leans on something that was not meant to go out."""

    kind = "confidential"
    rank = 45
    phrases = (
        Phrase(
            _OPEN_WORDS,
            re.compile(
                rf"\b(?:(?:{_PAPER}) (?:is|was|blijft|bleef) )?(?:nog niet|niet|nooit) openbaar\b|"
                r"\b(?:alleen|uitsluitend) (?:voor )?(?:intern gebruik|eigen gebruik|intern)\b|"
                r"\bintern gebruik\b|\bniet (?:doorsturen|delen|verspreiden)\b"
            ),
            _FAR,
        ),
        Phrase(
            _PENALTY_WORDS,
            re.compile(
                r"\b(?:een )?(?:officiele|laatste|ambtelijke|formele|schriftelijke) waarschuwing\b|"
                r"\b(?:uit (?:zijn|haar|hun|mijn) functie (?:gezet|ontheven)|gedegradeerd|berispt|"
                r"zwijg(?:contract|beding|geld)|vertrekregeling|ontslagregeling|tuchtmaatregel|"
                r"ontslagen (?:wegens|vanwege|om)|salaris (?:ingehouden|stopgezet)|"
                r"loopt een (?:integriteits|straf|tucht)onderzoek)\b"
            ),
            _FAR,
        ),
        Phrase(
            _REPORT_WORDS,
            re.compile(
                r"\b(?:rapport|onderzoeksrapport|conceptrapport|advies|evaluatie|audit|rapportage|"
                r"beoordeling|dossier|proces-verbaal|gespreksverslag|inspectie|commissie|verslag|"
                r"klacht|besluit|beschikking|vonnis|onderzoek)"
                r"[^.!?;:\n\"]{0,60}: ?[\"'][^\"\n]{8,300}[\"']"
            ),
            _QUOTE_FAR,
        ),
        Phrase(
            _STATE_WORDS,
            re.compile(
                r"\b(?:staatsgeheim|stg\.?|dep(?:artementaal)?\.?)[ -]{0,2}(?:zeer geheim|"
                r"geheim|confidentieel|vertrouwelijk|v|zg|c|g)\b(?:(?:\.|,)? ?(?:v|intern)\b)"
                r"?"
            ),
            _FAR,
        ),
        Phrase(_STATE_WORDS, re.compile(r"\bstaatsgeheime?n?\b|\bdep\.? ?v\.?(?!\w)"), _FAR),
        Phrase(
            word_set("tlp"), re.compile(r"\b(?:tlp ?: ?(?:red|amber|green|rood|oranje))\b"), _FAR
        ),
        Phrase(
            _SECRET_WORDS,
            re.compile(
                rf"\b(?:strikt |zeer |intern )?(?:vertrouwelijke?|geheime?|besloten|"
                rf"niet-openbare?|niet openbare?|gelekte?|uitgelekte?|geclassificeerde?|"
                rf"gerubriceerde?) (?:{_PAPER})\b"
            ),
            _FAR,
        ),
        Phrase(
            _MARKED_WORDS,
            re.compile(
                rf"\b(?:{_PAPER})(?: \w{{2,15}}){{0,3}} (?:(?:is|was|zijn|waren) )?(?"
                rf":gemarkeerd als |gelabeld als |met het stempel |met de stempel |"
                rf"gestempeld als |aangemerkt als |geclassificeerd als |gerubriceerd als )"
                rf"[\"']?(?:vertrouwelijk|geheim|intern|confidentieel|niet openbaar)"
            ),
            _FAR,
        ),
        Phrase(
            _MARKED_WORDS,
            re.compile(
                r"\b(?:gemarkeerd|gelabeld|gestempeld|aangemerkt|geclassificeerd|"
                r"gerubriceerd|bestempeld) als [\"']?(?:strikt |zeer )?(?:vertrouwelijk|"
                r"geheim|intern|confidentieel|niet openbaar)\b"
            ),
            _FAR,
        ),
        Phrase(
            _SECRET_WORDS,
            re.compile(r"\b(?:strikt|uiterst|zeer) (?:vertrouwelijk|geheim|persoonlijk)\b"),
            _FAR,
        ),
        Phrase(
            _SPREAD_WORDS,
            re.compile(
                r"\b(?:niet|nog niet) (?:voor|bestemd voor|geschikt voor) (?:verspreiding|"
                r"publicatie|externe verspreiding|openbaarmaking|derden|buiten)\b"
            ),
            _FAR,
        ),
        Phrase(
            _EMBARGO_WORDS,
            re.compile(
                r"\bonder (?:embargo|geheimhouding|de roos|nda)\b|\bembargo tot\b|\boff the "
                r"record\b|\bchatham house\b"
            ),
            _FAR,
        ),
        Phrase(
            _SECRECY_WORDS,
            re.compile(
                r"\bgeheimhouding(?: is| was| werd)?(?: \w{2,12}){0,2} (?:opgelegd|"
                r"bekrachtigd|opgeheven|getekend|afgesproken|geschonden)\b|\b(?:legde|legt|"
                r"leggen|bekrachtigde|tekende|tekenden|schond)(?: \w{2,15}){0,3} (?:een )?"
                r"geheimhouding(?:sverklaring|sovereenkomst|splicht)?\b|\bgeheimhoudings(?"
                r":verklaring|overeenkomst|clausule)\b"
            ),
            _FAR,
        ),
        Phrase(
            _SECRET_WORDS,
            re.compile(
                r"\b(?:vertrouwelijk|geheim|confidentieel) (?:behandeld|besproken|gedeeld|"
                r"verklaard|gemaakt|gebleven|ter inzage|aan (?:mij|ons|de raad))\b"
            ),
            _FAR,
        ),
        Phrase(
            _SECRET_WORDS,
            re.compile(
                r"\b(?:in|uit|tijdens|bij) (?:een |de |het )?(?:besloten|vertrouwelijke) \w{3,20}"
            ),
            _FAR,
        ),
        Phrase(_MEASURE_WORDS, re.compile(rf"\b(?:{_MEASURE})\b"), _FAR),
        Phrase(
            _REPORT_WORDS,
            re.compile(
                r"\b(?:in|uit|volgens) (?:het|de|dat|een|hun|haar|zijn)(?: [\w-]{3,25}){0,2} "
                r"?(?:rapport|onderzoeksrapport|conceptrapport|memo|notitie|nota|brief|"
                r"verslag|advies|mail|beoordeling|dossier|klacht|gespreksverslag|besluit|"
                r"verklaring|proces-verbaal|evaluatie|audit|rapportage)(?: [\w-]{2,20}){0,4} "
                r"?(?:staat|stond|stonden|las ik|lezen we|werd|wordt|schrijft|schreef|"
                r"concludeert|luidt|luidde)?(?: \w{2,15}){0,3} ?[:,] ?[\"'][^\"'\n]"
                r"{8,300}[\"']"
            ),
            _QUOTE_FAR,
        ),
        Phrase(
            _REPORT_WORDS,
            re.compile(
                r"\b(?:het|de|hun) (?:\w{3,20} )?(?:rapport|onderzoeksrapport|memo|notitie|"
                r"nota|brief|verslag|advies|inspectie|commissie|audit|evaluatie|rapportage|"
                r"klacht|verklaring)(?: \w{2,15}){0,3} (?:stelt|schrijft|concludeert|"
                r"concludeerde|meldt|meldde|vermeldt|stelde|schreef|luidt|luidde|spreekt van|"
                r"sprak van)(?: \w{2,12}){0,3} ?[:,]? ?[\"'][^\"'\n]{8,300}[\"']"
            ),
            _QUOTE_FAR,
        ),
        Phrase(
            word_set("citeer"),
            re.compile(r"\bik citeer(?: \w{2,15}){0,4} ?[:,]? ?[\"'][^\"'\n]{6,300}[\"']"),
            _QUOTE_FAR,
        ),
        Phrase(
            _SECRET_WORDS,
            re.compile(r"\b(?:vertrouwelijk|confidential)(?=\]|\)|:|\.? ?\n| - )"),
            _FAR,
        ),
    )

    _marking = re.compile(
        r"(?<![\w])(?:STRIKT |ZEER )?(?:VERTROUWELIJK|GEHEIM|CONFIDENTIEEL|INTERN "
        r"GEBRUIK|NIET VERSPREIDEN|EMBARGO|CONFIDENTIAL)(?![\w])"
    )

    def __init__(self) -> None:
        super().__init__()
        self.asks = {**self.asks, "marking": lambda word: word.upper and word.low in _MARKINGS}

    def spans(self, document: Document) -> Iterator[Span]:
        yield from super().spans(document)
        for start, end in document.near("marking", _MARKINGS, _MARKING_REACH):
            for match in self._marking.finditer(document.text, start, end):
                yield Span(match.start(), match.end(), "confidential", 46, Severity.SHOULD)
