"""Whether a comment reads as an attack, where no listed word or phrase stands in it.

A small linear model over words, pairs of words and pieces of words, made from the labelled
comments by ``bench/conduct_train.py``. It is read from a file of numbers and needs no library.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, repeat

from .lists import FOLDER, classes_of
from .normal import Token

#: Words that are judged together at least: about what a short comment has.
LEAST = 14
#: Words that a window must have: fewer tell no tone.
FEWEST = 4
#: What the score must be more in a window that is about nobody.
ABOUT_NOBODY = 0.6
#: Words of a window that are looked at.
MOST = 120
#: From this score a window counts as an attack; chosen on comments it was not made from.
ENOUGH = 0.3
#: The same, where a listed word stands in it that is told of, denied or said of oneself.
ENOUGH_EXCUSED = 1.1
#: Signs of who is spoken to, and of a story told.
SIGNS = {
    "YOU": frozenset({"jij", "jou", "jouw", "jullie"}),
    "ANY": frozenset({"je", "u"}),
    "I": frozenset({"ik", "mij", "me", "mijn"}),
    "WE": frozenset({"wij", "we", "ons", "onze"}),
    "PAST": frozenset(
        {"was", "waren", "had", "hadden", "werd", "kwam", "zei", "ging", "kon", "moest", "riep"}
    ),
}
THEY = frozenset({"hij", "zij", "ze", "hem", "haar", "hun", "hen", "die", "zulke", "you", "your"})
PAST_ENDINGS = ("de", "te", "den", "ten")
QUOTES = frozenset("\"“”‘’'")
PIECES = (4, 5)


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


def features(text: str, words: Sequence[Token]) -> set[str]:
    """What the model looks at in a window: ``text`` is that of the window alone."""
    plain = [word.plain for word in words[:MOST] if word.plain]
    found: set[str] = set().union(*map(_of_word, plain))
    found |= {f"b {one} {two}" for one, two in pairwise(["<", *plain, ">"])}
    found |= {f"s {one} {two}" for one, two in zip(plain, plain[2:], strict=False)}
    found |= {sign for sign, of in SIGNS.items() if of.intersection(plain)}
    if any(len(word) > 4 and word.endswith(PAST_ENDINGS) for word in plain):
        found.add("PAST")
    if QUOTES.intersection(text):
        found.add("QUOTED")
    found.add(f"ENDS {text[-1:] if text[-1:] in '?!' else '.'}")
    found.add(f"LENGTH {min(6, len(plain) // 4)}")
    return found


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> frozenset[str]:
    """What one word adds, wherever it stands."""
    return frozenset({f"w {word}", *(f"c {piece}" for piece in _pieces(word))})


def _pieces(word: str) -> Iterator[str]:
    whole = f"^{word[:40]}$"
    for size in PIECES:
        for start in range(len(whole) - size + 1):
            yield whole[start : start + size]


@cache
def weights() -> dict[str, float]:
    lines = (FOLDER / "tone.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit("\t", 1) for line in lines if not line.startswith("#"))
    return {name: int(thousandths) / 1000 for name, thousandths in pairs}


def _is_about_somebody(words: Sequence[Token]) -> bool:
    """Where nobody is named or spoken to, an attack is less likely."""
    return not _somebody().isdisjoint(word.plain for word in words)


@cache
def _somebody() -> frozenset[str]:
    """Words that name or address people."""
    classes = classes_of("phrases")
    return THEY | SIGNS["YOU"] | SIGNS["ANY"] | classes["person"] | classes["group"]


def score(text: str, words: Sequence[Token]) -> float:
    """Above 0 an attack is likelier than not."""
    known, found = weights(), features(text, words)
    total = math.fsum(map(known.get, found, repeat(0.0)))
    return known.get("BIAS", 0.0) + total / math.sqrt(len(found))


def scored(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int, float]]:
    """Each window's place, in characters, and its score."""
    for window in windows(words):
        if sum(len(word.plain) > 1 for word in window) < FEWEST:
            continue
        start, end = window[0].start, window[-1].end
        found = score(text[start : end + 1], window)
        yield start, end, found if _is_about_somebody(window) else found - ABOUT_NOBODY
