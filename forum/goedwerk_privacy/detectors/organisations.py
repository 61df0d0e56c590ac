"""Organisations that point at a small group; ministries and general institutions do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..cleaning import fold
from ..finding import Span
from ..kinds import Severity
from ..lexicon import lexicon
from ..lists import lines_of
from ..tokens import Ask, Document, Token, split_words
from ..vocabulary import FUNCTION_WORDS, HUMAN, TITLES, UNIT_ENDINGS
from ..word import Word
from ..wordset import word_set

_HEADS = word_set("""
    instituut centrum platform agentschap autoriteit consortium
    stichting vereniging cooperatie cooperatieve woningcorporatie corporatie woningstichting
    woningbouwvereniging wooncorporatie zorggroep zorginstelling zorgaanbieder zorgcentrum
    zorgboerderij zorgbureau thuiszorg basisschool scholengemeenschap college lyceum gymnasium
    school schoolbestuur kinderopvang kinderdagverblijf ziekenhuis verpleeghuis verzorgingshuis
    woonzorgcentrum buurthuis wijkcentrum dorpshuis buurtcentrum bibliotheek bureau adviesbureau
    onderzoeksbureau ingenieursbureau architectenbureau recherchebureau integriteitsbureau
    organisatieadviesbureau detacheringsbureau advocatenkantoor accountantskantoor notariskantoor
    bedrijf aannemersbedrijf aannemer bouwbedrijf bakkerij slagerij cafe restaurant hotel
    boerderij garagebedrijf supermarkt uitzendbureau welzijnsorganisatie ggz-instelling
    jeugdzorginstelling jeugdhulpaanbieder omgevingsdienst veiligheidsregio ggd rud odr
    werkbedrijf leerwerkbedrijf waterschap hoogheemraadschap wetterskip moskee parochie sportclub
    voetbalclub voetbalvereniging sportvereniging tennisvereniging hockeyclub atletiekvereniging
    muziekvereniging dorpsraad wijkraad bewonersvereniging bewonerscommissie ondernemersvereniging
    belangenvereniging actiegroep fonds rechtbank gerechtshof arrondissementsparket penitentiaire
    gevangenis azc asielzoekerscentrum museum theater schouwburg universiteit hogeschool
    uitgeverij drukkerij makelaardij projectontwikkelaar ontwikkelaar softwarebedrijf leverancier
    zaaksysteemleverancier energiebedrijf afvalbedrijf transportbedrijf bank drogisterij apotheek
    huisartsenpraktijk woongroep hospice jeugdbescherming inspectie dagblad krant weekblad omroep
    regio manege camping vakantiepark kazerne gemeenschappelijke denktank netwerkorganisatie firma
    maatschap vakbond lijst fractie partij
""")
_NO_HEADS = word_set("""
    belastingdienst doelgroep functiegroep beroepsgroep leeftijdsgroep bevolkingsgroep
    inlichtingendienst
""")
_UNITS = word_set("""
    afdeling team directie cluster sector dienst divisie unit directoraat-generaal directoraat dg
    domein bureau programmadirectie projectdirectie stafbureau vakgroep taakgroep wijkteam
    gebiedsteam regiokantoor vestiging locatie eenheid basisteam district kantoor projectgroep
    programmateam projectbureau taskforce werkgroep kenniscentrum expertisecentrum project
""")
_LINKS = word_set("""
    en van de der den voor & 't het ten ter
""")
_SMALL_LINKS = word_set("de het 't van ten ter sv vv rkvv")
_BEFORE_NAME = word_set("""
    van voor door bij aan met tegen namens volgens naar en of in dat toen want omdat als heeft
    hebben huurden huurde vroegen belden
""")
_BARE_PLACES = word_set("school kantoor bedrijf bank regio partij fonds lijst fractie")
_CLEAR_HEADS = (
    "stichting", "vereniging", "corporatie", "groep", "instelling", "aanbieder", "bureau",
    "kantoor", "bakkerij", "slagerij", "cafe", "restaurant", "hotel", "dienst", "regio",
    "basisschool", "gemeenschap", "college", "lyceum", "ziekenhuis", "museum", "theater",
    "waterschap", "huis", "centrum", "bedrijf", "club", "school", "boerderij", "firma",
    "garage", "camping", "ggd", "rud", "ggz", "praktijk", "instituut",
)  # fmt: skip
_UNIT_VERBS = word_set("ging hing ving werk werking sport zorg control communicatie")
_COMPASS = word_set("noord zuid oost west centrum midden nieuw oud binnen buiten")
_FIRST_LINKS = word_set("de het 't der den voor")
_TAIL = re.compile(
    r"(?<![\w-])(?:[A-Z][\w&'.-]{0,30} (?:(?:en|&|de|van|der|den|van de|van der) )?){1,4}"
    r"(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|U\.A\.|Holding|Groep|Advies|Consultancy|"
    r"Consulting|Advocaten|"
    r"Accountants|Notarissen|Makelaars|Makelaardij|Bouw|Transport|Catering|Installaties|"
    r"Techniek|Partners|Zorg|Vastgoed|"
    r"Projecten|Solutions|Schoonmaak|Beveiliging|Uitzendbureau|Recycling|Logistiek|Wonen)(?![\w])"
)
_TAIL_WORDS = word_set("""
    b bv n nv v vof u holding groep advies consultancy consulting advocaten accountants
    notarissen makelaars makelaardij bouw transport catering installaties techniek partners zorg
    vastgoed projecten solutions schoonmaak beveiliging uitzendbureau recycling logistiek wonen
