"""Streets with or without a number, post office boxes and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..finding import Span
from ..gazetteer import is_place
from ..kinds import Severity
from ..lexicon import lexicon
from ..tokens import Ask, Document, Token
from ..vocabulary import FUNCTION_WORDS, LETTERED
from ..word import Word
from ..wordset import word_set
from .base import NARROW, PatternDetector, figure_matches

_SUFFIX = (
    "straat|str|laan|weg|plein|kade|gracht|hof|dreef|singel|pad|steeg|dijk|park|markt|plantsoen|"
    "wal|haven|baan|boulevard|brink|erf|kamp|veld|hoek|burcht|allee|dam|werf|gaarde|hage|akker|es|"
    "kreek|oord|rede|ring|rode|ven|waard|weide|zoom|berg|horst|heide|bos|donk|enk|esch|geer|meent|"
    "poort|vaart|wetering|wijk|straatje|laantje|weggetje|passage|terras|tuin|promenade|"
    "rak|strjitte|dyk|leane|wei|buurt|loane|buorren|lane"
)
_NUMBER = (
    r" ?,? ?(?:nr\.? |nummer |no\.? )?\d{1,5}(?: ?-? ?(?:[a-z]\b|bis\b|hs\b|rood\b|zwart\b|"
    r"i{1,3}\b|\d{1,4}\b|(?:toevoeging|app|kamer|unit|huis|verdieping)\b ?\w{0,4}))?(?![\w%]|"
    r"[.,]\d| ?(?:euro|uur|jaar|procent|maanden|weken|dagen|keer|mensen|personen|km|"
    r"kilometer|meter))"
)
_ENDS_STREET = re.compile(rf"(?:{_SUFFIX})$")
_CLEAR_STREET = re.compile(
    r"(?:straat|laan|weg|plein|kade|gracht|dreef|singel|steeg|dijk|plantsoen|strjitte|"
    r"hof|baan|pad|markt|boulevard|leane)$"
)
# Streets whose last word says nothing: "Lange Voorhout 12", "De Dam 3", "Nieuwe Steen 12".
_NAMED = word_set("""
    voorhout coolsingel dam spui neude vrijthof brink markt steen rokin damrak buitenhof
    binnenhof vijverberg turfmarkt plantsoen meent blaak weena rond tournooiveld plein singel
    dijk kade haven werf erf hof es enk
""")
_HEADS = word_set("""
    laan weg plein kade pad hof straat steeg dijk dreef allee rue avenue boulevard
""")
_BEFORE_STREET = word_set("""
    oude nieuwe lange korte grote kleine hoge lage eerste tweede derde sint st prins prinses
    koning koningin burgemeester burg dokter dr pastoor professor prof generaal admiraal graaf
    noorder zuider groot klein
""")
_SMALL_STREET = re.compile(r"(?:straat|laan|steeg|gracht|plein|singel|dreef|kade|hof|strjitte)$")
# Words with a number behind them that say nothing of a street.
_COUNTED = word_set("""
    nummer versie fase jaar week punt hoofdstuk paragraaf pagina bladzijde regel stap kamer lokaal
    verdieping etage toestel schaal klas niveau ronde spoor lijn route postbus perron thema vraag
    stelling hoogte leeftijd aantal circa ongeveer minstens maximaal januari februari maart april
    juni juli augustus september oktober november december
""")
_ADDRESS = word_set("adres bezoekadres postadres thuisadres woonadres")
_STREET_LINKS = word_set("van der de den het 't ten ter")
# Squares that stand for politics: only with a number they are an address.
_KNOWN = word_set("binnenhof buitenhof malieveld")
_ASKS_ADDRESS = word_set("""
    adres woont woonde wonen woonden gevestigd bezoekadres postadres thuisadres verhuisd
