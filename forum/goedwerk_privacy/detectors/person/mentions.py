"""What a name that was found says about the rest of the text."""

from __future__ import annotations

from collections.abc import Iterator

from ...tokens import Token
from .grammar import Grammar
from .words import Words


class Mentions:
    """Parts of a name that was found are that person wherever they come back."""

    def __init__(self, words: Words, grammar: Grammar) -> None:
        self.words = words
        self.grammar = grammar

    def of(self, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The names, with the later mentions of the same people."""
        whole = list(self._joined(names))
        return sorted({*whole, *self._again(whole)})

    def _again(self, names: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        parts = {self.words.tokens[place].word.stem for place in self._distinct(names)}
        if not parts:
            return
        taken = {place for start, stop in names for place in range(start, stop)}
        ahead = 0
        for index, token in enumerate(self.words.tokens):
            again = token.cap or self.words.caseless
            if index >= ahead and index not in taken and again and token.word.stem in parts:
                ahead = self.grammar.extend(index + 1, small=False)
                yield index, ahead

    def _distinct(self, names: list[tuple[int, int]]) -> Iterator[int]:
        places = (place for start, stop in names for place in range(start, stop))
        return (place for place in places if self._is_distinct(self.words.tokens[place]))

    def _is_distinct(self, token: Token) -> bool:
        if len(token.low) < 3 or self.words.particle(token) or token.word.place:
            return False
        if not token.cap and not self.words.caseless:
            return False
        return not token.upper and not self.words.word(token)

    def _joined(self, names: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """ "Aan: Postma, Klaas": a surname, a comma and a first name on a line of their own."""
        waiting: tuple[int, int] | None = None
        for name in names:
            if waiting and self._turned(waiting, name):
                yield waiting[0], name[1]
                waiting = None
                continue
            if waiting:
                yield waiting
            waiting = name
        if waiting:
            yield waiting

    def _turned(self, surname: tuple[int, int], first: tuple[int, int]) -> bool:
        tokens, text = self.words.tokens, self.words.text
        last, start = tokens[surname[1] - 1], tokens[first[0]]
        turned = last.word.last and start.word.first and not tokens[surname[0]].word.first
        if text[last.end : start.start] != ", " or not turned:
            return False
        begin, end = tokens[surname[0]].start, tokens[first[1] - 1].end
        before, after = text[max(0, begin - 4) : begin].rstrip(" ")[-1:], text[end : end + 1]
        return before in ("", ":", ";", "\n") and after in ("", ";", "\n", "<", "(")
