"""The words of a text with what the name and place rules need to know of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .cleaning import Cleaned
from .finding import Span
from .word import Word

# Possessive quantifiers: a long run is read once and never taken back.
_WORD = re.compile(r"(?:(?<!\w)'(?=[tsn]\b))?+[^\W\d_]++(?:['-][^\W\d_]++)*+")
_DIGITS = re.compile(r"\d++")
_SMALL = re.compile(r"[a-zà-ÿ]")
_LARGE = re.compile(r"[A-ZÀ-Þ]")
_ENDS_SENTENCE = frozenset('.!?:;\n"([{•*|>#=_\u2026')
# What is known of a form is kept for the next text, up to this number of forms.
_MOST_FORMS = 20_000

Ask = Callable[[Word], bool]
"""Whether a detector wants to look at the places of a word; answered once for each form."""


class Token:
    """A word at its place in the text."""

    __slots__ = (
        "cap",
        "dotted",
        "end",
        "joined",
        "low",
        "opens",
        "start",
        "text",
        "upper",
        "word",
    )

    def __init__(
        self, start: int, end: int, word: Word, opens: bool, joined: bool, dotted: bool
    ) -> None:
        self.start = start
        self.end = end
        self.word = word
        self.text = word.text
        self.low = word.low
        self.cap = word.cap
        self.upper = word.upper
        self.opens = opens
        """Stands where a sentence, a line or a quotation starts, so a capital says nothing."""
        self.joined = joined
        """Only blanks between the previous word and this one."""
        self.dotted = dotted
        """Only a full stop, with or without blanks, between the previous word and this one."""


@dataclass
class Document:
    cleaned: Cleaned
    tokens: list[Token]
    places: Mapping[str, Sequence[int]]
    """For each thing a detector asked for: the numbers of the words that answer to it."""
    caseless: bool = False
    """Written without any difference between capitals and small letters."""
    earlier: list[Span] = field(default_factory=list)
    """What the detectors that ran before have handed in: a role needs a place."""
    _figures: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @cached_property
    def digits(self) -> list[tuple[int, int]]:
        return [match.span() for match in _DIGITS.finditer(self.text)]

    def figures(self, margin: int) -> list[tuple[int, int]]:
        """The stretches of text around digits; what holds no digit is not worth a search."""
        if margin not in self._figures:
            self._figures[margin] = around(self.digits, self.text, margin)
        return self._figures[margin]

    def near(
        self, asked: str, words: frozenset[str], margin: int, endings: tuple[str, ...] = ()
    ) -> list[tuple[int, int]]:
        """The stretches of text around any of these words, which were asked for by name."""
        found = [
            (one.start, one.end)
            for one in map(self.tokens.__getitem__, self.places[asked])
            if one.low in words or one.low.endswith(endings)
        ]
        return around(found, self.text, margin) if found else []

    @property
    def text(self) -> str:
        return self.cleaned.text

    @property
    def folded(self) -> str:
        return self.cleaned.folded


def around(places: Iterable[tuple[int, int]], text: str, margin: int) -> list[tuple[int, int]]:
    """Stretches of text with these places in the middle, joined where they touch."""
    found: list[tuple[int, int]] = []
    for first, last in places:
        start, end = max(0, first - margin), min(len(text), last + 2 * margin)
        blank = text.find(" ", last + margin, end)
        end = end if blank < 0 else blank
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def split_words(text: str) -> list[str]:
    return _WORD.findall(text)


class Reader:
    """Cuts a text into words once, for all detectors together."""

    def __init__(self, asks: Mapping[str, Ask]) -> None:
        self._asks = asks
        self._known: dict[str, Word] = {}

    def read(self, cleaned: Cleaned) -> Document:
        """Text in capitals only is read as if it were in small letters only."""
        shouted = _SMALL.search(cleaned.text) is None
        text = cleaned.folded if shouted else cleaned.text
        caseless = shouted or _LARGE.search(text) is None
        places: dict[str, list[int]] = {name: [] for name in self._asks}
        return Document(cleaned, self._tokens(text, places), places, caseless)

    def _tokens(self, text: str, places: dict[str, list[int]]) -> list[Token]:
        found: list[Token] = []
        known, previous_end = self._known, 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            word = known.get(text[start:end]) or self._meet(text[start:end])
            for tag in word.tags:
                places[tag].append(len(found))
            found.append(_token(start, end, word, text[previous_end:start], bool(found)))
            previous_end = end
        return found

    def _meet(self, form: str) -> Word:
        if len(self._known) >= _MOST_FORMS:
            self._known.clear()
        word = Word(form)
        word.tags = tuple(name for name, ask in self._asks.items() if ask(word))
        self._known[form] = word
        return word


def _token(start: int, end: int, word: Word, gap: str, follows: bool) -> Token:
    if gap == " " and follows:
        return Token(start, end, word, False, True, False)
    bare = gap.strip(" ")
    return Token(
        start,
        end,
        word,
        opens=not follows or (bare != "" and not _ENDS_SENTENCE.isdisjoint(bare)),
        joined=follows and bare == "" and gap != "" and len(gap) < 4,
        dotted=follows and bare == "." and len(gap) < 4,
    )
