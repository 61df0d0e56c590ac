"""The only one, the first one, and events that anyone can look up."""

from __future__ import annotations

import re

from .base import PatternDetector

_RANK = (
    "enige|eerste|laatste|oudste|jongste|grootste|kleinste|langstzittende|langst zittende|hoogste|bekendste|"
    "allereerste|allerlaatste|best betaalde|rijkste|armste|duurste"
)
_TRAIT = r"(?:\w{3,20}(?:e|en|se) |niet-\w{3,15} ){0,2}"
_WHO = (
    r"(?:vrouw|vrouwen|man|mannen|moeder|vader|persoon|mens|jurist|juriste|ambtenaar|medewerker|medewerkster|collega|"
    r"burgemeester|wethouder|minister|staatssecretaris|directeur|griffier|raadslid|kamerlid|statenlid|gedeputeerde|agent|"
    r"politieagent|brandweerman|brandweervrouw|rechter|officier|leidinggevende|manager|teamleider|hoofd|adviseur|"
    r"stagiair|stagiaire|trainee|inspecteur|handhaver|boa|dokter|arts|huisarts|leraar|lerares|docent|moslim|moslima|"
    r"christen|jood|turk|marokkaan|surinamer|antilliaan|pool|nederlander|friezin|fries|rolstoelgebruiker|"
    r"gemeente|provincie|afdeling|team|school|basisschool|bedrijf|bakker|slager|boer|ondernemer|winkel|kerk|moskee|"
    r"ziekenhuis|waterschap|ministerie|departement|dorp|stad|wijk|eiland|fractie|partij|instelling|instantie|organisatie|"
    r"vertrouwenspersoon|klokkenluider|melder|deelnemer|kandidaat|sollicitant|sluiswachter|"
    r"transvrouw|transman|homo|lesbienne|vluchteling|statushouder|weduwe|weduwnaar|tweeling|alleenstaande|"
    r"\w{3,20}(?:medewerker|medewerkster|adviseur|ambtenaar|manager|leider|leidster|coordinator|consulent|inspecteur|"
    r"directeur|secretaris|voorzitter|hoofd|jurist|meester|verlener|beheerder|houder|deskundige|specialist|"
    r"bedrijf|school|fabriek|winkel|bank|zaak|gemeente))"
)
_DISASTER = (
    r"(?:brand|explosie|ontploffing|ramp|overstroming|dijkdoorbraak|aanslag|steekpartij|schietpartij|gijzeling|moord|"
    r"doodslag|ontruiming|rellen|bestorming|vechtpartij|ongeluk|ongeval|treinramp|vliegramp|aanrijding|instorting|"
    r"zelfmoord|zelfdoding|suicide|verdrinking|gifwolk|olieramp|stroomstoring|cyberaanval|hack|ransomware-aanval|"
    r"datalek|fraude|fraudezaak|corruptiezaak|omkoopzaak|affaire|schandaal|faillissement|uitbraak|ontslagronde|staking|"
    r"bezetting|demonstratie|protest|blokkade|ontvoering|inval|arrestatie|vermissing|afschot|stalbrand|kraak|ontmanteling)"
)


