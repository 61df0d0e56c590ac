"""Words as the index has them: folded (no case, no accents) and their Dutch stems.

The stems are made here and not by the database, so that SQLite and PostgreSQL find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

#: Longest question, in characters, and most words of it that count.
LONGEST, MOST_WORDS = 120, 10
#: Fewest letters with which a word also finds longer words.
PREFIX_FROM = 3
WORD = re.compile(r"[^\W_]+")
PHRASE = re.compile(r'"([^"]*)"')
#: Words that stand in every text: they count only where nothing else was asked.
STOP_WORDS = frozenset(
    WORD.findall(
        "aan al als bij dan dat de den der deze die dit door een en er het hoe ik in is je met "
        "mijn na naar niet of om ook op over te tot uit van voor was wat we wel wie wij ze zij "
        "zijn zo"
    )
)
#: The stemmer takes "ge-" for a prefix; of this word it is none, and few words are as common here.
KEPT = "gemeent"

_stemmer = snowballstemmer.stemmer("dutch")


@dataclass(frozen=True)
class Span:
    """A word in a text: where it stands, and folded."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True)
class Question:
    """What somebody asks: words that all must be there, and words that stand in a row."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    def fits(self, folded: str) -> bool:
        """Whether a word of a text is one of those that were asked for."""
        stemmed = stem(folded)
        in_phrase = any(stemmed == stem(word) for phrase in self.phrases for word in phrase)
        return in_phrase or any(
            stemmed == stem(word) or (len(word) >= PREFIX_FROM and folded.startswith(word))
            for word in self.words
        )


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_in(text: str) -> list[str]:
    """The folded words of a text, in its order."""
    return WORD.findall(folded(text))


def spans_in(text: str) -> Iterator[Span]:
    """The words of a text as it stands."""
    for match in WORD.finditer(text):
        yield Span(match.start(), match.end(), folded(match.group()))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word."""
    return KEPT if word.startswith(KEPT) else _stemmer.stemWord(word)


def terms_of(text: str) -> str:
    """What the index keeps of a text: its stems in their order, then the words that differ."""
    words = words_in(text)
    stems = [stem(word) for word in words]
    others = dict.fromkeys(word for word in words if word not in set(stems))
    return " ".join([*stems, *others])


def asked(text: str) -> Question:
    """What was typed, as a question; empty where it holds no word."""
    text = text[:LONGEST]
    phrases = [tuple(words_in(phrase)[:MOST_WORDS]) for phrase in PHRASE.findall(text)]
    words = list(dict.fromkeys(words_in(PHRASE.sub(" ", text))))
    telling = [word for word in words if word not in STOP_WORDS]
    chosen = telling or ([] if any(phrases) else words)
    return Question(tuple(chosen[:MOST_WORDS]), tuple(filter(None, phrases[:MOST_WORDS])))


def known_words(texts: Iterable[str]) -> set[str]:
    """All words of these texts that are long enough to be guessed at."""
    return {word for text in texts for word in words_in(text) if len(word) > PREFIX_FROM}