""")
_PLACE_AFTER = re.compile(r"(?:, ?| te | in )([a-z'-]{3,30})")
_POSTCODE_AFTER = re.compile(r",? {0,2}\n? ?[1-9]\d{3} ?[a-z]{2}\b")
# Words that end like a street and are none.
_NO_STREET = word_set("""
    snelweg omweg rechtspraak halverwege onderweg overweg uitweg vluchtweg gerechtshof rechthoek
    doolhof voorhof tijdpad groeipad ontwikkelpad carrierepad leerpad kampeerterrein arbeidsmarkt
    woningmarkt huizenmarkt energiemarkt markt vrijmarkt jaarmarkt werkveld vakgebied vakveld
    invoerveld tekstveld speelveld krachtenveld spanningsveld aandachtsveld beleidsveld
    beroepenveld voetbalveld sportveld slagveld invalshoek ooghoek uithoek hoofdweg rijksweg
    proces succes les mes adres keuring ervaring vergadering wijk woonwijk achterstandswijk
    volkswijk deelgemeente kring ring ambtskring herkansing landing terras vandaan bestaan voldaan
    baan eigenbaan loopbaan startbaan rijbaan deelbaan banenmarkt weg straat plein dijk park
    gracht singel kade haven zoom horst berg veld bos dam hof kamp oord hoek erf akker tuin weide
    ven heide poort vaart werf rede waard lane bedrijventerrein vakantiepark bedrijvenpark
    wagenpark machinepark bungalowpark pretpark dierenpark zonnepark windpark sciencepark
    hypotheek apotheek bibliotheek luchthaven zeehaven jachthaven thuishaven belangrijk landsberg
    ijsberg schuldenberg werkvoorraadberg volkstuin schooltuin achtertuin voortuin moestuin
    geboorte gemiddelde binnenstad bewijs trede aanrede inrede vrede onvrede woede bede
    afspraakberg achterbuurt buurt woonbuurt probleemwijk krachtwijk vogelaarwijk aandachtswijk
    nieuwbouwwijk balans kwartaal
