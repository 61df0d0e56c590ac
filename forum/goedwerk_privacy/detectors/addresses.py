"""Streets with or without a number, post office boxes and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Span
from ..kinds import Severity
from ..tokens import Document
from .base import PatternDetector

_SUFFIX = (
    "straat|str|laan|weg|plein|kade|gracht|hof|dreef|singel|pad|steeg|dijk|park|markt|plantsoen|"
    "wal|haven|baan|boulevard|brink|erf|kamp|veld|hoek|burcht|allee|dam|werf|gaarde|hage|akker|es|"
    "kreek|oord|rede|ring|rode|ven|waard|weide|zoom|berg|horst|heide|bos|donk|enk|esch|geer|meent|"
    "poort|vaart|wetering|wijk|straatje|laantje|weggetje|passage|terras|tuin|promenade|rak|strjitte|dyk|leane|wei|buurt|loane|buorren|lane"
)
_NUMBER = r" ?,? ?(?:nr\.? |nummer |no\.? )?\d{1,5}(?: ?-? ?(?:[a-z]\b|bis\b|hs\b|rood\b|zwart\b|i{1,3}\b|\d{1,4}\b|(?:toevoeging|app|kamer|unit|huis|verdieping)\b ?\w{0,4}))?(?![\w%]|[.,]\d| ?(?:euro|uur|jaar|procent|maanden|weken|dagen|keer|mensen|personen|km|kilometer|meter))"
_PREFIX = (
    r"(?:(?:van|de|den|der|het|'t|ter|ten|oude|nieuwe|lange|korte|grote|kleine|hoge|lage|eerste|tweede|"
    r"derde|1e|2e|3e|sint|st|st\.|prins|prinses|koning|koningin|burgemeester|burg\.|dokter|dr\.|pastoor|"
    r"professor|prof\.|generaal|admiraal|graaf|willem|johan|jan|wilhelmina|noorder|zuider|groot|klein|hendrik|"
    r"maria|martin|nelson|karel|laan|jacob|piet|anna|vincent|[a-z]\.) ){0,4}"
)
_TITLED = r"(?:laan|weg|plein|kade|pad|hof) (?:van|der|de|ter|op) (?:(?:de|het|den|der|nieuw|oude|nieuwe) ){0,2}[a-z][a-z'-]{2,25}"
_NAMED = (
    r"lange voorhout|korte voorhout|het voorhout|coolsingel|dam|de dam|het spui|spui|neude|het plein|vrijthof|brink|grote markt|"
    r"nieuwe steen|rokin|damrak|buitenhof|binnenhof|lange vijverberg|turfmarkt|bezuidenhoutseweg|vismarkt|"
    r"herenstraat|hoofdstraat|de ruijterkade|meent|blaak|weena|het rond|tournooiveld|plein 1813|oudegracht"
)
# Words that end like a street and are none.
_NO_STREET = frozenset(
    "snelweg omweg rechtspraak halverwege onderweg overweg uitweg vluchtweg gerechtshof rechthoek doolhof voorhof "
    "tijdpad groeipad ontwikkelpad carrierepad leerpad kampeerterrein arbeidsmarkt woningmarkt huizenmarkt "
    "energiemarkt markt vrijmarkt jaarmarkt werkveld vakgebied vakveld invoerveld tekstveld speelveld "
    "krachtenveld spanningsveld aandachtsveld beleidsveld beroepenveld voetbalveld sportveld slagveld "
    "invalshoek ooghoek uithoek hoofdweg rijksweg proces succes les mes adres keuring ervaring vergadering "
    "wijk woonwijk achterstandswijk volkswijk deelgemeente kring ring ambtskring herkansing landing "
    "terras vandaan bestaan voldaan baan eigenbaan loopbaan startbaan rijbaan deelbaan banenmarkt "
    "weg straat plein dijk park gracht singel kade haven zoom horst berg veld bos dam hof kamp oord "
    "hoek erf akker tuin weide ven heide poort vaart werf rede waard lane bedrijventerrein vakantiepark "
    "bedrijvenpark wagenpark machinepark bungalowpark pretpark dierenpark zonnepark windpark sciencepark "
    "hypotheek apotheek bibliotheek luchthaven zeehaven jachthaven thuishaven belangrijk landsberg ijsberg "
    "schuldenberg werkvoorraadberg volkstuin schooltuin achtertuin voortuin moestuin geboorte gemiddelde "
    "binnenstad bewijs trede aanrede inrede vrede onvrede woede bede afspraakberg achterbuurt buurt woonbuurt "
    "probleemwijk krachtwijk vogelaarwijk aandachtswijk nieuwbouwwijk balans kwartaal".split()
)
_GROUP_WORDS = frozenset("op in aan de het van naar bij voor met en of een te door over uit is was om als dat die".split())


class AddressDetector:
    """A street with a house number; without one only where it is written as a name."""

    def spans(self, document: Document) -> Iterator[Span]:
        yield from self._numbered(document)
        yield from self._bare(document)

    _street_number = re.compile(
        rf"(?<![\w'-])(?P<street>[a-z][a-z'-]{{1,30}}(?:{_SUFFIX})\b\.?|(?:{_SUFFIX})(?<=straat|.dijk|brink|plein|markt|singel|boulevard)\b|{_TITLED}|{_NAMED}){_NUMBER}"
    )
    _prefix = re.compile(rf"(?:^|(?<=[\s,(:;]))(?P<prefix>{_PREFIX})$")
    _box = re.compile(r"\b(?:postbus|antwoordnummer|postvak)(?: nr\.?| nummer)? ?\d{1,6}\b")

    def _numbered(self, document: Document) -> Iterator[Span]:
        folded = document.folded
        for match in self._box.finditer(folded):
            yield Span(match.start(), match.end(), "address", 83)
        for match in self._street_number.finditer(folded):
            street = match.group("street").rstrip(".")
            if street in _NO_STREET and not document.text[match.start()].isupper():
                continue
            yield Span(self._with_prefix(folded, match.start()), match.end(), "address", 84)

    def _with_prefix(self, folded: str, start: int) -> int:
        """Take in "Burgemeester van" or "Lange" before the street; at most 45 characters."""
        found = self._prefix.search(folded[max(0, start - 45) : start])
        if found is None or not found.group("prefix"):
            return start
        prefix = found.group("prefix")
        words = prefix.split()
        while words and words[0] in ("van", "de", "het", "den", "der") and len(words) == 1:
            words = words[1:]
        return start - len(" ".join(words)) - (1 if words else 0)

    _bare_suffix = re.compile(r"(?:straat|laan|weg|plein|kade|gracht|dreef|singel|steeg|dijk|plantsoen|strjitte|hof|baan|pad|markt|boulevard|leane)$")

    def _bare(self, document: Document) -> Iterator[Span]:
        for token in document.tokens:
            if not token.cap or token.upper or len(token.low) < 7 or token.low in _NO_STREET:
                continue
            if self._bare_suffix.search(token.low) and not self._is_word(token.low, token.opens):
                yield Span(token.start, token.end, "address", 60, Severity.SHOULD)

    @staticmethod
    def _is_word(low: str, opens: bool) -> bool:
        from ..lexicon import lexicon

        return opens and lexicon().is_word(low)


class PostcodeDetector(PatternDetector):
    """Four digits and two letters; small letters only where they do not read as a word."""

    kind = "postcode"
    rank = 85
    patterns = (
        re.compile(r"(?<![\w.,/-])[1-9]\d{3} {0,2}-?[a-z]{2}(?![\w'])"),
        re.compile(r"\bpostcode(?:gebied|s)?(?: is| was)?[ :]{1,3}(?P<found>[1-9]\d{3})(?!\d)"),
        re.compile(r"(?<![\w.,/-])(?P<found>[1-9]\d{3})(?= (?:amsterdam|rotterdam|den haag|utrecht)\b)"),
    )
    _words = frozenset(
        "is en in de te op om of al er ik je ze we me na nu zo ga ja an as at au ah da do eu ex gb go ha he hm ho hu ie km kg mb cm mm ml pk ip it ma mm no of oh ok pa "
        "ph qq re si so st ti tv uw va vs wc za zo zn ca dm m2 hu eu uu bv nv cv of".split()
    )
    _law = re.compile(r"\b(?:art(?:ikel)?|lid|nr|jaar|sinds|in|per|eind|begin|van|tot|na)\.? ?$")

    def accept(self, document: Document, match: re.Match[str]) -> Iterator[Span]:
        for span in super().accept(document, match):
            text = document.text[span.start : span.end]
            if text.isdigit() or self._is_postcode(document, span, text):
                yield span

    def _is_postcode(self, document: Document, span: Span, text: str) -> bool:
        letters = text[-2:]
        if letters.lower() in ("sa", "sd", "ss"):
            return False
        if letters.isupper() and text[:2] not in ("19", "20"):
            return True
        before = document.folded[max(0, span.start - 12) : span.start]
        year = text[:2] in ("19", "20")
        if letters.isupper():
            return not self._law.search(before) and letters not in ("BW", "WW", "EU", "BV")
        return letters.lower() not in self._words and not (year and " " in text)
