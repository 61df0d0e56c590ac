"""The only one, the first one, and events that anyone can look up."""

from __future__ import annotations

import re

from ..wordset import word_set
from .base import Phrase, PhraseDetector

_RANK = (
    "enige|eerste|laatste|oudste|jongste|grootste|kleinste|langstzittende|langst "
    "zittende|hoogste|bekendste|"
    "allereerste|allerlaatste|best betaalde|rijkste|armste|duurste"
)
_TRAIT = r"(?:\w{3,20}(?:e|en|se) |niet-\w{3,15} ){0,2}"
_WHO = (
    r"(?:vrouw|vrouwen|man|mannen|moeder|vader|persoon|mens|jurist|juriste|ambtenaar|"
    r"medewerker|medewerkster|collega|"
    r"burgemeester|wethouder|minister|staatssecretaris|directeur|griffier|raadslid|"
    r"kamerlid|statenlid|gedeputeerde|agent|"
    r"politieagent|brandweerman|brandweervrouw|rechter|officier|leidinggevende|manager|"
    r"teamleider|hoofd|adviseur|"
    r"stagiair|stagiaire|trainee|inspecteur|handhaver|boa|dokter|arts|huisarts|leraar|"
    r"lerares|docent|moslim|moslima|"
    r"christen|jood|turk|marokkaan|surinamer|antilliaan|pool|nederlander|friezin|fries|"
    r"rolstoelgebruiker|"
    r"gemeente|provincie|afdeling|team|school|basisschool|bedrijf|bakker|slager|boer|"
    r"ondernemer|winkel|kerk|moskee|"
    r"ziekenhuis|waterschap|ministerie|departement|dorp|stad|wijk|eiland|fractie|partij|"
    r"instelling|instantie|organisatie|"
    r"vertrouwenspersoon|klokkenluider|melder|deelnemer|kandidaat|sollicitant|sluiswachter|"
    r"transvrouw|transman|homo|lesbienne|vluchteling|statushouder|weduwe|weduwnaar|"
    r"tweeling|alleenstaande|"
    r"\w{3,20}(?:medewerker|medewerkster|adviseur|ambtenaar|manager|leider|leidster|"
    r"coordinator|consulent|inspecteur|"
    r"directeur|secretaris|voorzitter|hoofd|jurist|meester|verlener|beheerder|houder|"
    r"deskundige|specialist|kundige|loog|loge|ist|iste|trice|ante|eur|euse|werker|kundige|loog|loge|ist|iste|ster|trice|ante|eur|euse|werker|"
    r"bedrijf|school|fabriek|winkel|bank|zaak|gemeente))"
)
_DISASTER = (
    r"(?:brand|explosie|ontploffing|ramp|overstroming|dijkdoorbraak|aanslag|steekpartij|"
    r"schietpartij|gijzeling|moord|"
    r"doodslag|ontruiming|rellen|bestorming|vechtpartij|ongeluk|ongeval|treinramp|"
    r"vliegramp|aanrijding|instorting|"
    r"zelfmoord|zelfdoding|suicide|verdrinking|gifwolk|olieramp|stroomstoring|"
    r"cyberaanval|hack|ransomware-aanval|"
    r"datalek|fraude|fraudezaak|corruptiezaak|omkoopzaak|affaire|schandaal|faillissement|"
    r"uitbraak|ontslagronde|staking|"
    r"bezetting|demonstratie|protest|blokkade|ontvoering|inval|arrestatie|vermissing|"
    r"afschot|kraak|ontmanteling|\w{3,15}(?:brand|ramp|ongeluk|moord|affaire|schandaal|lek))"
)


_BEST = (
    "beste|slechtste|hoogste|laagste|laatste|eerste|grootste|kleinste|ergste|zwaarste|duurste|"
    "langste|snelste|traagste|meeste|minste"
)
_LIST_WORDS = word_set("""
    lijst lijstje ranglijst wachtlijst ranking benchmark index onderzoek vergelijking meting
    monitor
""")
_RANK_WORDS = word_set(_RANK.replace("|", " "))
_DISASTER_WORDS = word_set(_DISASTER[3:-1].replace("|", " "))
_DISASTER_ENDINGS = ("brand", "ramp", "ongeluk", "moord", "affaire", "schandaal", "lek")
_NEWS_WORDS = word_set("""
    nieuws krant kranten voorpagina voorpagina's media journaal televisie tv pers talkshow
    talkshows achtuurjournaal nos
""")
_INQUIRY_WORDS = word_set("""
    kamervragen raadsvragen kamerdebat spoeddebat raadsenquete enquete raadsonderzoek motie
    onderzoek
""")
_PRIZE_WORDS = word_set("""
    lintje ridderorde prijs award jaar overheidsorganisatie onderscheiding medaille
""")