""")


def _may_be_street(word: Word) -> bool:
    """In small letters only a word that ends as streets do."""
    return word.cap or word.low in _NAMED or _CLEAR_STREET.search(word.low) is not None


class AddressDetector:
    """A street with a house number; without one only where it is written as a name."""

    asks: Mapping[str, Ask] = {
        "street": _may_be_street,
        "lives": lambda word: word.low in _ASKS_ADDRESS,
    }
    _box = re.compile(r"\b(?:postbus|antwoordnummer|postvak)(?: nr\.?| nummer)? ?\d{1,6}\b")
    _number = re.compile(_NUMBER)

    def spans(self, document: Document) -> Iterator[Span]:
        for match in figure_matches(document, self._box, NARROW):
            yield Span(match.start(), match.end(), "address", 83)
        for index in self._candidates(document):
            token = document.tokens[index]
            number = self._number_after(document, token)
            if number and self._is_street(document, index, number.end()):
                start = document.tokens[self._begin(document.tokens, index)].start
                yield Span(start, number.end(), "address", 84)
            elif self._is_bare(token) or (
                document.caseless and self._is_small_bare(document, index)
            ):
                start = document.tokens[self._begin(document.tokens, index)].start
                yield Span(start, token.end, "address", 71, Severity.SHOULD)

    @staticmethod
    def _candidates(document: Document) -> list[int]:
        """Words that may be a street; any word after "woont op" and, without capitals, anywhere."""
        if document.caseless:
            return list(range(len(document.tokens)))
        asked = (
            place
            for index in document.places["lives"]
            for place in range(index + 1, min(index + 5, len(document.tokens)))
        )
        return sorted({*document.places["street"], *asked})

    def _number_after(self, document: Document, token: Token) -> re.Match[str] | None:
        start = token.end + self._dotted(document, token)
        ahead = document.folded[start : start + 2]
        if not token.cap and ahead[:1].isdigit():
            return None
        ahead = ahead.lstrip()
        if ahead[:1].isdigit() or ahead[:1] in (",", "n"):
            return self._number.match(document.folded, start)
        return None

    @staticmethod
    def _dotted(document: Document, token: Token) -> int:
        """ "Kerkstr. 12": the full stop belongs to the word."""
        return int(token.low.endswith("str") and document.text[token.end : token.end + 1] == ".")

    def _is_street(self, document: Document, index: int, end: int) -> bool:
        token = document.tokens[index]
        if token.low in _NAMED and (token.cap or self._is_called(document.tokens, index)):
            return True
        if self._after_street_word(document.tokens, index):
            return True
        if len(token.low) < 4 or (token.low in _NO_STREET and not (token.cap and not token.opens)):
            return False
        if _CLEAR_STREET.search(token.low):
            return True
        if not token.cap and not self._may_be_small(document, index):
            return False
        if self._on_named(document.tokens, index):
            return True
        if _ENDS_STREET.search(token.low) and not lexicon().is_word(token.low):
            return True
        if self._place_follows(document.folded, end) or self._headed(document.tokens, index):
            return True
        return self._asked(document.tokens, index)

    @staticmethod
    def _on_named(tokens: list[Token], index: int) -> bool:
        """ "aan 't Zand 22", "op De Kamp 3"."""
        token = tokens[index]
        if len(token.low) < 3 or token.low in LETTERED | _COUNTED or index < 2:
            return False
        article, place = tokens[index - 1], tokens[index - 2]
        if not token.cap and article.low != "'t":
            return False
        joined = token.joined and article.joined
        return joined and article.low in ("de", "het", "'t") and place.low in ("aan", "op")

    def _is_called(self, tokens: list[Token], index: int) -> bool:
        return self._after_article(tokens, index) or self._asked(tokens, index)

    def _may_be_small(self, document: Document, index: int) -> bool:
        """ "woont op de hoefslag 23", "it string 14 te drachten", but no "groep 8 in zwolle"."""
        low = document.tokens[index].low
        if low in FUNCTION_WORDS or low in LETTERED or low in _COUNTED or len(low) < 4:
            return False
        return document.caseless or self._asked(document.tokens, index)

    @staticmethod
    def _is_small_bare(document: Document, index: int) -> bool:
        """ "een huis in de achterstraat": without capitals only a street that is no usual word."""
        token = document.tokens[index]
        if len(token.low) < 7 or token.low in _NO_STREET or token.word.listed or token.word.place:
            return False
        before = document.tokens[index - 1].low if index and token.joined else ""
        after = before in _BEFORE_STREET or before in ("de", "het", "aan", "in", "op", "van")
        return after and bool(_SMALL_STREET.search(token.low))

    @staticmethod
    def _after_street_word(tokens: list[Token], index: int) -> bool:
        """ "oude rijksweg 88", "lange voorhout 34"."""
        if not index or not tokens[index].joined or tokens[index - 1].low not in _BEFORE_STREET:
            return False
        low = tokens[index].low
        return low in _NAMED or _CLEAR_STREET.search(low) is not None

    @staticmethod
    def _after_article(tokens: list[Token], index: int) -> bool:
        """ "aan het plantsoen 9": in small letters only after these words."""
        before = tokens[index - 1] if index and tokens[index].joined else None
        return before is not None and before.low in ("de", "het", "aan", "op")

    @staticmethod
    def _place_follows(folded: str, end: int) -> bool:
        """ "Achterom 14, Delft": a postcode or a place after the number."""
        if _POSTCODE_AFTER.match(folded, end):
            return True
        place = _PLACE_AFTER.match(folded, end)
        return place is not None and is_place(place.group(1))

    @staticmethod
    def _headed(tokens: list[Token], index: int) -> bool:
        """ "Laan van Meerdervoort 12": the head stands up to four words back."""
        for back in range(index - 1, max(-1, index - 5), -1):
            if not tokens[back + 1].joined:
                return False
            if tokens[back].low in _HEADS:
                return tokens[back].cap or tokens[back + 1].low in ("van", "der")
        return False

    @staticmethod
    def _asked(tokens: list[Token], index: int) -> bool:
        """ "woont op de Vossenkuil 12"."""
        return any(token.low in _ASKS_ADDRESS for token in tokens[max(0, index - 4) : index])

    @staticmethod
    def _is_bare(token: Token) -> bool:
        if not token.cap or token.upper or len(token.low) < 7 or token.low in _NO_STREET | _KNOWN:
            return False
        if not _CLEAR_STREET.search(token.low) or is_place(token.low):
            return False
        return not (token.opens and lexicon().is_word(token.low))

    @classmethod
    def _begin(cls, tokens: list[Token], index: int) -> int:
        """Take in "Burgemeester van", "Lange" or "Pieter de" before the street."""
        start = index
        for back in range(max(0, index - 3), index):
            if tokens[back].low in _ADDRESS and all(
                one.joined for one in tokens[back + 1 : index + 1]
            ):
                return back + 1
        if not tokens[index].cap and index and tokens[index - 1].low in ("de", "het", "it"):
            start = index - (tokens[index].low in _NAMED or tokens[index - 1].low == "it")
        for back in range(index - 1, max(-1, index - 6), -1):
            token, following = tokens[back], tokens[back + 1]
            if not (following.joined or following.dotted):
                break
            if cls._belongs(tokens, back):
                start = back
            elif token.low not in _STREET_LINKS:
                break
        return start

    @staticmethod
    def _belongs(tokens: list[Token], index: int) -> bool:
        """A word of the street's name; a small "van" only straight after "de"."""
        token = tokens[index]
        if token.cap:
            return not token.opens or token.low in _BEFORE_STREET or token.low in _HEADS
        if token.low == "van" and not tokens[index + 1].cap:
            return bool(index) and token.joined and tokens[index - 1].low == "de"
        name = token.word.first and not token.word.everyday
        return name or token.low == "'t" or token.low in _BEFORE_STREET


