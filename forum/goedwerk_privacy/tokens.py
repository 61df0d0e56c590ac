"""The words of a text with what the name and place rules need to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .cleaning import Cleaned
from .finding import Span

# Possessive quantifiers: a long run is read once and never taken back.
_WORD = re.compile(r"(?:(?<!\w)'(?=[tsn]\b))?+[^\W\d_]++(?:['-][^\W\d_]++)*+")
_DIGITS = re.compile(r"\d++")
_SMALL = re.compile(r"[a-zà-ÿ]")
_LARGE = re.compile(r"[A-ZÀ-Þ]")
_FIGURE_MARGIN = 100
_ENDS_SENTENCE = frozenset('.!?:;\n"([{•*|>#=_\u2026')


@dataclass(slots=True)
class Token:
    start: int
    end: int
    text: str
    low: str
    cap: bool
    upper: bool
    opens: bool
    """Stands where a sentence, a line or a quotation starts, so a capital says nothing."""
    joined: bool
    """Only blanks between the previous word and this one."""
    dotted: bool
    """Only a full stop, with or without blanks, between the previous word and this one."""


@dataclass
class Document:
    cleaned: Cleaned
    tokens: list[Token]
    caseless: bool = False
    """Written without any difference between capitals and small letters."""
    earlier: list[Span] = field(default_factory=list)
    """What the detectors that ran before have handed in: a role needs a place."""

    @cached_property
    def figures(self) -> list[tuple[int, int]]:
        """The stretches of text around digits; what holds no digit is not worth a search."""
        digits = (match.span() for match in _DIGITS.finditer(self.text))
        return around(digits, self.text, _FIGURE_MARGIN)

    def near(self, words: frozenset[str], margin: int) -> list[tuple[int, int]]:
        """The stretches of text around any of these words."""
        places = ((one.start, one.end) for one in self.tokens if one.low in words)
        return around(places, self.text, margin)

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


def read(cleaned: Cleaned) -> Document:
    """Text in capitals only is read as if it were in small letters only."""
    shouted = _SMALL.search(cleaned.text) is None
    text = cleaned.folded if shouted else cleaned.text
    caseless = shouted or _LARGE.search(text) is None
    return Document(cleaned, _tokens(text, cleaned.folded), caseless)


def _tokens(text: str, folded: str) -> list[Token]:
    found: list[Token] = []
    previous_end = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[previous_end:start]
        found.append(_token(match.group(), folded[start:end], start, gap, bool(found)))
        previous_end = end
    return found


def _is_capital(word: str) -> bool:
    """ "'t Hart" and "l'Ecluse" carry their capital after the apostrophe."""
    if word[0].isupper():
        return True
    start, apostrophe, rest = word.partition("'")
    return bool(apostrophe) and len(start) < 2 and rest[:1].isupper()


def _token(word: str, low: str, start: int, gap: str, follows: bool) -> Token:
    bare = gap.strip(" ")
    return Token(
        start=start,
        end=start + len(word),
        text=word,
        low=low,
        cap=_is_capital(word),
        upper=len(word) > 1 and word.isupper(),
        opens=not follows or (bare != "" and not _ENDS_SENTENCE.isdisjoint(bare)),
        joined=follows and bare == "" and gap != "" and len(gap) < 4,
        dotted=follows and bare == "." and len(gap) < 4,
    )