class UniqueEventDetector(PhraseDetector):
    """Phrases only: the words themselves are common, together they single out."""

    kind = "unique_event"
    rank = 40
    phrases = (
        Phrase(
            _RANK_WORDS,
            re.compile(
                rf"\b(?:als )?(?:{_RANK}) (?:\w{{3,20}} ){{0,2}}{_WHO} "
                r"(?:ooit|in (?:heel |de )?\w{3,25}|van (?:de |het |ons |onze )?\w{3,25})"
            ),
        ),
        Phrase(
            _RANK_WORDS,
            re.compile(
                r"\b(?:de|als) (?:enige|eerste|laatste) (?:met|zonder|uit) (?:een |de |het )?"
                r"[\w'-]{3,25}"
            ),
        ),
        Phrase(
            word_set("enige eerste"),
            re.compile(rf"\bals (?:enige|eerste|allereerste|laatste) {_TRAIT}{_WHO}\b"),
        ),
        Phrase(
            _LIST_WORDS,
            re.compile(
                r"\b(?:(?:op )?(?:de )?(?:\w{4,9} )?(?:plaats|plek|nummer)(?: \d{1,3})?|onderaan|"
                rf"bovenaan|(?:als |de |het )?(?:{_BEST}))(?: \w{{2,15}}){{0,3}} (?:op|in|van|uit) "
                r"(?:de|het|een|die|deze)(?: \w{3,20}){0,1} (?:rang|wacht|zwarte |)?"
                r"(?:lijst|lijstje|ranking|benchmark|index|onderzoek|vergelijking|meting|monitor)\b"
            ),
        ),
        Phrase(
            _LIST_WORDS,
            re.compile(
                r"\b(?:onderaan|bovenaan|hoog|laag|laatste|eerste)(?: op| in)? (?:de|het|een) "
                r"(?:\w{3,20} )?(?:ranglijst|lijst|lijstje|ranking|benchmark|index|monitor)\b"
            ),
        ),
        Phrase(
            word_set(_BEST.replace("|", " ")),
            re.compile(
                rf"\b(?:de |het |ons )?(?:{_BEST})(?: \w{{3,25}}){{1,2}} "
                r"(?:van (?:nederland|het land|"
                r"het rijk|alle [\w'-]{3,20}|de provincie|de regio|het ministerie|de organisatie)|"
                r"in (?:nederland|de geschiedenis|het land|de provincie|de regio)|ooit)\b"
            ),
        ),
        Phrase(
            word_set("scorende presterende"),
            re.compile(
                r"\b(?:de |het )?(?:best|slechtst|hoogst|laagst) (?:scorende|presterende) \w{3,25}"
            ),
        ),
        Phrase(
            _RANK_WORDS,
            re.compile(
                rf"\b(?:de|het|als|was ik de|ik was de|onze|mijn|hun|haar|zijn) (?:{_RANK}) "
                rf"{_TRAIT}{_WHO}\b"
                r"(?: (?:in|van|bij|binnen|op|uit|met|die|dat|daar|ter|aan|zonder)(?: (?:de|"
                r"het|dat|die|onze|ons|een|heel|hele))?(?: [\w'-]{2,25}){1,3})?"
            ),
        ),
        Phrase(
            _RANK_WORDS,
            re.compile(
                r"\b(?:ik|hij|zij|ze|we|wij|zij) (?:was|ben|is|waren|zijn|werd)(?: \w{2,12})?"
                r" (?:de|het) (?:enige|eerste|allereerste|laatste|jongste|oudste)(?: [\w'-]"
                r"{3,20})? (?:in|van|bij|binnen|op|uit|met|ooit|ter wereld)(?: [\w'-]{2,25})"
                r"{1,4}"
            ),
        ),
        Phrase(
            _RANK_WORDS,
            re.compile(
                r"\bals (?:enige|eerste|allereerste)(?: \w{3,25}){0,2} (?:in|van|binnen|bij|"
                r"op|ter)(?: (?:de|het|heel|hele|ons|onze))?(?: [\w'-]{2,25}){1,2}"
            ),
        ),
        Phrase(
            _DISASTER_WORDS,
            re.compile(
                rf"\b(?:de|het|een|die|dat)(?: (?:grote|fatale|dodelijke|beruchte|bekende|"
                rf"ernstige|zware|heftige|landelijk bekende)){{1,2}} {_DISASTER}\b(?: (?:in|"
                rf"bij|van|op|aan)(?: (?:de|het|een))?(?: [\w'-]{{2,25}}){{1,3}})?"
            ),
            endings=_DISASTER_ENDINGS,
        ),
        Phrase(
            _DISASTER_WORDS,
            re.compile(
                rf"\b(?:de|het|die|dat) {_DISASTER} (?:in|bij|van|op|aan|tegen|onder|rond)(?"
                rf": (?:de|het|een|ons|onze))?(?: [\w'-]{{2,25}}){{1,3}}"
            ),
            endings=_DISASTER_ENDINGS,
        ),
        Phrase(
            _NEWS_WORDS,
            re.compile(
                r"\b(?:haalde|haalden|stond|stonden|kwam|kwamen|is|was|waren|halen|haalt|"
                r"verscheen)(?: [\w'-]{2,20}){0,5} (?:in|op|het)(?: (?:het|de|alle|heel|een))"
                r"?(?: (?:landelijke|landelijk|lokale|regionale|plaatselijke|nationale))? (?"
                r":nieuws|krant|kranten|voorpagina|media|journaal|televisie|tv|pers|"
                r"voorpagina's|talkshow|achtuurjournaal|nos)\b"
            ),
        ),
        Phrase(
            _NEWS_WORDS,
            re.compile(
                r"\b(?:het|de)(?: (?:landelijke|lokale|regionale|plaatselijke))? (?:nieuws|"
                r"krant|kranten|voorpagina|journaal|talkshows)(?: (?:haalde|haalden|gehaald|"
                r"halen))\b"
            ),
        ),
        Phrase(
            _INQUIRY_WORDS,
            re.compile(
                r"\b(?:kamervragen|raadsvragen|kamerdebat|spoeddebat|raadsenquete|"
                r"parlementaire enquete|raadsonderzoek|motie van wantrouwen|parlementair "
                r"onderzoek)(?: (?:over|naar|tegen|rond|gesteld|kwamen|volgden|leidde|van|"
                r"door))(?: [\w'-]{2,25}){1,4}"
            ),
        ),
        Phrase(
            word_set("uniek enige eerste"),
            re.compile(
                r"\b(?:uniek|enige|eerste) (?:in|van) (?:nederland|europa|de wereld|het land|"
                r"zijn soort|haar soort|de provincie|de regio)\b"
            ),
        ),
        Phrase(
            word_set("eerst eerder"),
            re.compile(
                r"\b(?:voor het eerst|nooit eerder|nog nooit eerder) in (?:nederland|de "
                r"geschiedenis|de regio|de provincie|onze gemeente|het bestaan)\b"
            ),
        ),
        Phrase(
            _PRIZE_WORDS,
            re.compile(
                r"\b(?:won|wonnen|kreeg|kregen|ontving|ontvingen|uitgeroepen tot|winnaar van|"
                r"verkozen tot|bekroond met)(?: [\w'-]{1,20}){0,4} (?:lintje|ridderorde|"
                r"prijs|award|ambtenaar van het jaar|gemeente van het jaar|overheidsmanager "
                r"van het jaar|beste overheidsorganisatie|koninklijke onderscheiding|"
                r"medaille)\b"
            ),
        ),
        Phrase(
            word_set("jaar"),
            re.compile(
                r"\b(?:jonge )?(?:ambtenaar|overheidsmanager|gemeente|wijkagent|inspecteur|"
                r"trainee|bestuurder|wethouder) van het jaar(?: (?:19|20)\d\d)?\b"
            ),
        ),
        Phrase(
            word_set("twee drie vier tweeen een slechts"),
            re.compile(
                r"\b(?:een van de (?:twee|drie|vier)|met z'n tweeen|met zijn tweeen|slechts "
                r"(?:een|twee|drie)) (?:\w{3,20} )?(?:vrouwen|mannen|juristen|ambtenaren|"
                r"medewerkers|collega's|gemeenten|teamleiders|adviseurs)(?: (?:in|van|bij|"
                r"binnen|op|met|die)(?: [\w'-]{2,25}){1,4})?"
            ),
        ),
    )