class UniqueEventDetector(PatternDetector):
    """Phrases only: the words themselves are common, together they single out."""

    kind = "unique_event"
    rank = 40
    patterns = (
        re.compile(
            rf"\b(?:de|het|als|was ik de|ik was de|onze|mijn|hun|haar|zijn) (?:{_RANK}) {_TRAIT}{_WHO}\b"
            r"(?: (?:in|van|bij|binnen|op|uit|met|die|dat|daar|ter|aan|zonder)(?: (?:de|het|dat|die|onze|ons|een|heel|hele))?(?: [\w'-]{2,25}){1,3})?"
        ),
        re.compile(
            r"\b(?:ik|hij|zij|ze|we|wij|zij) (?:was|ben|is|waren|zijn|werd)(?: \w{2,12})? (?:de|het) (?:enige|eerste|allereerste|laatste|jongste|oudste)(?: [\w'-]{3,20})? (?:in|van|bij|binnen|op|uit|met|ooit|ter wereld)(?: [\w'-]{2,25}){1,4}"
        ),
        re.compile(
            r"\bals (?:enige|eerste|allereerste)(?: \w{3,25}){0,2} (?:in|van|binnen|bij|op|ter)(?: (?:de|het|heel|hele|ons|onze))?(?: [\w'-]{2,25}){1,2}"
        ),
        re.compile(
            rf"\b(?:de|het|een|die|dat)(?: (?:grote|fatale|dodelijke|beruchte|bekende|ernstige|zware|heftige|landelijk bekende)){{1,2}} {_DISASTER}\b(?: (?:in|bij|van|op|aan)(?: (?:de|het|een))?(?: [\w'-]{{2,25}}){{1,3}})?"
        ),
        re.compile(
            rf"\b(?:de|het|die|dat) {_DISASTER} (?:in|bij|van|op|aan|tegen|onder|rond)(?: (?:de|het|een|ons|onze))?(?: [\w'-]{{2,25}}){{1,3}}"
        ),
        re.compile(
            r"\b(?:haalde|haalden|stond|stonden|kwam|kwamen|is|was|waren|halen|haalt|verscheen)(?: [\w'-]{2,20}){0,5} (?:in|op|het)(?: (?:het|de|alle|heel|een))?(?: (?:landelijke|landelijk|lokale|regionale|plaatselijke|nationale))? (?:nieuws|krant|kranten|voorpagina|media|journaal|televisie|tv|pers|voorpagina's|talkshow|achtuurjournaal|nos)\b"
        ),
        re.compile(
            r"\b(?:het|de)(?: (?:landelijke|lokale|regionale|plaatselijke))? (?:nieuws|krant|kranten|voorpagina|journaal|talkshows)(?: (?:haalde|haalden|gehaald|halen))\b"
        ),
        re.compile(
            r"\b(?:kamervragen|raadsvragen|kamerdebat|spoeddebat|raadsenquete|parlementaire enquete|raadsonderzoek|motie van wantrouwen|parlementair onderzoek)(?: (?:over|naar|tegen|rond|gesteld|kwamen|volgden|leidde|van|door))(?: [\w'-]{2,25}){1,4}"
        ),
        re.compile(
            r"\b(?:uniek|enige|eerste) (?:in|van) (?:nederland|europa|de wereld|het land|zijn soort|haar soort|de provincie|de regio)\b"
        ),
        re.compile(
            r"\b(?:voor het eerst|nooit eerder|nog nooit eerder) in (?:nederland|de geschiedenis|de regio|de provincie|onze gemeente|het bestaan)\b"
        ),
        re.compile(
            r"\b(?:won|wonnen|kreeg|kregen|ontving|ontvingen|uitgeroepen tot|winnaar van|verkozen tot|bekroond met)(?: [\w'-]{1,20}){0,4} (?:lintje|ridderorde|prijs|award|ambtenaar van het jaar|gemeente van het jaar|overheidsmanager van het jaar|beste overheidsorganisatie|koninklijke onderscheiding|medaille)\b"
        ),
        re.compile(
            r"\b(?:jonge )?(?:ambtenaar|overheidsmanager|gemeente|wijkagent|inspecteur|trainee|bestuurder|wethouder) van het jaar(?: (?:19|20)\d\d)?\b"
        ),
        re.compile(
            r"\b(?:een van de (?:twee|drie|vier)|met z'n tweeen|met zijn tweeen|slechts (?:een|twee|drie)) (?:\w{3,20} )?(?:vrouwen|mannen|juristen|ambtenaren|medewerkers|collega's|gemeenten|teamleiders|adviseurs)(?: (?:in|van|bij|binnen|op|met|die)(?: [\w'-]{2,25}){1,4})?"
        ),
    )
