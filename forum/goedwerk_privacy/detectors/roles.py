"""A function at an organisation or place: often one person holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..finding import Span
from ..lexicon import lexicon
from ..tokens import Ask, Document, Token
from ..vocabulary import UNIT_ENDINGS
from ..wordset import word_set
from .places import is_like_place

_FEW = word_set("""
    burgemeester locoburgemeester loco-burgemeester wethouder gemeentesecretaris griffier
    raadsgriffier provinciesecretaris secretaris-generaal sg psg plv dg directeur-generaal
    inspecteur-generaal ig directeur adjunct-directeur onderdirecteur hoofd afdelingshoofd
    sectorhoofd diensthoofd bureauhoofd clusterhoofd teamleider teamleidster teammanager manager
    afdelingsmanager dijkgraaf watergraaf heemraad gedeputeerde commissaris kabinetschef stafchef
    korpschef politiechef teamchef districtschef wijkagent rector conrector bestuursvoorzitter
    voorzitter vicevoorzitter concerncontroller controller hoofdofficier president secretaris
    directiesecretaris bestuursadviseur bestuurssecretaris programmadirecteur programmamanager
    projectleider projectdirecteur projectmanager kwartiermaker fractievoorzitter fractieleider
    raadslid statenlid commissielid kamerlid cio ciso cfo ceo coo cdo chro fg
    integriteitscoordinator vertrouwenspersoon bode stadsarchitect stadsbouwmeester stadsdichter
    stadsarchivaris archivaris strandvonder boswachter havenmeester woordvoerder woordvoerster
    persvoorlichter speechschrijver leerplichtambtenaar ombudsman concerndirecteur
    stadsdeelvoorzitter stadsdeelsecretaris gebiedsmanager wijkmanager brandweercommandant
    commandant locatiemanager regiodirecteur vestigingsmanager clustermanager leidinggevende chef
    baas dorpswethouder penningmeester griffiemedewerker minister staatssecretaris chief
    informateur rijksbouwmeester gezant ambassadeur consul kerkvoogd deken portefeuillehouder
    coordinator liaison lid
""")
_MANY = word_set("""
    medewerker medewerkster ambtenaar adviseur beleidsmedewerker beleidsadviseur jurist juriste
    consulent consulente klantmanager casemanager inspecteur toezichthouder handhaver boa trainee
    stagiair stagiaire onderzoeker secretaresse vergunningverlener planoloog stedenbouwkundige
    ecoloog econoom communicatieadviseur personeelsadviseur hr-adviseur strateeg analist
    accountmanager jobcoach agent rechercheur officier rechter griffiemedewerker docent leraar
    lerares verpleegkundige arts bedrijfsarts psycholoog wijkverpleegkundige bestuurder
    bestuurslid ondernemer directielid teamlid collega ondersteuner planner tekenaar landmeter
    archeoloog historicus inkoper applicatiebeheerder gegevensbeheerder receptionist receptioniste
    conducteur opzichter wegbeheerder muskusrattenbestrijder sluiswachter brugwachter brandweerman
    brandweervrouw bewaarder bewaker marechaussee douanier veiligheidskundige bewoner inwoner
    inwoonster bewoonster ondernemers agrariër agrarier boer bakker huisarts dominee pastoor imam
    winkelier wijkbewoner mantelzorger
""")
_ENDINGS = (
    "medewerker",
    "medewerkster",
    "adviseur",
    "ambtenaar",
    "manager",
    "leider",
    "leidster",
    "coordinator",
    "consulent",
    "inspecteur",
    "directeur",
    "secretaris",
    "functionaris",
    "voorzitter",
    "hoofd",
    "chef",
    "jurist",
    "agent",
    "regisseur",
    "verlener",
    "begeleider",
    "beheerder",
    "wethouder",
    "meester",
    "handhaver",
    "voorlichter",
)
_FEW_ENDINGS = (
    "directeur",
    "secretaris",
    "voorzitter",
    "hoofd",
    "chef",
    "manager",
    "leider",
    "wethouder",
    "regisseur",
)
_PREPOSITIONS = word_set("""
    van bij in te voor uit op binnen namens
