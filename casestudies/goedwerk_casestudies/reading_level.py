"""How hard a Dutch text is to read: an advice, not a verdict.

The measure is Flesch-Douma (Douma 1960), Flesch's reading ease with weights for Dutch::

    206.84 - 0.93 x words per sentence - 77 x syllables per word

beside it the share of long words. A text counts as B1 when the measure is 60 or more and at most
one word in eight is long. Language levels are about more than length, so the words say "advies".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A sentence with more words than this is listed.
LONG_SENTENCE = 20
#: A word with more letters than this counts as long.
LONG_WORD = 10
#: From here on a text reads as B1, and as B2.
B1, B2 = 60.0, 45.0
#: More long words than this share make a text harder than B1.
MOST_LONG_WORDS = 0.125

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyàáâèéêìíîòóôùúûäëïöü]"
)
#: The end of a sentence: a stop with space and a capital after it, not after an initial; or a line.
_STOP = re.compile(r"(?<!\b\w)[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9À-Þ])|\n+")


@dataclass(frozen=True)
class Sentence:
    """A long sentence: characters ``start`` to ``end`` of its text, and its number of words."""

    start: int
    end: int
    words: int


@dataclass(frozen=True)
class Level:
    """What is measured of a text; ``score`` runs from about 0 (hard) to 100 (easy)."""

    words: int
    sentences: int
    score: float
    long_words: float

    @property
    def name(self) -> str:
        """The language level that the measure comes nearest to."""
        if self.score >= B1 and self.long_words <= MOST_LONG_WORDS:
            return "B1"
        return "B2" if self.score >= B2 else "C1"

    @property
    def words_per_sentence(self) -> float:
        return self.words / max(1, self.sentences)

    @property
    def long_words_percent(self) -> int:
        return round(100 * self.long_words)


def level_of(text: str) -> Level | None:
    """The measure of a text; None where there is no sentence in it."""
    words = _WORD.findall(text)
    sentences = sum(1 for start, end in sentences_of(text) if _WORD.search(text, start, end))
    if not words:
        return None
    syllables = sum(syllables_of(word) for word in words)
    long_words = sum(1 for word in words if len(word) > LONG_WORD)
    return Level(
        words=len(words),
        sentences=sentences,
        score=206.84 - 0.93 * len(words) / sentences - 77 * syllables / len(words),
        long_words=long_words / len(words),
    )


def long_sentences(text: str) -> list[Sentence]:
    """Sentences with more than LONG_SENTENCE words, in order."""
    counted = [
        Sentence(start, end, len(_WORD.findall(text, start, end)))
        for start, end in sentences_of(text)
    ]
    return [sentence for sentence in counted if sentence.words > LONG_SENTENCE]


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends, without the space around it."""
    ends = [match.end() for match in _STOP.finditer(text)]
    pieces = zip([0, *ends], [*ends, len(text)], strict=True)
    return [place for start, end in pieces if (place := _trimmed(text, start, end))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return (start, end) if start < end else None


def syllables_of(word: str) -> int:
    """Groups of vowels, read as Dutch reads them; a word has at least one."""
    return max(1, len(_VOWELS.findall(word.lower())))
