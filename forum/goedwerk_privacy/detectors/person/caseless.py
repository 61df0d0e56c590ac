"""Names in a text without capitals: what a word cannot be, and where Dutch asks for an article."""

from __future__ import annotations

from ...tokens import Token
from ...vocabulary import (
    BEFORE,
    DETERMINERS,
    FUNCTION_WORDS,
    HUMAN,
    STRONG_TITLES,
    TITLES,
    UNIT_ENDINGS,
)
from ...wordset import word_set
from .evidence import Evidence
from .grammar import Grammar
from .words import COMMON, POPULAR, Words

# "de wit", "de jong": after "de" the adjective would end in -e, so it is a surname.
_BARE_ADJECTIVES = word_set("""
    wit jong groot bruin zwart wild lang kort rood groen grijs klein oud rijk vroom bont kaal
    sterk vet dik snel goed vries bruijn rooij rooy graaff leeuw jongh witt swart
""")
_ASKS_PERSON = word_set("""
    volgens met door aan tegen namens aldus voor bij zonder naast via van
""")
_SPEAKS = word_set("""
    zei zegt vroeg vraagt belde belt mailde mailt appte appt schreef schrijft antwoordde vertelde
    vertelt sprak spreekt lachte zuchtte knikte
""")
_HAVE = word_set("heb hebt hebben hadden")
_QUOTES_PERSON = word_set("volgens aldus namens")
_IDIOMS = word_set("""
    plaatse inzage zake beschikking wereld vergadering hoogte tafel sprake goede kennisgeving
    informatie bevestiging ondersteuning voorbereiding stelling opzichte slotte behoeve gunste
    einde aanzien name tijde minste eerste laste dele onrechte zeerste aarde
""")
_BESIDE = BEFORE | HUMAN | word_set("zonder hebben hebt hadden vanwege naast ook behalve na sinds")


