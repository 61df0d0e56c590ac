"""How far a name goes once it has started."""

from __future__ import annotations

from ...gazetteer import is_place
from ...tokens import Token
from ...vocabulary import (
    FUNCTION_WORDS,
    HUMAN,
    STRONG_PARTICLES,
    STRONG_TITLES,
    TITLES,
    UNIT_ENDINGS,
    WEAK_PARTICLES,
)
from ...wordset import word_set
from .words import Words

# "Maria da Silva", "Louis le Grand": between capitals these are no Dutch words.
_ROMANCE = word_set("da do la le les du des dos das di del della")
_MOST_PARTICLES = 4
# Limits keep the reading linear: no name is longer than this.
_MOST_INITIALS = 6
_MOST_STEPS = 8


class Grammar:
    """Reads first names, initials, particles and surnames from left to right."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def initials(self, index: int) -> int:
        """The place after a row of initials such as "J.P." or "Th. M."."""
        most = index + _MOST_INITIALS
        while index < most and self.words.initial(index):
            index += 1
            token = self.words.at(index)
            if token is None or not (token.dotted or token.joined):
                break
        return index

    def extend(self, index: int, small: bool) -> int:
        """The place after the name that started before ``index``."""
        stop = index
        for _ in range(_MOST_STEPS):
            further = self._step(stop, small)
            if further == stop:
                break
            stop = further
        return stop

    def _step(self, index: int, small: bool) -> int:
        token = self.words.follows(index)
        if token is None:
            return index
        if self.words.initial(index):
            after = self.initials(index)
            surname = self.surname(after, small, sure=True)
            return surname or index
        if self.words.particle(token):
            return self.surname(index, small) or index
        if self.part(token, small) or self._closes(index):
            return index + 1
        return index

    def _closes(self, index: int) -> bool:
        """ "wouke lam, adviseur": without capitals any word between a first name and a comma."""
        token, name, after = (
            self.words.tokens[index],
            self.words.at(index - 1),
            self.words.at(index + 1),
        )
        if not self.words.caseless or name is None or not name.word.first or name.word.word:
            return False
        if token.low in FUNCTION_WORDS or token.low in HUMAN or token.low in TITLES:
            return False
        closed = after is None or not after.joined or after.low == "en" or after.low in HUMAN
        return closed and len(token.low) > 2 and not token.low.endswith(("en", "de", "te"))

    def surname(self, index: int, small: bool, sure: bool = False) -> int | None:
        """The place after particles and a surname at ``index``; sure of it after initials."""
        core = self._skip_particles(index)
        token = self.words.at(core)
        if token is None or not (token.joined or (core == index and token.dotted)):
            return None
        after_particle = core > index
        if sure and after_particle and (token.cap or self.words.caseless):
            return core + 1
        if after_particle and self._leads_to_unit(index, core) and self._is_unit(token):
            return None
        if self._opens_any(index, core) and token.low not in FUNCTION_WORDS:
            return core + 1
        return core + 1 if self.part(token, small, after_particle) else None

    def _opens_any(self, start: int, core: int) -> bool:
        """ "van der", "op den", "in 't": no phrase but a name has these."""
        inner = [token.low for token in self.words.tokens[start + 1 : core]]
        return bool(inner) and inner[-1] in ("der", "den", "'t", "ter", "ten")

    def _skip_particles(self, index: int) -> int:
        start = index
        while index - start < _MOST_PARTICLES:
            token = self.words.at(index)
            if token is None or not self.words.particle(token):
                break
            if index > start and not token.joined:
                break
            index += 1
        return self._check_particles(start, index)

    def _check_particles(self, start: int, stop: int) -> int:
        """Words such as "in" count only before another particle: "In 't Veld"."""
        if stop == start:
            return stop
        first = self.words.tokens[start]
        if first.low in _ROMANCE and self._capital_at(stop):
            return stop
        if first.low in WEAK_PARTICLES and not first.cap and stop - start < 2:
            return start
        if first.low in WEAK_PARTICLES and not self._opens_any(start, stop):
            return start
        if first.low in ("met", "naar"):
            return start
        return stop

    def _capital_at(self, index: int) -> bool:
        token = self.words.at(index)
        if token is None or not token.joined:
            return False
        return token.cap or (self.words.caseless and token.word.last and not token.word.listed)

    def part(self, token: Token, small: bool, after_particle: bool = False) -> bool:
        """Whether this word can stand in a name after the word before it."""
        words = self.words
        if token.low in FUNCTION_WORDS and not (token.word.last and token.cap):
            return False
        if token.low in STRONG_TITLES:
            return False
        if token.upper:
            known = token.word.last or words.first(token)
            return known or (len(token.text) > 3 and not token.word.listed)
        if token.cap:
            return self._capital_part(token, after_particle)
        return self._small_part(token, small, after_particle)

    def _capital_part(self, token: Token, after_particle: bool) -> bool:
        words = self.words
        if words.camel(token):
            return False
        if words.first(token) or token.word.last:
            return True
        if token.word.other:
            return False
        # A capital on an everyday word after a first name is a surname: "Karin Bel".
        return not token.word.place or not after_particle

    def _small_part(self, token: Token, small: bool, after_particle: bool) -> bool:
        words = self.words
        known = token.word.last or words.first(token)
        if not token.word.listed:
            likely = token.word.likely or token.word.strange
            return known or (small and likely and not token.word.place)
        return token.word.last and (small or after_particle)

    def _is_unit(self, token: Token) -> bool:
        """ "Jan van Handhaving", "Sanne van HR": a team, not a surname."""
        words = self.words
        if token.word.last or words.first(token):
            return False
        if token.upper and len(token.text) < 6:
            return True
        if token.word.place or token.word.other:
            return True
        if token.low.endswith(UNIT_ENDINGS):
            return words.word(token)
        return words.word(token) and not token.cap and (token.word.listed or not words.caseless)

    def _leads_to_unit(self, start: int, core: int) -> bool:
        """Only "van" and its articles can stand before a team; "ter" and "el" cannot."""
        return all(
            self.words.tokens[place].low in ("van", "de", "het", "voor", "op", "bij", "in", "uit")
            for place in range(start, core)
        )

    def opens_surname(self, index: int) -> bool:
        """A particle that may start a surname by itself: "De Vries", "van den Berg"."""
        token = self.words.at(index)
        return token is not None and token.low in STRONG_PARTICLES | WEAK_PARTICLES

    def names_place(self, index: int, stop: int) -> bool:
        """ "Den Haag", "De Bilt", "Van Almelo"."""
        tokens = self.words.tokens[index:stop]
        if any(
            is_place(" ".join(token.low for token in tokens[skip:]))
            for skip in (0, 1)
            if len(tokens) - skip > 1
        ):
            return True
        if len(tokens) != 2 or not tokens[1].word.place:
            return False
        return tokens[0].low in ("van", "te", "in", "uit") or not tokens[1].word.last
