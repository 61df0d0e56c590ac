"""Markings, disciplinary measures, secrecy, and quotations from reports."""

from __future__ import annotations

import re

from ..kinds import Severity
from .base import PatternDetector

_PAPER = (
    "memo|nota|notitie|rapport|rapportage|bijlage|stuk|stukken|document|documenten|dossier|brief|verslag|advies|"
    "besluitenlijst|raadsvergadering|vergadering|zitting|bijeenkomst|overleg|conceptrapport|concept|onderzoek|"
    "onderzoeksrapport|beoordeling|gespreksverslag|mail|e-mail|briefing|beslisnota|ministerraad|presentatie|lijst|"
    "overeenkomst|vaststellingsovereenkomst|informatie uit"
)
_MEASURE = (
    "schriftelijke berisping|berisping|strafontslag|voorwaardelijk (?:straf)?ontslag|onvoorwaardelijk (?:straf)?ontslag|"
    "disciplinair ontslag|disciplinaire (?:straf|maatregel|sanctie|procedure)|disciplinair gestraft|"
    "ernstig plichtsverzuim|plichtsverzuim|oneervol ontslag|ontslag op staande voet|op staande voet ontslagen|"
    "geschorst|schorsing|op non-actief(?: gesteld)?|ambtelijke waarschuwing|functioneringsdossier|verbetertraject|"
    "inhouding van (?:salaris|bezoldiging)|teruggezet in (?:schaal|functie)|gedwongen overgeplaatst|"
    "ordemaatregel|toegang ontzegd|toegangsontzegging"
)


class ConfidentialDetector(PatternDetector):
    """Words that show that the text leans on something that was not meant to go out."""

    kind = "confidential"
    rank = 45
    patterns = (
        re.compile(
            r"\b(?:staatsgeheim|stg\.?|dep(?:artementaal)?\.?)[ -]{0,2}(?:zeer geheim|geheim|confidentieel|vertrouwelijk|v|zg|c|g)\b(?:(?:\.|,)? ?(?:v|intern)\b)?"
        ),
        re.compile(r"\bstaatsgeheime?n?\b|\bdep\.? ?v\.?(?!\w)"),
        re.compile(r"\b(?:tlp ?: ?(?:red|amber|green|rood|oranje))\b"),
        re.compile(
            rf"\b(?:strikt |zeer |intern )?(?:vertrouwelijke?|geheime?|besloten|niet-openbare?|niet openbare?|gelekte?|uitgelekte?|geclassificeerde?|gerubriceerde?) (?:{_PAPER})\b"
        ),
        re.compile(
            rf"\b(?:{_PAPER})(?: \w{{2,15}}){{0,3}} (?:(?:is|was|zijn|waren) )?(?:gemarkeerd als |gelabeld als |met het stempel |met de stempel |gestempeld als |aangemerkt als |geclassificeerd als |gerubriceerd als )[\"']?(?:vertrouwelijk|geheim|intern|confidentieel|niet openbaar)"
        ),
        re.compile(
            r"\b(?:gemarkeerd|gelabeld|gestempeld|aangemerkt|geclassificeerd|gerubriceerd|bestempeld) als [\"']?(?:strikt |zeer )?(?:vertrouwelijk|geheim|intern|confidentieel|niet openbaar)\b"
        ),
        re.compile(r"\b(?:strikt|uiterst|zeer) (?:vertrouwelijk|geheim|persoonlijk)\b"),
        re.compile(
            r"\b(?:niet|nog niet) (?:voor|bestemd voor|geschikt voor) (?:verspreiding|publicatie|externe verspreiding|openbaarmaking|derden|buiten)\b"
        ),
        re.compile(
            r"\bonder (?:embargo|geheimhouding|de roos|nda)\b|\bembargo tot\b|\boff the record\b|\bchatham house\b"
        ),
        re.compile(
            r"\bgeheimhouding(?: is| was| werd)?(?: \w{2,12}){0,2} (?:opgelegd|bekrachtigd|opgeheven|getekend|afgesproken|geschonden)\b|\b(?:legde|legt|leggen|bekrachtigde|tekende|tekenden|schond)(?: \w{2,15}){0,3} (?:een )?geheimhouding(?:sverklaring|sovereenkomst|splicht)?\b|\bgeheimhoudings(?:verklaring|overeenkomst|clausule)\b"
        ),
        re.compile(
            r"\b(?:vertrouwelijk|geheim|confidentieel) (?:behandeld|besproken|gedeeld|verklaard|gemaakt|gebleven|ter inzage|aan (?:mij|ons|de raad))\b"
        ),
        re.compile(
            r"\b(?:in|uit|tijdens|bij) (?:een |de |het )?(?:besloten|vertrouwelijke) \w{3,20}"
        ),
        re.compile(rf"\b(?:{_MEASURE})\b"),
        re.compile(
            r"\b(?:in|uit|volgens) (?:het|de|dat|een|hun|haar|zijn)(?: [\w-]{3,25}){0,2} ?(?:rapport|onderzoeksrapport|conceptrapport|memo|notitie|nota|brief|verslag|advies|mail|beoordeling|dossier|klacht|gespreksverslag|besluit|verklaring|proces-verbaal|evaluatie|audit|rapportage)(?: [\w-]{2,20}){0,4} ?(?:staat|stond|stonden|las ik|lezen we|werd|wordt|schrijft|schreef|concludeert|luidt|luidde)?(?: \w{2,15}){0,3} ?[:,] ?[\"'][^\"'\n]{8,300}[\"']"
        ),
        re.compile(
            r"\b(?:het|de|hun) (?:\w{3,20} )?(?:rapport|onderzoeksrapport|memo|notitie|nota|brief|verslag|advies|inspectie|commissie|audit|evaluatie|rapportage|klacht|verklaring)(?: \w{2,15}){0,3} (?:stelt|schrijft|concludeert|concludeerde|meldt|meldde|vermeldt|stelde|schreef|luidt|luidde|spreekt van|sprak van)(?: \w{2,12}){0,3} ?[:,]? ?[\"'][^\"'\n]{8,300}[\"']"
        ),
        re.compile(r"\bik citeer(?: \w{2,15}){0,4} ?[:,]? ?[\"'][^\"'\n]{6,300}[\"']"),
        re.compile(r"\b(?:vertrouwelijk|confidential)(?=\]|\)|:|\.? ?\n| - )"),
    )

    _marking = re.compile(
        r"(?<![\w])(?:STRIKT |ZEER )?(?:VERTROUWELIJK|GEHEIM|CONFIDENTIEEL|INTERN GEBRUIK|NIET VERSPREIDEN|EMBARGO|CONFIDENTIAL)(?![\w])"
    )

    def spans(self, document):  # type: ignore[no-untyped-def]
        yield from super().spans(document)
        from ..finding import Span

        for match in self._marking.finditer(document.text):
            yield Span(match.start(), match.end(), "confidential", 46, Severity.SHOULD)
