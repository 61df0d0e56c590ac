"""Organisations that point at a small group; ministries and general institutions do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..finding import Span
from ..kinds import Severity
from ..lists import lines_of
from ..tokens import Document, Token

_HEADS = frozenset(
    "stichting vereniging cooperatie cooperatieve woningcorporatie corporatie woningstichting woningbouwvereniging "
    "wooncorporatie zorggroep zorginstelling zorgaanbieder zorgcentrum zorgboerderij zorgbureau thuiszorg "
    "basisschool scholengemeenschap college lyceum gymnasium school schoolbestuur kinderopvang kinderdagverblijf "
    "ziekenhuis verpleeghuis verzorgingshuis woonzorgcentrum buurthuis wijkcentrum dorpshuis buurtcentrum "
    "bibliotheek bureau adviesbureau onderzoeksbureau ingenieursbureau architectenbureau recherchebureau "
    "integriteitsbureau organisatieadviesbureau detacheringsbureau advocatenkantoor accountantskantoor "
    "notariskantoor bedrijf aannemersbedrijf aannemer bouwbedrijf bakkerij slagerij cafe restaurant hotel "
    "boerderij garagebedrijf supermarkt uitzendbureau welzijnsorganisatie ggz-instelling jeugdzorginstelling "
    "jeugdhulpaanbieder omgevingsdienst veiligheidsregio ggd rud odr werkbedrijf leerwerkbedrijf "
    "waterschap hoogheemraadschap wetterskip moskee parochie sportclub voetbalclub voetbalvereniging "
    "sportvereniging tennisvereniging hockeyclub atletiekvereniging muziekvereniging dorpsraad wijkraad "
    "bewonersvereniging bewonerscommissie ondernemersvereniging belangenvereniging actiegroep fonds "
    "rechtbank gerechtshof arrondissementsparket penitentiaire gevangenis azc asielzoekerscentrum museum "
    "theater schouwburg universiteit hogeschool uitgeverij drukkerij makelaar makelaardij projectontwikkelaar "
    "ontwikkelaar softwarebedrijf leverancier zaaksysteemleverancier energiebedrijf afvalbedrijf "
    "transportbedrijf bank drogisterij apotheek huisartsenpraktijk praktijk woongroep hospice "
    "jeugdbescherming inspectie dagblad krant weekblad omroep regio manege camping vakantiepark kazerne "
    "gemeenschappelijke denktank netwerkorganisatie firma maatschap vakbond lijst fractie partij".split()
)
_UNITS = frozenset(
    "afdeling team directie cluster sector dienst divisie unit directoraat-generaal directoraat dg domein "
    "bureau programmadirectie projectdirectie stafbureau vakgroep taakgroep wijkteam gebiedsteam "
    "regiokantoor vestiging locatie eenheid basisteam district kantoor projectgroep programmateam "
    "projectbureau taskforce werkgroep kenniscentrum expertisecentrum programma project".split()
)
_LINKS = frozenset("en van de der den voor & 't het aan op in over ten ter bij".split())
_TAIL = re.compile(
    r"(?<![\w-])(?:[A-Z][\w&'.-]{0,30} (?:(?:en|&|de|van|der|den|van de|van der) )?){1,4}"
    r"(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|U\.A\.|Holding|Groep|Advies|Consultancy|Consulting|Advocaten|"
    r"Accountants|Notarissen|Makelaars|Makelaardij|Bouw|Transport|Catering|Installaties|Techniek|Partners|Zorg|Vastgoed|"
    r"Projecten|Solutions|Schoonmaak|Beveiliging|Uitzendbureau|Recycling|Logistiek|Wonen)(?![\w])"
)
_GENERAL_UNITS = frozenset("a b c ii iii iv i".split())


class OrganisationDetector:
    """A head word with a name, a name with a legal form, or a listed smaller organisation."""

    def spans(self, document: Document) -> Iterator[Span]:
        yield from self._headed(document)
        for match in _TAIL.finditer(document.text):
            yield Span(match.start(), match.end(), "organisation", 73)
        yield from self._listed(document)

    def _headed(self, document: Document) -> Iterator[Span]:
        tokens = document.tokens
        for index, token in enumerate(tokens):
            unit = token.low in _UNITS
            if not (unit or token.low in _HEADS or _compound_head(token.low)):
                continue
            stop = _capitals(tokens, index + 1)
            if stop > index + 1:
                severity = Severity.HINT if unit else None
                yield Span(token.start, tokens[stop - 1].end, "organisation", 74, severity)

    def _listed(self, document: Document) -> Iterator[Span]:
        table = _table()
        tokens = document.tokens
        for index, token in enumerate(tokens):
            for words in table.get(token.text, ()):
                if tuple(part.text for part in tokens[index : index + len(words)]) == words:
                    end = tokens[index + len(words) - 1].end
                    rank = 75 if len(words) > 1 or not token.opens else 63
                    yield Span(token.start, end, "organisation", rank)
                    break


def _compound_head(low: str) -> bool:
    return len(low) > 9 and low.endswith(
        (
            "bureau",
            "bedrijf",
            "instelling",
            "vereniging",
            "corporatie",
            "stichting",
            "school",
            "kantoor",
            "ziekenhuis",
            "fabriek",
            "winkel",
            "organisatie",
        )
    )


def _capitals(tokens: list[Token], index: int) -> int:
    """The place after a row of capitalised words, with small linking words inside."""
    stop = index
    while index < len(tokens) and index - stop < 4:
        token = tokens[index]
        if not token.joined:
            break
        if token.cap or (token.text[0] == "'" and len(token.text) > 2):
            stop = index + 1
        elif (
            token.low not in _LINKS
            or stop == 0
            or index == stop
            and token.low in ("in", "op", "aan", "bij", "van", "voor", "over", "te")
            and not _goes_on(tokens, index)
        ):
            break
        elif not _goes_on(tokens, index):
            break
        index += 1
    return stop


def _goes_on(tokens: list[Token], index: int) -> bool:
    """ "en", "van de" and such stay inside only when a capital follows, and not after "van"."""
    link = tokens[index].low
    if link in ("in", "bij", "op", "aan", "over"):
        return False
    following = index + 1
    while following < len(tokens) and following - index < 3 and tokens[following].low in _LINKS:
        following += 1
    return following < len(tokens) and tokens[following].joined and tokens[following].cap


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[str, ...]]]:
    from ..tokens import split_words

    table: dict[str, list[tuple[str, ...]]] = {}
    for line in (*lines_of("organisations.txt"), *lines_of("waterboards.txt")):
        words = tuple(split_words(line))
        if any(character.isdigit() for character in line):
            continue
        if words and (len(words) > 1 or line not in ("Limburg", "Fryslân", "Rijnland", "Delfland")):
            table.setdefault(words[0], []).append(words)
    for rows in table.values():
        rows.sort(key=len, reverse=True)
    return table
