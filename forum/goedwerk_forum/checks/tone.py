"""Whether a comment reads as an attack, where lists alone do not tell.

A small linear model over pieces of the text, of four and five signs, over its words and which stand
together, and over what the lists found in it. It was made from the labelled comments by
``bench/conduct_train.py``, is read from a file of numbers and needs no library.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, repeat

from .lexicon import Hit
from .lists import FOLDER
from .normal import Token

#: Words that are judged together at least: about what a short comment has.
LEAST = 9
#: Words that a window must have: fewer tell no tone, the lists alone judge them.
FEWEST = 4
#: Signs of a piece: shorter ones tell little and cost much.
SHORTEST, LONGEST = 4, 5
#: Signs of a window that are looked at.
MOST = 1_000
#: What a listed word counts for beside the pieces.
OF_A_HIT = 0.3
#: From this score a window counts as an attack: the only one of a text, and one of several, of
#: which one more easily reads so by chance. Chosen on the labelled sets that are kept aside, which
#: the model was not made from.
ENOUGH = -0.3
ENOUGH_AMONG = 0.3
#: Below this score what the lists found in a window is not meant to hurt.
CALM = -2.3
SPACES = re.compile(r"\s+")
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


def readings(text: str) -> tuple[set[str], set[str]]:
    """A text as the model reads it, in two ways: by its signs and by its words."""
    plain = unicodedata.normalize("NFKC", text[:MOST]).casefold().translate(ALIKE)
    return _pieces(plain), _phrases(plain)


def _pieces(plain: str) -> set[str]:
    """Every piece of ``SHORTEST`` to ``LONGEST`` signs, across the ends of words too."""
    whole = f" {SPACES.sub(' ', plain).strip()} "
    return {
        whole[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(whole) - size + 1)
    }


def _phrases(plain: str) -> set[str]:
    """Words, those beside each other, and those with one between; none is a piece of a text."""
    words = ["^", *WORD.findall(plain), "$"]
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
    """Above 0 an attack is likelier than not; ``listed`` are the signs of the lists."""
    known = weights()
    # Added up without a step of Python's for each piece: this runs for each sentence.
    read = sum(sum(map(known.get, found, repeat(0.0))) / length(found) for found in readings(text))
    return known["\tBIAS"] + read + sum(known.get(sign, 0.0) for sign in listed)


def length(found: set[str]) -> float:
    """Of a reading: a long text is no more of an attack than a short one."""
    return math.sqrt(len(found))


def has_tone(words: Sequence[Token]) -> bool:
    return sum(len(word.plain) > 1 for word in words) >= FEWEST
