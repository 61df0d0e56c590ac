"""Turns of phrase, matched over words in one pass without ever going back.

A pattern is a row of elements, separated by spaces:

    word        this word            word*       a word that starts so
    (a|b|c*)    one of these         <class>     a word of the class
    (a|b c)     "a" or "b c"         x?          x or nothing
    ~3          up to three words    x+          x, up to four times, or nothing
    ^           a clause starts      $           a clause ends, also in (a|$)

All patterns become one graph of words; a sentence in which there may be one walks through it from
left to right, with a set of places in the graph. The set is bounded by the graph, so time grows
with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .needed import Needed
from .normal import Token, normalised, sentences

REPEATED = 4
#: Words of which it is remembered where they lead.
KNOWN = 20_000
ELEMENT = re.compile(r"\([^()]*\)[?+]?|\S+")


@dataclass(eq=False)
class Node:
    """A place in the graph: the patterns that are found here, and what any word leads to."""

    anything: list[Node] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    done_at_end: list[int] = field(default_factory=list)


#: From which places a word leads where.
Ways = dict[Node, list[Node]]


class Match(NamedTuple):
    """A pattern found in words ``first`` to ``last``."""

    pattern: int
    first: int
    last: int


class Patterns:
    """Compiled patterns; ``find`` tells where each stands in a row of words."""

    def __init__(self, patterns: Sequence[str], classes: Mapping[str, Sequence[str]]) -> None:
        self._classes = classes
        self._anywhere, self._at_start = Node(), Node()
        self._shared: dict[tuple[frozenset[Node], str], Node] = {}
        self._words: dict[str, Ways] = {}
        self._prefixes: dict[str, Ways] = {}
        self._known: dict[str, Ways] = {}
        elements = [ELEMENT.findall(pattern) for pattern in patterns]
        for number, one in enumerate(elements):
            self._add(number, one)
        self._needed = Needed([list(self._needs(one)) for one in elements])

    def _add(self, number: int, elements: list[str]) -> None:
        from_start = elements[0] == "^"
        ends = {self._at_start if from_start else self._anywhere}
        for element in elements[from_start:]:
            if "$" in element:
                self._end(ends, number, at_end=True)
            if element != "$":
                ends = self._extend(ends, element)
        if elements[-1] != "$":
            self._end(ends, number)

    def _end(self, ends: set[Node], number: int, *, at_end: bool = False) -> None:
        if self._anywhere in ends or self._at_start in ends:
            raise ValueError(f"Pattern {number + 1} can match no word at all.")
        for node in ends:
            (node.done_at_end if at_end else node.done).append(number)

    def _extend(self, ends: set[Node], element: str) -> set[Node]:
        if element.startswith("~"):
            return self._repeat(ends, "~", int(element[1:]))
        if element.endswith("+"):
            return self._repeat(ends, element[:-1], REPEATED)
        if element.endswith("?"):
            return self._repeat(ends, element[:-1], 1)
        return {self._step(ends, element)}

    def _repeat(self, ends: set[Node], element: str, times: int) -> set[Node]:
        reached = set(ends)
        for _time in range(times):
            ends = {self._step(ends, element)}
            reached |= ends
        return reached

    def _needs(self, elements: list[str]) -> Iterator[list[str]]:
        """What a pattern cannot do without: of two words in a row the first."""
        for element in elements:
            may_be_missing = element.startswith(("~", "^")) or element.endswith(("?", "+"))
            if not may_be_missing and "$" not in element:
                yield [_in_plain_letters(words[0]) for words in self._alternatives(element)]

    def _step(self, ends: set[Node], element: str) -> Node:
        """The node after ``element``; patterns that begin alike share it."""
        key = (frozenset(ends), element)
        if key not in self._shared:
            node = self._shared[key] = Node()
            if element == "~":
                for end in ends:
                    end.anything.append(node)
            for words in self._alternatives(element):
                self._connect(ends, node, words)
        return self._shared[key]

    def _connect(self, ends: set[Node], node: Node, words: list[str]) -> None:
        """A way of one word or more from each of ``ends`` to ``node``."""
        for number, word in enumerate(words, start=1):
            following = node if number == len(words) else Node()
            table = self._prefixes if word.endswith("*") else self._words
            ways = table.setdefault(normalised(word.removesuffix("*")), {})
            for end in ends:
                ways.setdefault(end, []).append(following)
            ends = {following}

    def _alternatives(self, element: str) -> list[list[str]]:
        if element == "~":
            return []
        if element.startswith("<"):
            return [[word] for word in self._classes[element[1:-1]]]
        words = [one.split() for one in element.strip("()").split("|") if one != "$"]
        if not all(words):
            raise ValueError(f"An alternative in {element} is empty.")
        return words

    def find(self, words: Sequence[Token], also: Mapping[int, str]) -> Iterator[Match]:
        """``also`` gives a word (by its number) a second form that counts as well."""
        for sentence in sentences(words):
            numbers = range(sentence.first, sentence.last + 1)
            forms = [words[number].plain for number in numbers]
            forms += [also[number] for number in numbers if number in also]
            if self._needed.any_in(forms):
                yield from self._found(words, numbers, also)

    def _found(
        self, words: Sequence[Token], numbers: range, also: Mapping[int, str]
    ) -> Iterator[Match]:
        """In the words of these numbers, which are one sentence."""
        active: dict[Node, int] = {}
        starts = True
        for number in numbers:
            word = words[number]
            active[self._anywhere] = number
            if starts:
                active[self._at_start] = number
            ways = self._ways_of(word.plain)
            if number in also:
                ways = _joined([ways, self._ways_of(also[number])])
            active = self._walked(active, ways)
            for node, first in active.items():
                for pattern in node.done:
                    yield Match(pattern, first, number)
                if word.ends_clause:
                    for pattern in node.done_at_end:
                        yield Match(pattern, first, number)
            starts = word.ends_clause

    @staticmethod
    def _walked(active: dict[Node, int], ways: Ways) -> dict[Node, int]:
        """Where one word leads from all places; for this runs for each word of each text, it
        relies on their order: the earliest begun comes first, and keeps what it reaches.
        """
        reached: dict[Node, int] = {}
        for node, first in active.items():
            for following in ways.get(node, ()):
                reached.setdefault(following, first)
            for following in node.anything:
                reached.setdefault(following, first)
        return reached

    def _ways_of(self, word: str) -> Ways:
        """All ways that a word opens, as itself and by how it begins; the same words come again."""
        if word not in self._known:
            if len(self._known) > KNOWN:
                self._known.clear()
            tables = [self._words.get(word)]
            tables += [self._prefixes.get(word[:size]) for size in range(len(word) + 1)]
            self._known[word] = _joined(table for table in tables if table)
        return self._known[word]


def _in_plain_letters(word: str) -> str:
    return normalised(word.removesuffix("*")) + "*" * word.endswith("*")


def _joined(tables: Iterable[Ways]) -> Ways:
    joined: Ways = {}
    for table in tables:
        for node, following in table.items():
            joined.setdefault(node, []).extend(following)
    return joined