""")
_FILL = word_set("""
    de het een gemeente provincie waterschap ministerie stad dorp regio hoogheemraadschap onze
    zijn haar hun die kleine grote rijksdienst ambtelijke ondernemingsraad or mt
    managementteam fractie clientenraad bestuur raad afdeling team directie
""")
_MINISTRIES = word_set("""
    bzk vws szw ocw ezk ez lnv lvvn ienw i&w ienm jenv j&v venj financien bz defensie az kgg vro
    aenm binnenlandse volksgezondheid onderwijs justitie landbouw infrastructuur economische
    buitenlandse algemene sociale belastingdienst uwv svb duo rijkswaterstaat rws rvo nvwa ind coa
    dji cjib cbs kadaster kvk rdw cbr rivm knmi toeslagen douane politie om rechtspraak ilt igj
    vng ipo uvw dnb afm acm ap nza zin scp cpb pbl wrr nctv aivd mivd ministerie ministeries
    departement
""")
# Abbreviations that are no Dutch word in small letters either.
_SHORT_NAMES = word_set("bzk vws szw ocw ezk lnv lvvn ienw jenv kgg vro uwv svb duo rws rvo nvwa")
_GENERAL = word_set("ministerie ministeries departement")
_MOST_BETWEEN = 9
# So many people are this that a ministry beside it singles out nobody.
_ANYBODY = word_set("""
    ambtenaar medewerker medewerkster collega agent bestuurder inwoner inwoonster bewoner
    bewoonster ondernemer ondernemers rechter arts docent leraar lerares boer bakker lid
    ondersteuner stagiair stagiaire trainee minister staatssecretaris
""")
_MODIFIERS = word_set("""
    plaatsvervangend plaatsvervangende waarnemend waarnemende voormalig voormalige algemeen
    algemene plv technisch technische ambtelijk ambtelijke interim adjunct nieuwe vorige huidige
    eerste tweede senior junior
""")
_NO_UNIT = word_set("""
    stichting vereniging instelling vergadering ging hing ving zorg sport werk wonen team gemeente
    provincie overheid bestuur beneden boven kamer
""")
_HOUSES = word_set("""
    veiligheidsregio ggd omgevingsdienst waterschap provincie gemeente hoogheemraadschap
    ministerie departement rechtbank corporatie woningcorporatie school universiteit hogeschool
    ziekenhuis politie brandweer uitvoeringsdienst inspectie
""")
_MOST_OTHERS = 2
_PARTIES = word_set("""
    vvd cda d pvda groenlinks sp pvv cu christenunie sgp denk volt bbb nsc
    dorpsbelang stadsbelang gemeentebelangen burgerbelangen
""")
_STOPS = word_set("""
    die dat en maar omdat want toen zei is was heeft had wil kan moet met om dan als werd wordt
    ging kwam belde vroeg vertelde
""")


class RoleDetector:
    """From the word for the function to the end of the place or organisation."""

    asks: Mapping[str, Ask] = {"role": lambda word: _is_role(word.low)}

    def spans(self, document: Document) -> Iterator[Span]:
        if not document.places["role"]:
            return
        targets = _targets(document)
        named = _named(document)
        tokens = document.tokens
        for index in document.places["role"]:
            token = tokens[index]
            if token.start in named:
                continue
            end = _Reach(tokens, index, targets, named).end()
            if end:
                yield Span(_begin(tokens, index), end, "role_at_place", 77)


def _targets(document: Document) -> dict[int, int]:
    """Where a place or organisation starts, and where it ends."""
    found: dict[int, int] = {}
    for span in document.earlier:
        if span.kind in ("municipality", "organisation"):
            found[span.start] = max(span.end, found.get(span.start, 0))
    return found


def _named(document: Document) -> set[int]:
    """Every place inside a person's name: "Jan de Boer" holds no trade."""
    people = (span for span in document.earlier if span.kind == "person")
    held = {place for span in people for place in range(span.start, span.end)}
    return held.difference(_targets(document))


