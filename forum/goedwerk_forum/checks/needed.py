"""Whether rows of words can be found in a sentence at all: told in a few steps, before the search.

Most sentences lack, for every row, one of the words that it cannot do without. A row counts as
possible as soon as something stands for each of its elements, in whatever order: what is found
here is never less than what a search finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Words of which it is remembered what they stand for.
KNOWN = 20_000

#: The words that can stand for one element of a row; ``word*`` is what starts so.
Element = Iterable[str]


class Needed:
    """Rows of elements, none of which may be missing.

    Each element of each row has one bit, the first elements of all rows beside each other, then
    the second ones, and so on: so all rows are looked at together.
    """

    def __init__(self, rows: Sequence[Sequence[Element]]) -> None:
        self._number = len(rows)
        self._longest = max(map(len, rows), default=0)
        self._absent = 0
        self._words: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._known: dict[str, int] = {}
        for number, row in enumerate(rows):
            for place in range(self._longest):
                bit = 1 << (place * self._number + number)
                if place < len(row):
                    self._add(row[place], bit)
                else:
                    self._absent |= bit
        sizes = [*map(len, self._starts)]
        self._sizes = range(min(sizes, default=0), max(sizes, default=0) + 1)

    def _add(self, element: Element, bit: int) -> None:
        for word in element:
            table = self._starts if word.endswith("*") else self._words
            word = word.removesuffix("*")
            table[word] = table.get(word, 0) | bit

    def any_in(self, words: Iterable[str]) -> bool:
        """Whether there is a row of which no element is missing among these words."""
        known, met = self._known, self._absent
        for word in words:
            bits = known.get(word)
            met |= self._look_up(word) if bits is None else bits
        possible = (1 << self._number) - 1
        for _place in range(self._longest):
            possible &= met
            met >>= self._number
        return possible != 0

    def _look_up(self, word: str) -> int:
        if len(self._known) > KNOWN:
            self._known.clear()
        bits = self._words.get(word, 0)
        for start in {word[:size] for size in self._sizes}:
            bits |= self._starts.get(start, 0)
        self._known[word] = bits
        return bits
