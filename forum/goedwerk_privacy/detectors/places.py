"""Municipalities, provinces and other places in the Netherlands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..finding import Span
from ..gazetteer import is_place, place_openings, place_rows
from ..lexicon import lexicon
from ..tokens import Ask, Document, Token
from ..vocabulary import DETERMINERS
from ..word import Word
from ..wordset import word_set

# Places whose name is an everyday word or a surname: only after a word that asks for a place.
_EVERYDAY = word_set("""
    best bergen beek sluis hulst hoorn houten huizen goes ede laren buren duiven leiden loon weert
    assen emmen wierden borne kampen delft zeist stein putten epe oss elst asten urk voorst dongen
    dalen waterland westland altena kapelle brummen heerde tiel bladel boekel ommen druten deurne
    heusden rijssen holten mook reek erp zeeland limburg rheden vaals veere zandvoort cuijk grave
    lent echt mill halle made dam velden baak zelhem vorden lage haren leek marum bedum norg peize
    roden zuidlaren gouda edam rozendaal leudal wouw bakel beesd buurse heel horn meer meijel
    wessem well wanssum
""")
# After "in" or "te" these may be the word itself: "in best veel gevallen", "te goes".
_SMALL_TALK = word_set("""
    leiden bergen hoeven putten druten varen echt
    best goes well meer halle made lent lage mook reek horn beek grave dalen velden buren heel
    duiven loon leek mill
""")
# "woonachtig te drachten"; after other words "te zetten" is a verb.
_LIVES = word_set("geboren woonachtig wonende gevestigd woning huis adres pand gemeente")
_BUILT = re.compile(
    r"(?:dorp|wolde|woude|hoven|kerk|kerke|berg|burg|broek|dam|dijk|drecht|eind|eiland|haven|heide|"
    r"horst|huizen|loo|meer|mond|oord|rade|sluis|stad|um|veen|veld|velde|wijk|zijl|zand|zwaag|"
    r"werd|kapelle|beek|polder|hem|hout|laar|donk|voort|ingen|gum|sum|stede|bosch|vliet|waard)$"
)
_STRONG_ASKS = word_set("""
    in te uit nabij gemeente stad dorp provincie regio omgeving richting kern plaats
""")


def _opens_place(word: Word) -> bool:
    return word.place or word.low in place_openings()


def is_like_place(word: Word) -> bool:
    """A capital on a word that is in no list and built like the name of a village."""
    if not word.cap or word.upper or len(word.low) < 6 or word.listed or word.place:
        return False
    return not (word.first or word.last or word.other) and bool(_BUILT.search(word.low))


class PlaceDetector:
    """Place names of one or more words; everyday words only with a capital and a hint."""

    asks: Mapping[str, Ask] = {"place": _opens_place, "like place": is_like_place}

    def spans(self, document: Document) -> Iterator[Span]:
        tokens = document.tokens
        for index in document.places["place"]:
            token = tokens[index]
            words = _words_at(tokens, index)
            if words and _fits(tokens, index, words, document.caseless):
                end = tokens[index + len(words) - 1].end
                yield Span(token.start, end, "municipality", 67 + (len(words) > 1))
        for index in document.places["like place"]:
            token = tokens[index]
            if token.joined and tokens[index - 1].low in _STRONG_ASKS:
                yield Span(token.start, token.end, "municipality", 64)


def _words_at(tokens: list[Token], index: int) -> tuple[str, ...]:
    """The longest place name that starts here, or nothing."""
    low = tokens[index].low
    if index + 1 < len(tokens) and tokens[index + 1].joined:
        for words in place_rows().get((low, tokens[index + 1].low), ()):
            part = tokens[index : index + len(words)]
            if tuple(one.low for one in part) == words and all(one.joined for one in part[1:]):
                return words
    return (low,) if is_place(low) else ()


def _fits(tokens: list[Token], index: int, words: tuple[str, ...], caseless: bool) -> bool:
    token = tokens[index]
    before = tokens[index - 1].low if index and token.joined else ""
    if len(words) > 1:
        return token.cap or before in _STRONG_ASKS or words[0] not in _OPENING_WORDS
    if not _is_everyday(token.low):
        return True
    if caseless and token.low not in _SMALL_TALK and _asks_small(tokens, index):
        return True
    if token.cap and not token.upper and not token.opens:
        return before not in DETERMINERS
    if token.upper and before in _STRONG_ASKS:
        return True
    if before in ("van", "in", "te") and index > 1 and tokens[index - 2].low in _PLACE_NOUNS:
        return True
    return before in _PLACE_NOUNS and len(token.low) > 2


def _asks_small(tokens: list[Token], index: int) -> bool:
    """ "te hoorn", "in gouda": without capitals, where the word itself would have an article."""
    token = tokens[index]
    if not index or not token.joined or tokens[index - 1].low not in ("te", "in"):
        return False
    if tokens[index - 1].low == "in":
        return token.low in _EVERYDAY
    if not token.low.endswith("en") or not tokens[index - 1].joined:
        return True
    return index > 1 and tokens[index - 2].low in _LIVES


def _is_everyday(low: str) -> bool:
    return low in _EVERYDAY or low in lexicon().words


# Places of two words whose small-letter form is an ordinary phrase: "het gooi", "de wijk".
_OPENING_WORDS = word_set("""
    de het den 't groene oost west hart land kop hoek born
""")
_PLACE_NOUNS = word_set("""
    gemeente burgemeester provincie wethouder raadslid griffier gemeentesecretaris stad dorp
""")
