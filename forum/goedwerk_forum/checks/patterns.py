"""Turns of phrase, matched over words in one pass without ever going back.

A pattern is a row of elements, separated by spaces:

    word        this word            word*       a word that starts so
    (a|b|c*)    one of these         <class>     a word of the class
    (a|b c)     "a" or "b c"         x?          x or nothing
    ~3          up to three words    x+          x, up to four times, or nothing
    ^           a clause starts      $           a clause ends, also in (a|$)

All patterns become one graph of words; a text walks through it from left to right, with a set of
places in the graph. The set is bounded by the graph, so time grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .normal import Token, normalised

REPEATED = 4
#: Words kept at one place of the graph; the most common ones are most of a text.
KNOWN = 2000
ELEMENT = re.compile(r"\([^()]*\)[?+]?|\S+")


@dataclass(eq=False)
class Node:
    on: dict[str, list[Node]] = field(default_factory=dict)
    prefixes: list[tuple[str, Node]] = field(default_factory=list)
    anything: list[Node] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    done_at_end: list[int] = field(default_factory=list)

    #: Where words lead from here that may begin as a prefix does: the same words come again.
    known: dict[str, list[Node]] = field(default_factory=dict)

    def after(self, word: str) -> list[Node]:
        """The places that ``word`` leads to; a list, for this runs for each word of each text."""
        if not self.prefixes:
            return [*self.on.get(word, ()), *self.anything]
        if word not in self.known:
            if len(self.known) > KNOWN:
                self.known.clear()
            self.known[word] = [
                *self.on.get(word, ()),
                *self.anything,
                *(node for prefix, node in self.prefixes if word.startswith(prefix)),
            ]
        return self.known[word]


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
        for number, pattern in enumerate(patterns):
            self._add(number, ELEMENT.findall(pattern))

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
            for end in ends:
                if word.endswith("*"):
                    end.prefixes.append((normalised(word[:-1]), following))
                else:
                    end.on.setdefault(normalised(word), []).append(following)
            ends = {following}

    def _alternatives(self, element: str) -> list[list[str]]:
        if element == "~":
            return []
        if element.startswith("<"):
            return [[word] for word in self._classes[element[1:-1]]]
        return [one.split() for one in element.strip("()").split("|") if one != "$"]

    def find(self, words: Sequence[Token], also: Mapping[int, str]) -> Iterator[Match]:
        """``also`` gives a word (by its number) a second form that counts as well."""
        active: dict[Node, int] = {}
        starts = True
        for number, word in enumerate(words):
            active.setdefault(self._anywhere, number)
            if starts:
                active.setdefault(self._at_start, number)
            active = self._walked(active, word.plain, also.get(number))
            for node, first in active.items():
                done = [*node.done, *node.done_at_end] if word.ends_clause else node.done
                for pattern in done:
                    yield Match(pattern, first, number)
            starts = word.ends_clause
            if word.ends_sentence:
                active = {}

    @staticmethod
    def _walked(active: dict[Node, int], plain: str, second: str | None) -> dict[Node, int]:
        reached: dict[Node, int] = {}
        for node, first in active.items():
            for form in (plain, second):
                if form is None:
                    continue
                for following in node.after(form):
                    reached[following] = min(first, reached.get(following, first))
        return reached