""")
_LEGAL_FORMS = word_set("bv nv vof")
_MOST_FIRM = 4
_TAIL_REACH = 170
_PARTNER = re.compile(r" ?& ?[A-Z]\w{0,30}")
# A limit keeps the reading linear: no name is longer than this.
_MOST_WORDS = 12
# Large institutions that the rule for units would take for a small one.
_GENERAL = frozenset(
    tuple(name.split())
    for name in (
        "dienst toeslagen",
        "dienst uitvoering onderwijs",
        "dienst justitiele inrichtingen",
        "bureau krediet registratie",
        "school of government",
        "bank nederlandse gemeenten",
    )
)


def _is_firm(name: str) -> bool:
    """ "Ruitenbeek Zorg", "De Kok BV", but not "Hoofdstuk Zorg"."""
    *words, tail = (fold(word) for word in split_words(name))
    if len(tail) < 4 or tail in ("holding", "partners"):
        return True
    return any(lexicon().is_last(word) or not lexicon().is_word(word) for word in words)


def _in_firm(document: Document, index: int) -> bool:
    """Whether the word before this place still belongs to the name of the firm."""
    before, token = document.tokens[index - 1], document.tokens[index]
    if document.text[before.end : token.start] not in (" ", " & "):
        return False
    return before.low not in FUNCTION_WORDS or (before.low in ("van", "de") and index > 1)


def _is_head(word: Word) -> bool:
    return word.low in _UNITS or word.low in _HEADS or _compound_head(word.low)


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[str, ...]]]:
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


@lru_cache(maxsize=1)
def _small_table() -> dict[str, list[tuple[str, ...]]]:
    """The same in small letters, without names that are everyday words."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for rows in _table().values():
        for words in rows:
            small = tuple(fold(word) for word in words)
            if len(small) > 1 or not lexicon().is_word(small[0]):
                table.setdefault(small[0], []).append(small)
    return table


class OrganisationDetector:
    """A head word with a name, a name with a legal form, or a listed smaller organisation."""

    asks: Mapping[str, Ask] = {
        "head": _is_head,
        "tail": lambda word: word.cap and word.low in _TAIL_WORDS,
        "firm": lambda word: word.low in _LEGAL_FORMS,
        "listed": lambda word: word.text in _table() or word.low in _small_table(),
    }

    def spans(self, document: Document) -> Iterator[Span]:
        headed = list(self._headed(document))
        yield from headed
        yield from _again(document, headed)
        for start, end in document.near("tail", _TAIL_WORDS, _TAIL_REACH):
            for match in _TAIL.finditer(document.text, start, end):
                if _is_firm(match.group()):
                    yield Span(match.start(), match.end(), "organisation", 73)
        yield from self._listed(document)
        if document.caseless:
            yield from self._small_firms(document)

    def _small_firms(self, document: Document) -> Iterator[Span]:
        """ "naar van drunen bestratingen bv": back from the legal form to a function word."""
        tokens = document.tokens
        for index in document.places["firm"]:
            start = index
            while start and index - start < _MOST_FIRM and _in_firm(document, start):
                start -= 1
            if start < index:
                yield Span(tokens[start].start, tokens[index].end, "organisation", 73)

    def _headed(self, document: Document) -> Iterator[Span]:
        tokens = document.tokens
        for index in document.places["head"]:
            token = tokens[index]
            unit = token.low in _UNITS
            stop = _capitals(tokens, index + 1)
            if document.caseless:
                stop = _small_unit(tokens, index) if unit else index + 1
                stop = _small_name(tokens, index) if stop == index + 1 else stop
            if stop > index + 1:
                if tuple(part.low for part in tokens[index:stop]) in _GENERAL:
                    continue
                severity = Severity.HINT if unit else None
                end = _with_partner(document.text, tokens[stop - 1].end)
                yield Span(token.start, end, "organisation", 76, severity)

    def _listed(self, document: Document) -> Iterator[Span]:
        table = _small_table() if document.caseless else _table()
        tokens = document.tokens
        for index in document.places["listed"]:
            token = tokens[index]
            first = token.low if document.caseless else token.text
            for words in table.get(first, ()):
                part = tokens[index : index + len(words)]
                if tuple(one.low if document.caseless else one.text for one in part) == words:
                    rank = 75 if len(words) > 1 or not token.opens else 63
                    yield Span(token.start, part[-1].end, "organisation", rank)
                    break