def _is_role(low: str) -> bool:
    return low in _FEW or low in _MANY or (len(low) > 8 and low.endswith(_ENDINGS))


def _is_few(low: str) -> bool:
    return low in _FEW or (len(low) > 8 and low.endswith(_FEW_ENDINGS))


def _begin(tokens: list[Token], index: int) -> int:
    """Take in "plaatsvervangend", "voormalig" and the like."""
    while index and tokens[index].joined and tokens[index - 1].low in _MODIFIERS:
        index -= 1
    return tokens[index].start


class _Reach:
    """Reads on from the word for a function to the last word that belongs to it."""

    def __init__(
        self, tokens: list[Token], index: int, targets: dict[int, int], named: set[int]
    ) -> None:
        self.tokens, self.index, self.targets, self.named = tokens, index, targets, named
        self.role = tokens[index].low
        self.few = _is_few(self.role)
        self.asked = False
        self.others = 0
        self.unit_end: int | None = None

    def end(self) -> int | None:
        for ahead in range(self.index + 1, min(len(self.tokens), self.index + 1 + _MOST_BETWEEN)):
            token = self.tokens[ahead]
            if self._stops(ahead, token):
                break
            if token.start in self.targets and (self.asked or ahead == self.index + 1):
                return self.targets[token.start]
            if self._names_house(token):
                return token.end
            self._take_in(ahead, token)
            if self.asked and self.others > _MOST_OTHERS:
                break
        return self.unit_end

    def _stops(self, ahead: int, token: Token) -> bool:
        if not (token.joined or self.tokens[ahead - 1].low == "d") or token.start in self.named:
            return True
        return token.low in _STOPS and not (token.low == "en" and ahead > self.index + 1)

    def _names_house(self, token: Token) -> bool:
        """A ministry, or an abbreviation such as "CAK" after a function that few hold."""
        if not self.asked or self.role in _ANYBODY:
            return False
        if _is_ministry(token):
            return True
        return self.few and (_is_short_name(token) or is_like_place(token.word))

    def _take_in(self, ahead: int, token: Token) -> None:
        if (self.asked and self.few and token.low in _PARTIES) or (
            self.asked and self.unit_end and token.low in _HOUSES
        ):
            self.unit_end = token.end
        elif not self.asked and self.few and ahead == self.index + 1 and _unit_like(token):
            self.unit_end = _unit_end(self.tokens, ahead)
        self.asked = self.asked or token.low in _PREPOSITIONS
        self.others += not (token.cap or token.low in _PREPOSITIONS or token.low in _FILL)


def _is_short_name(token: Token) -> bool:
    """ "directeur van het CAK": an abbreviation that is no everyday one."""
    unnamed = not (token.word.word or token.word.first or token.word.last or token.word.other)
    return (token.upper or not token.cap) and 2 < len(token.text) < 7 and unnamed


def _is_ministry(token: Token) -> bool:
    if token.low in _SHORT_NAMES:
        return True
    return token.cap and token.low in _MINISTRIES - _GENERAL


def _unit_like(token: Token) -> bool:
    """ "hoofd Handhaving", "wethouder financien": a capital, or a word for a field of work."""
    if not token.cap:
        return token.low not in _NO_UNIT and token.low.endswith(UNIT_ENDINGS)
    words = lexicon()
    return (
        words.is_word(token.low) and not words.is_last(token.low) and not words.is_first(token.low)
    )


def _unit_end(tokens: list[Token], index: int) -> int:
    end = tokens[index].end
    for ahead in range(index + 1, min(len(tokens), index + 5)):
        token = tokens[ahead]
        if not token.joined or not (token.cap or token.low in ("en", "&")):
            break
        if token.cap:
            end = token.end
    return end
