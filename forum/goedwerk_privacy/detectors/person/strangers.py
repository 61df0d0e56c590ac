"""Names that are in no list: a capital where Dutch has none, and a sentence that bears it out."""

from __future__ import annotations

from ...tokens import Token
from ...vocabulary import FUNCTION_WORDS, TITLES, UNIT_ENDINGS
from .evidence import Evidence
from .grammar import Grammar
from .words import Words


class Strangers:
    """Each rule gives the place after the name that starts here, or nothing."""

    def __init__(self, words: Words, grammar: Grammar, evidence: Evidence, taken: set[int]) -> None:
        self.words = words
        self.grammar = grammar
        self.evidence = evidence
        self.taken = taken

    def unknown(self, token: Token, index: int) -> int | None:
        if not self.words.unknown(token):
            return self._compound(token, index)
        stop = self.grammar.extend(index + 1, small=False)
        if self._unknown_bears(token, index, stop):
            return stop
        return None

    def _compound(self, token: Token, index: int) -> int | None:
        """ "met Zwaluwnest": inside a sentence a capital on a compound is a name as well."""
        word = token.word
        if not self.words.capital(token) or token.opens or word.listed or word.institution:
            return None
        if word.other or word.place or not word.word or token.low in TITLES:
            return None
        if self.evidence.determined(index) or self.evidence.stands_in_title(index):
            return None
        if self.evidence.introduced(index) or self.evidence.acts(index + 1):
            return self.grammar.extend(index + 1, small=False)
        return None

    def _unknown_bears(self, token: Token, index: int, stop: int) -> bool:
        if self.evidence.listed(index, self.taken):
            return True
        if self.evidence.in_place(index):
            return False
        if stop > index + 1:
            return self._row_bears(index, stop)
        if self.evidence.determined(index) or self.evidence.about_thing(index):
            return self.evidence.says(index + 1) and not self.evidence.determined(index)
        return (
            self._opens_as_name(token, index) if token.opens else self._stands_as_name(token, index)
        )

    def _opens_as_name(self, token: Token, index: int) -> bool:
        if not token.word.institution and self.evidence.may_be_somebody(index + 1):
            return True
        if token.word.likely and self.evidence.may_act(index + 1):
            return True
        if self.evidence.listed_alone(index, index + 1):
            return True
        return self.evidence.acts(index + 1) or self.evidence.is_subject(index + 1)

    def _stands_as_name(self, token: Token, index: int) -> bool:
        if token.word.likely or self.evidence.inverted(index) or self.evidence.acts(index + 1):
            return True
        return not token.word.institution and self.evidence.plain_before(index)

    def built_like_one(self, token: Token, index: int) -> int | None:
        """ "Haverhoek belde": opens a sentence, is built like a surname, and speaks."""
        if not self.words.capital(token) or not token.opens or token.word.listed:
            return None
        if token.word.likely and self.evidence.says(index + 1) and not token.word.place:
            return index + 1
        return None

    def before_surname(self, token: Token, index: int) -> int | None:
        """ "Nardus Timmer": any capital inside a sentence straight before a known surname."""
        after = self.words.follows(index + 1)
        if after is None or not (after.cap and after.word.last):
            return None
        if after.low.endswith(UNIT_ENDINGS) or (after.word.listed and token.low.endswith("e")):
            return None
        if not self.words.capital(token) or token.opens or token.low in FUNCTION_WORDS:
            return None
        if token.low in TITLES or token.word.other or token.word.place or after.word.place:
            return None
        if self.grammar.names_place(index, index + 2):
            return None
        return None if self.evidence.determined(index) else self.grammar.extend(index + 1, False)

    def _row_bears(self, index: int, stop: int) -> bool:
        """Two capitals in a row: a known name among them, or none of them a word."""
        row = self.words.tokens[index + 1 : stop]
        if any(part.word.last or self.words.first(part) for part in row):
            return True
        if self.evidence.determined(index):
            return False
        return all(self.words.unknown(part) or self.words.particle(part) for part in row)

    def beside_name(self, token: Token, index: int) -> int | None:
        """ "Omar en Kaag": any capital that is joined to a name with "en" or a comma."""
        if not self.words.capital(token) or token.opens or token.low in FUNCTION_WORDS:
            return None
        if token.word.other or token.word.place:
            return None
        if self.evidence.listed(index, self.taken) and not self.evidence.determined(index):
            return index + 1
        return None
