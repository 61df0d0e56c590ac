"""What is known of a single word: first name, surname, everyday word, place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .lists import words_of
from .wordset import word_set

# "El-Idrissi", "En-Nasiri", "Ez-Zahiri": the Arabic article in front of a surname.
_ARTICLES = word_set("el al en es ez er et ed as ar an at ben bel ait bou il")


@dataclass(frozen=True, slots=True)
class Lexicon:
    first: frozenset[str]
    last: frozenset[str]
    ambiguous: frozenset[str]
    words: frozenset[str]
    maybe: frozenset[str]
    others: frozenset[str]
    """Names of things that are not persons: products, peoples, countries, laws, feasts."""

    def is_first(self, low: str) -> bool:
        if low in self.first:
            return True
        first, hyphen, rest = low.partition("-")
        return (
            bool(hyphen) and first in self.first and rest.split("-")[-1] in self.first | self.last
        )

    def is_last(self, low: str) -> bool:
        if low in self.last:
            return True
        first, hyphen, rest = low.partition("-")
        if not hyphen:
            return False
        if first in _ARTICLES:
            return rest in self.last or not self.is_word(rest)
        return all(part in self.last for part in low.split("-"))

    def is_maybe(self, low: str) -> bool:
        """Seen as a proper name, most often a surname; it needs a sentence that bears it out."""
        return any(part in self.maybe for part in low.split("-"))

    def is_everyday(self, low: str) -> bool:
        """A name that is also a word and so needs a sentence around it."""
        return (
            low in self.ambiguous
            or len(low) < 3
            or (low in self.words and low in self.last and low not in self.first)
        )

    def is_word(self, low: str) -> bool:
        return _is_word(self.words, self.others, low)


@lru_cache(maxsize=65536)
def _is_word(words: frozenset[str], others: frozenset[str], low: str) -> bool:
    if low in words or low in others:
        return True
    if "-" in low or "'" in low:
        parts = low.replace("'", "-").split("-")
        return all(len(part) < 3 or _is_simple(words, part) for part in parts)
    return _is_simple(words, low)


def _is_simple(words: frozenset[str], low: str) -> bool:
    """A listed word, or a compound of two or three: Dutch writes these as one word."""
    if low in words:
        return True
    if len(low) > 40:
        return False
    return _is_compound(words, low, 3)


def _is_compound(words: frozenset[str], low: str, depth: int) -> bool:
    if len(low) < 8:
        return False
    for cut in range(3, len(low) - 3):
        if low[:cut] not in words:
            continue
        rest = low[cut:]
        if rest in words or (rest[0] == "s" and rest[1:] in words):
            return True
        if (
            depth > 2
            and cut >= 4
            and (
                _is_compound(words, rest, depth - 1)
                or (rest[0] == "s" and _is_compound(words, rest[1:], depth - 1))
            )
        ):
            return True
    return False


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return Lexicon(
        first=words_of("first_names.txt"),
        last=words_of("surnames.txt"),
        ambiguous=words_of("ambiguous_names.txt"),
        words=words_of("words.txt"),
        maybe=words_of("maybe_names.txt"),
        others=words_of("no_names.txt"),
    )