def _again(document: Document, headed: list[Span]) -> Iterator[Span]:
    """ "Beroepstrots" after "Stichting Beroepstrots": a name of one word, with its capital."""
    names: set[str] = set()
    for one in headed:
        words = document.text[one.start : one.end].split()
        if len(words) == 2 and len(words[1]) > 4 and one.severity is None:
            names.add(words[1])
    if document.caseless or not names:
        return
    for token in document.tokens:
        if token.text in names and not (token.opens and token.word.listed):
            yield Span(token.start, token.end, "organisation", 68)


def _with_partner(text: str, end: int) -> int:
    """Take in "& Partners"."""
    partner = _PARTNER.match(text, end)
    return partner.end() if partner else end


def _compound_head(low: str) -> bool:
    return (
        len(low) > 9
        and low not in _NO_HEADS
        and low.endswith(
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
                "groep",
                "koepel",
                "dienst",
                "centrum",
                "praktijk",
                "federatie",
            )
        )
    )


def _capitals(tokens: list[Token], index: int) -> int:
    """The place after a row of capitalised words, with small linking words inside."""
    begin = stop = index
    last = min(len(tokens), index + _MOST_WORDS)
    while index < last and tokens[index].joined:
        if _is_name_word(tokens[index]):
            if index > begin and _starts_anew(tokens, index):
                break
            stop = index + 1
        elif not _links(tokens, index, stop == begin):
            break
        index += 1
    return stop


def _small_name(tokens: list[Token], index: int) -> int:
    """In a text without capitals: "stichting de brug", "door bureau meridiaan"."""
    start = index + 1
    stop = start
    while stop < min(len(tokens), start + 2) and _small_links(tokens, stop):
        stop += 1
    if stop >= len(tokens) or not (_may_name(tokens[stop]) or stop > start):
        return start
    unknown = not lexicon().is_word(tokens[stop].low)
    if stop > start or unknown or _stands_bare(tokens, index):
        return _small_end(tokens, stop + 1)
    return start


def _small_links(tokens: list[Token], index: int) -> bool:
    """ "stichting de brug", "adviesbureau van loon", but not "college van burgemeester"."""
    token = tokens[index]
    if not token.joined or token.low not in _SMALL_LINKS:
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return token.low != "van" or (following is not None and following.word.last)


def _small_end(tokens: list[Token], stop: int) -> int:
    """Take in a second word that is no Dutch word: "kromhout zonen", "sv het zand"."""
    if stop < len(tokens) and tokens[stop].joined and not lexicon().is_word(tokens[stop].low):
        return stop + 1
    return stop


def _may_name(token: Token) -> bool:
    low = token.low
    return token.joined and low not in FUNCTION_WORDS and low not in HUMAN and not _like_verb(low)


def _like_verb(low: str) -> bool:
    """ "declareerde", "bestaat", "besluiten": what follows a head that is no name."""
    return lexicon().is_word(low) and low.endswith(("de", "den", "te", "ten", "aat", "eert"))


def _stands_bare(tokens: list[Token], index: int) -> bool:
    """No article or adjective before it, as before a name: "toen belde omgevingsdienst"."""
    if tokens[index].low in _BARE_PLACES or not tokens[index].low.endswith(_CLEAR_HEADS):
        return False
    if not index or not tokens[index].joined:
        return True
    before = tokens[index - 1].low
    return before in _BEFORE_NAME or before in HUMAN or before in TITLES


def _small_unit(tokens: list[Token], index: int) -> int:
    """ "het team jeugd noord", "de directie participatie": a field of work straight after it."""
    start = index + 1
    if start >= len(tokens) or not _may_name(tokens[start]):
        return start
    if not tokens[start].low.endswith(UNIT_ENDINGS) or tokens[start].low in _UNIT_VERBS:
        return start
    following = tokens[start + 1 : start + 3]
    if following and following[0].joined and following[0].low in _COMPASS:
        return start + 2
    if len(following) == 2 and following[0].low == "en" and _may_name(following[1]):
        return start + 3
    return start + 1


def _is_name_word(token: Token) -> bool:
    return token.cap and token.low not in ("ik", "u")


def _starts_anew(tokens: list[Token], index: int) -> bool:
    """ "Stichting De Brug en Wouke Lam", "... en Zorggroep Oost": another name after "en"."""
    token = tokens[index]
    if tokens[index - 1].low not in ("en", "&"):
        return False
    return token.word.first or (_is_head(token.word) and _capitals(tokens, index + 1) > index + 1)


def _links(tokens: list[Token], index: int, at_head: bool) -> bool:
    """A small word inside a name; straight after the head only an article or "voor"."""
    token = tokens[index]
    following = index + 1
    if token.low not in _LINKS or (at_head and token.low not in _FIRST_LINKS):
        return False
    while following < len(tokens) and following - index < 3 and tokens[following].low in _LINKS:
        following += 1
    return following < len(tokens) and tokens[following].joined and tokens[following].cap
