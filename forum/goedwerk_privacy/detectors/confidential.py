"""Markings, disciplinary measures, secrecy, and quotations from reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Span
from ..kinds import Severity
from ..tokens import Document
from ..wordset import word_set
from .base import PatternDetector

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


_TRIGGERS = word_set("""
    staatsgeheim staatsgeheime staatsgeheimen stg dep departementaal departementaal-vertrouwelijk
    tlp vertrouwelijk vertrouwelijke geheim geheime besloten niet-openbare openbare gelekt gelekte
    uitgelekt uitgelekte geclassificeerd geclassificeerde gerubriceerd gerubriceerde gemarkeerd
    gelabeld stempel gestempeld aangemerkt bestempeld strikt uiterst zeer verspreiding publicatie
    openbaarmaking derden buiten embargo geheimhouding geheimhoudingsverklaring
    geheimhoudingsovereenkomst geheimhoudingsplicht geheimhoudingsclausule roos nda record chatham
    confidentieel confidential berisping strafontslag ontslag disciplinair disciplinaire
    plichtsverzuim oneervol ontslagen geschorst schorsing non-actief waarschuwing
    functioneringsdossier verbetertraject inhouding teruggezet overgeplaatst ordemaatregel
    vaststellingsovereenkomst ontzegd toegangsontzegging rapport onderzoeksrapport conceptrapport
    memo notitie nota brief verslag advies mail beoordeling dossier klacht gespreksverslag besluit
    verklaring proces-verbaal evaluatie audit rapportage inspectie commissie citeer
""")


class ConfidentialDetector(PatternDetector):
    """Words that show that the text leans on something that was not meant to go out."""

    kind = "confidential"
    rank = 45
    triggers = _TRIGGERS
    reach = 450
    patterns = (
        re.compile(
            r"\b(?:staatsgeheim|stg\.?|dep(?:artementaal)?\.?)[ -]{0,2}(?:zeer geheim|"
            r"geheim|confidentieel|vertrouwelijk|v|zg|c|g)\b(?:(?:\.|,)? ?(?:v|intern)\b)"
            r"?"
        ),
        re.compile(r"\bstaatsgeheime?n?\b|\bdep\.? ?v\.?(?!\w)"),
        re.compile(r"\b(?:tlp ?: ?(?:red|amber|green|rood|oranje))\b"),
        re.compile(
            rf"\b(?:strikt |zeer |intern )?(?:vertrouwelijke?|geheime?|besloten|"
            rf"niet-openbare?|niet openbare?|gelekte?|uitgelekte?|geclassificeerde?|"
            rf"gerubriceerde?) (?:{_PAPER})\b"
        ),
        re.compile(
            rf"\b(?:{_PAPER})(?: \w{{2,15}}){{0,3}} (?:(?:is|was|zijn|waren) )?(?"
            rf":gemarkeerd als |gelabeld als |met het stempel |met de stempel |"
            rf"gestempeld als |aangemerkt als |geclassificeerd als |gerubriceerd als )"
            rf"[\"']?(?:vertrouwelijk|geheim|intern|confidentieel|niet openbaar)"
        ),
        re.compile(
            r"\b(?:gemarkeerd|gelabeld|gestempeld|aangemerkt|geclassificeerd|"
            r"gerubriceerd|bestempeld) als [\"']?(?:strikt |zeer )?(?:vertrouwelijk|"
            r"geheim|intern|confidentieel|niet openbaar)\b"
        ),
        re.compile(r"\b(?:strikt|uiterst|zeer) (?:vertrouwelijk|geheim|persoonlijk)\b"),
        re.compile(
            r"\b(?:niet|nog niet) (?:voor|bestemd voor|geschikt voor) (?:verspreiding|"
            r"publicatie|externe verspreiding|openbaarmaking|derden|buiten)\b"
        ),
        re.compile(
            r"\bonder (?:embargo|geheimhouding|de roos|nda)\b|\bembargo tot\b|\boff the "
            r"record\b|\bchatham house\b"
        ),
        re.compile(
            r"\bgeheimhouding(?: is| was| werd)?(?: \w{2,12}){0,2} (?:opgelegd|"
            r"bekrachtigd|opgeheven|getekend|afgesproken|geschonden)\b|\b(?:legde|legt|"
            r"leggen|bekrachtigde|tekende|tekenden|schond)(?: \w{2,15}){0,3} (?:een )?"
            r"geheimhouding(?:sverklaring|sovereenkomst|splicht)?\b|\bgeheimhoudings(?"
            r":verklaring|overeenkomst|clausule)\b"
        ),
        re.compile(
            r"\b(?:vertrouwelijk|geheim|confidentieel) (?:behandeld|besproken|gedeeld|"
            r"verklaard|gemaakt|gebleven|ter inzage|aan (?:mij|ons|de raad))\b"
        ),
        re.compile(
            r"\b(?:in|uit|tijdens|bij) (?:een |de |het )?(?:besloten|vertrouwelijke) \w{3,20}"
        ),
        re.compile(rf"\b(?:{_MEASURE})\b"),
        re.compile(
            r"\b(?:in|uit|volgens) (?:het|de|dat|een|hun|haar|zijn)(?: [\w-]{3,25}){0,2} "
            r"?(?:rapport|onderzoeksrapport|conceptrapport|memo|notitie|nota|brief|"
            r"verslag|advies|mail|beoordeling|dossier|klacht|gespreksverslag|besluit|"
            r"verklaring|proces-verbaal|evaluatie|audit|rapportage)(?: [\w-]{2,20}){0,4} "
            r"?(?:staat|stond|stonden|las ik|lezen we|werd|wordt|schrijft|schreef|"
            r"concludeert|luidt|luidde)?(?: \w{2,15}){0,3} ?[:,] ?[\"'][^\"'\n]"
            r"{8,300}[\"']"
        ),
        re.compile(
            r"\b(?:het|de|hun) (?:\w{3,20} )?(?:rapport|onderzoeksrapport|memo|notitie|"
            r"nota|brief|verslag|advies|inspectie|commissie|audit|evaluatie|rapportage|"
            r"klacht|verklaring)(?: \w{2,15}){0,3} (?:stelt|schrijft|concludeert|"
            r"concludeerde|meldt|meldde|vermeldt|stelde|schreef|luidt|luidde|spreekt van|"
            r"sprak van)(?: \w{2,12}){0,3} ?[:,]? ?[\"'][^\"'\n]{8,300}[\"']"
        ),
        re.compile(r"\bik citeer(?: \w{2,15}){0,4} ?[:,]? ?[\"'][^\"'\n]{6,300}[\"']"),
        re.compile(r"\b(?:vertrouwelijk|confidential)(?=\]|\)|:|\.? ?\n| - )"),
    )

    _marking = re.compile(
        r"(?<![\w])(?:STRIKT |ZEER )?(?:VERTROUWELIJK|GEHEIM|CONFIDENTIEEL|INTERN "
        r"GEBRUIK|NIET VERSPREIDEN|EMBARGO|CONFIDENTIAL)(?![\w])"
    )

    def spans(self, document: Document) -> Iterator[Span]:
        yield from super().spans(document)
        for match in self._marking.finditer(document.text):
            yield Span(match.start(), match.end(), "confidential", 46, Severity.SHOULD)
