"""One written form of a word and all that is known of it, worked out once."""

from __future__ import annotations

import re

from .cleaning import fold
from .gazetteer import is_place
from .lexicon import lexicon

# The way Dutch surnames end that are made of two everyday words.
_NAME_ENDING = re.compile(
    r"(?:beek|berg|bergen|burg|dijk|dam|man|mans|veld|velden|huis|huizen|kamp|hof|horst|"
    r"meijer|meyer|boer|wijk|"
    r"broek|daal|laan|stra|sma|sema|inga|ink|haar|hout|hoven|heuvel|donk|voort|brink|steen|stein|"
    r"schot|bosch|bos|boom|water|zand|poel|loo|stad|ingh|aerts|aert|waard|oord|hoek|eind|"
    r"pol|mulder|smit|"
    r"aoui|oui|ouri|idi|oglu|ovic|evic|ski|ska|cki|wicz|czyk|enko|chuk|singh|dze|shvili|"
    r"inho|sson|quist|ullah|uddin|"
    r"zadeh|nejad|pour|ova|iou|poulos|escu|yan|ijn|eij|uys|uijs|ooij|ouwer|ekker|akker|stede|gaard|gaarde|eboer|emaker|voogd)$"
)
# Unlisted words with these endings are abstract nouns, adjectives and verbs, not names.
_WORD_ENDINGS = (
    "heid",
    "ing",
    "ingen",
    "lijk",
    "lijke",
    "atie",
    "aties",
    "eerd",
    "eerde",
    "eren",
    "eert",
    "ische",
    "isch",
    "baar",
    "bare",
    "loos",
    "teit",
    "isme",
    "tje",
    "tjes",
    "ment",
    "ness",
    "tion",
    "able",
)
_INSTITUTIONS = (
    "wet", "wetten", "dienst", "diensten", "raad", "fonds", "plan", "visie", "akkoord", "agenda",
    "regeling", "besluit", "kamer", "beleid", "programma", "bank", "recht", "code", "commissie",
    "autoriteit", "loket", "punt", "portaal", "systeem", "register", "toets", "toeslag", "lijn",
    "akkoorden", "norm", "monitor", "richtlijn", "overheid", "gemeente", "ministerie", "zaken",
    "staat", "stelsel", "project", "model", "rijk", "verdrag", "handvest", "platform", "netwerk",
    "zorg", "werk", "week", "dag", "jaar", "taal", "kunde", "s", "en",
)  # fmt: skip
_VOWELS = frozenset("aeiouy")
# "Ömer" and "Gül" are not the Dutch words "omer" and "gul".
_FOREIGN = frozenset("öüşçğıåøñãõšžčćłńśźżăâîțșąęý")
_POSSESSIVES = ("'s", "'tje", "'tjes")


class Word:
    """What the lists say of one form; a text holds it once, however often it stands there."""

    __slots__ = (
        "_word",
        "cap",
        "everyday",
        "first",
        "genitive",
        "last",
        "likely",
        "listed",
        "low",
        "other",
        "place",
        "stem",
        "strange",
        "tags",
        "text",
        "upper",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = fold(text)
        self.cap = _is_capital(text)
        self.upper = len(text) > 1 and text.isupper()
        self.stem = _stem(self.low)
        self.place = is_place(self.low)
        self.tags: tuple[str, ...] = ()
        self._word: bool | None = None
        self._look_up()

    def _look_up(self) -> None:
        names, low = lexicon(), self.stem
        self.first = names.is_first(low)
        self.last = names.is_last(low)
        self.everyday = names.is_everyday(low) and _FOREIGN.isdisjoint(self.text.lower())
        self.listed = low in names.words
        if not self.cap and not self.listed and low.endswith("s"):
            self.first = self.first or (low[:-1] in names.first and not self.word)
        self.other = self.low in names.others
        self.genitive = self.cap and low.endswith("s") and low[:-1] in names.first
        self.likely = names.is_maybe(low) or (
            len(low) > 5 and not self.listed and _NAME_ENDING.search(low) is not None
        )
        self.strange = not self.cap and self._is_strange(low)

    def _is_strange(self, low: str) -> bool:
        """Small letters that are neither a word, a place nor likely a misspelt word."""
        if self.listed or self.other or self.place or self.first or not 3 < len(low) < 15:
            return False
        if not low.isalpha() or self.abstract or _VOWELS.isdisjoint(low):
            return False
        return not (self.word or (len(low) > 9 and self._ends_in_short_word(low)))

    @staticmethod
    def _ends_in_short_word(low: str) -> bool:
        """ "organisatietop": a compound that the lexicon does not count as one."""
        words = lexicon().words
        return low[-3:] in words and low[:-3] in words

    @property
    def abstract(self) -> bool:
        return self.stem.endswith(_WORD_ENDINGS)

    @property
    def institution(self) -> bool:
        """ "Omgevingsvisie", "Woningwet": a capital on such a compound names no person."""
        return self.abstract or self.stem.endswith(_INSTITUTIONS)

    @property
    def word(self) -> bool:
        """An everyday word, listed or put together from listed ones."""
        if self._word is None:
            self._word = lexicon().is_word(self.stem)
        return self._word


def _is_capital(word: str) -> bool:
    """ "'t Hart" and "l'Ecluse" carry their capital after the apostrophe."""
    if word[0].isupper():
        return True
    start, apostrophe, rest = word.partition("'")
    return bool(apostrophe) and len(start) < 2 and rest[:1].isupper()


def _stem(low: str) -> str:
    """Without the possessive: "Fatima's", "Jans"."""
    if "'" in low:
        for ending in _POSSESSIVES:
            if low.endswith(ending):
                return low[: -len(ending)]
    return low