class Caseless:
    """Rules that are tried in a text without capitals when those for any text find nothing."""

    def __init__(self, words: Words, grammar: Grammar, evidence: Evidence) -> None:
        self.words = words
        self.grammar = grammar
        self.evidence = evidence

    def name_at(self, token: Token, index: int, taken: set[int]) -> int | None:
        if token.low in STRONG_TITLES or token.low in HUMAN or self.words.tokens[index].word.other:
            return None
        if self.words.particle(token):
            return self._particle(token, index)
        if token.low in FUNCTION_WORDS or self.evidence.determined(index):
            return None
        stop = self.grammar.extend(index + 1, small=True)
        if token.word.first and self._on_own_line(index, stop):
            return stop
        return stop if self._bears(token, index, taken) else None

    def _bears(self, token: Token, index: int, taken: set[int]) -> bool:
        if token.word.strange:
            return self._strange(token, index, taken)
        if token.word.first and token.low in POPULAR - COMMON:
            return (
                self._beside(index)
                or self._alone(index)
                or self._starts(token, index)
                or self._between_commas(index)
            )
        if token.word.last:
            return self._surname(token, index)
        return False

    def _strange(self, token: Token, index: int, taken: set[int]) -> bool:
        """A word that is in no list and no compound of listed words."""
        if self.evidence.listed(index, taken) or self._alone(index) or self._titled(index):
            return True
        if self._beside(index) or self._starts(token, index) or self._between_commas(index):
            return True
        after = self.words.follows(index + 1)
        if after is None:
            return False
        if self.words.particle(after):
            return self._particle(after, index + 1) is not None or self._strange_core(index + 1)
        return not after.word.word and not after.word.other and not after.word.place

    def _strange_core(self, index: int) -> bool:
        """ "pascalle van nieuwkerken": no word on either side of "van"."""
        core = self.words.follows(index + 1)
        return core is not None and not core.word.listed and not core.word.other

    def _surname(self, token: Token, index: int) -> bool:
        """ "visser vond", "wethouder bakker wist": the trade itself would have an article."""
        if self._titled(index):
            return self.evidence.may_act(index + 1) or self._ends(index)
        if token.opens:
            return self.evidence.says(index + 1)
        before = self.words.before(index)
        if before is None:
            return False
        if before.low == "door" and self._ends(index):
            return self._done(index - 2)
        return before.low in _QUOTES_PERSON or (
            before.low in _SPEAKS and not token.low.endswith(UNIT_ENDINGS) and self._turns(index)
        )

    def _done(self, index: int) -> bool:
        """ "ondertekend door visser"."""
        verb = self.words.at(index)
        return verb is not None and verb.low.endswith(("d", "t", "en"))

    def _turns(self, index: int) -> bool:
        """ "gisteren sprak visser mij aan": an object, an adverb or the end comes after it."""
        after = self.words.follows(index + 1)
        return after is None or after.low in FUNCTION_WORDS or after.low in ("terug", "op", "aan")

    def _titled(self, index: int) -> bool:
        before = self.words.before(index)
        return before is not None and before.low in TITLES

    def _beside(self, index: int) -> bool:
        before = self.words.before(index)
        if before is None:
            return False
        return before.low in _BESIDE or self.evidence.plain_before(index)

    def _starts(self, token: Token, index: int) -> bool:
        """The subject of a sentence, or of a part of one: a noun would have an article."""
        before = self.words.before(index)
        if before is not None and (before.word.listed and before.low not in FUNCTION_WORDS):
            return False
        stop = self.grammar.extend(index + 1, small=True)
        return (
            self.evidence.may_act(stop)
            or self.evidence.joined_to_self(stop)
            or self.evidence.did(stop)
        )

    def _between_commas(self, index: int) -> bool:
        """ "een van hen, sharifa noorzad, kreeg gelijk", "doe jij maar, iris."."""
        tokens, text = self.words.tokens, self.words.text
        stop = self.grammar.extend(index + 1, small=True)
        before, last = self.words.at(index - 1), tokens[stop - 1]
        if before is None or text[before.end : tokens[index].start] != ", ":
            return False
        return text[last.end : last.end + 1] in ("", ",", ".", "?", "!", '"')

    def _alone(self, index: int) -> bool:
        """A line of its own, or a name with what the person does behind a comma."""
        if not self.words.tokens[index].opens:
            return False
        stop = self.grammar.extend(index + 1, small=True)
        return self._on_own_line(index, stop) or self.evidence.presented(stop)

    def _ends(self, index: int) -> bool:
        after = self.words.at(index + 1)
        return after is None or not after.joined

    def _on_own_line(self, index: int, stop: int) -> bool:
        token, after = self.words.tokens[stop - 1], self.words.at(stop)
        text = self.words.text
        begins = (
            index == 0
            or "\n" in text[self.words.tokens[index - 1].end : self.words.tokens[index].start]
        )
        ends = after is None or "\n" in text[token.end : after.start]
        return begins and ends and index > 0

    def _particle(self, token: Token, index: int) -> int | None:
        stop = self.grammar.surname(index, small=True)
        if stop is None or stop == index + 1:
            return None
        core = self.words.tokens[stop - 1]
        if core.word.other or core.low in _IDIOMS or not self._particle_bears(token, core, index):
            return None
        return self.grammar.extend(stop, small=False)

    def _particle_bears(self, token: Token, core: Token, index: int) -> bool:
        known = core.word.last or core.word.strange
        if not known or core.low.endswith(UNIT_ENDINGS):
            return False
        if token.low == "de":
            named = core.word.last and not core.word.listed
            return named or core.low in _BARE_ADJECTIVES or self._titled(index)
        if token.low == "van":
            return self._van_bears(core, index)
        return token.low in ("ter", "ten", "op")

    def _van_bears(self, core: Token, index: int) -> bool:
        """ "volgens van dam", "van zanten zei": no noun before it that "van" could belong to."""
        before = self.words.before(index)
        if before is None:
            return self.evidence.acts(self.words.tokens.index(core, index) + 1)
        if before.low in _ASKS_PERSON:
            return True
        if before.low in DETERMINERS or core.word.place:
            return False
        if (before.low in HUMAN or before.low in _HAVE) and core.word.last:
            return True
        if core.word.listed:
            return False
        return before.low in HUMAN or before.low in TITLES or before.low in ("dat", "toen", "en")
