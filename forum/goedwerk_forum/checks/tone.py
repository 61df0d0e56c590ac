"""Whether a comment reads as an attack, where lists alone do not tell.

A small linear model over pieces of its words, of three to five signs, over which words stand
together, and over what the lists found in it. It was made from the labelled comments by
``bench/conduct_train.py``, is read from a file of numbers and needs no library.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, repeat

from .lexicon import Hit
from .lists import FOLDER
from .normal import Token

#: Words that are judged together at least: about what a short comment has.
LEAST = 9
#: Words that a window must have: fewer tell no tone, the lists alone judge them.
FEWEST = 4
#: Signs of a piece: shorter ones tell little and cost much.
SHORTEST, LONGEST = 3, 5
#: Signs of a window that are looked at.
MOST = 1_000
#: What a listed word counts for beside the pieces.
OF_A_HIT = 0.3
#: From this score a window counts as an attack: the only one of a text, and one of several, of
#: which one more easily reads so by chance. Chosen on the labelled sets that are kept aside, which
#: the model was not made from, but for the contrasts.
ENOUGH = -0.2
ENOUGH_AMONG = 0.2
#: Below this score what the lists found in a window is not meant to hurt: a turn of phrase; and
#: what is hardly ever said in kindness: a listed word, and what weighs most.
CALM = -1.4
CALM_OF_WHAT_IS_HARSH = -2.8
WORD = re.compile(r"\w+|[^\w\s]")
ALIKE = str.maketrans("’‘‚`´“”„«»", "'" * 5 + '"' * 5)


def windows(words: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The sentences of a text, short ones taken together: a few words alone tell too little."""
    starts = [0]
    for number, word in enumerate(words, start=1):
        enough_before, enough_after = number - starts[-1] >= LEAST, len(words) - number >= LEAST
        if word.ends_sentence and enough_before and enough_after:
            starts.append(number)
    for start, end in pairwise([*starts, len(words)]):
        if end > start:
            yield words[start:end]


def words_of(text: str) -> list[str]:
    """The words and signs of a text as the model reads them."""
    plain = unicodedata.normalize("NFKC", text[:MOST]).casefold()
    return WORD.findall(plain.translate(ALIKE))


def pieces(word: str) -> list[str]:
    """Every piece of ``SHORTEST`` to ``LONGEST`` signs of a word between spaces."""
    whole = f" {word} "
    return [
        whole[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(whole) - size + 1)
    ]


def phrases(words: Sequence[str]) -> set[str]:
    """Words, those beside each other, and those with one between; none is a piece of a word."""
    words = ["^", *words, "$"]
    found = {f"\t{word}" for word in words}
    found.update([f"\t{one} {two}" for one, two in pairwise(words)])
    found.update([f"\t{one} _ {two}" for one, two in zip(words, words[2:], strict=False)])
    return found


def signs(meant: Iterable[Hit], excused: Iterable[Hit]) -> set[str]:
    """What the lists say of a window: names of features that no reading of a text can have."""
    found = {f"\tHURTS {hit.term.kind} {hit.term.weight}" for hit in meant}
    return found | {f"\tEXCUSED {hit.term.kind}" for hit in excused}


@cache
def weights() -> dict[str, float]:
    lines = (FOLDER / "tone.tsv").read_text(encoding="utf-8").split("\n")
    pairs = (line.rsplit("\t", 1) for line in lines if line and not line.startswith("#\t"))
    return {name: int(thousandths) / 1000 for name, thousandths in pairs}


def score(text: str, listed: Iterable[str]) -> float:
    """Above 0 an attack is likelier than not; ``listed`` are the signs of the lists.

    A text is no more of an attack for being long: what is read is divided by its length.
    """
    known, words = weights(), words_of(text)
    read = [_word(word) for word in words]
    found = phrases(words)
    return (
        known["\tBIAS"]
        + sum(weight for weight, _number in read) / length(sum(number for _weight, number in read))
        + sum(map(known.get, found, repeat(0.0))) / length(len(found))
        + sum(known.get(sign, 0.0) for sign in listed)
    )


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[float, int]:
    """(what its pieces weigh, their number); the same words come again."""
    found = pieces(word)
    return sum(map(weights().get, found, repeat(0.0))), len(found)


def length(number: int) -> float:
    """Of a reading of so many pieces or phrases."""
    return math.sqrt(max(number, 1))


def has_tone(words: Sequence[Token]) -> bool:
    return sum(len(word.plain) > 1 for word in words) >= FEWEST