_TOWN = re.compile(r",? {1,3}([a-z'-]{3,30})")
_ARTICLE = re.compile(r"\bart(?:ikel(?:en)?)?\.? ?$")


def _is_town(document: Document, town: re.Match[str]) -> bool:
    """After a postcode a capital is a place, known or not."""
    capital = document.text[town.start(1)].isupper()
    plain = document.caseless and town.group()[:1] != ","
    return is_place(town.group(1)) or capital or plain


class PostcodeDetector(PatternDetector):
    """Four digits and two letters; small letters only where they do not read as a word."""

    kind = "postcode"
    rank = 85
    patterns = (
        re.compile(r"(?<![\w.,/-])[1-9]\d{3} {0,2}-?[a-z]{2}(?![\w'])"),
        re.compile(r"\bpostcode(?:gebied|s)?(?: is| was)?[ :]{1,3}(?P<found>[1-9]\d{3})(?!\d)"),
        re.compile(
            r"(?<![\w.,/-])(?P<found>[1-9]\d{3})(?= (?:amsterdam|rotterdam|den haag|utrecht)\b)"
        ),
    )
    _words = word_set("""
        is en in de te op om of al er ik je ze we me na nu zo ga ja an as at au ah da do eu ex gb go
        ha he hm ho hu ie km kg mb cm mm ml pk ip it ma no oh ok pa ph qq re si so st ti tv uw va vs
        wc za zn ca dm m2 uu bv nv cv
    """)
    _law = re.compile(r"\b(?:art(?:ikel)?|lid|nr|jaar|sinds|in|per|eind|begin|van|tot|na)\.? ?$")

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        for span in super().accept(document, match):
            text = document.text[span.start : span.end]
            if text.isdigit() or self._is_postcode(document, span, text):
                yield span
                yield from self._town(document, span.end)

    @staticmethod
    def _town(document: Document, end: int) -> Iterator[Span]:
        """The place after a postcode, also one that is an everyday word: "6573 CK Beek"."""
        town = _TOWN.match(document.folded, end)
        if town and town.group(1) not in FUNCTION_WORDS and _is_town(document, town):
            yield Span(town.start(1), town.end(1), "municipality", 68)

    def _is_postcode(self, document: Document, span: Span, text: str) -> bool:
        letters = text[-2:]
        before = document.folded[max(0, span.start - 12) : span.start]
        if before.rstrip(" :").endswith("postcode"):
            return True
        if letters.lower() in ("sa", "sd", "ss") or _ARTICLE.search(before):
            return False
        if letters.isupper() and text[:2] not in ("19", "20"):
            return True
        year = text[:2] in ("19", "20")
        if letters.isupper():
            return not self._law.search(before) and letters not in ("BW", "WW", "EU", "BV")
        return letters.lower() not in self._words and not (year and " " in text)
