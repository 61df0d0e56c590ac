from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .base import Check, Context, Finding, Level

FOLDER = Path(__file__).parent / "data"
LEET = str.maketrans("013457@$€!|", "oieastaseil")
#: Letters that look alike in other scripts.
LOOKALIKES = str.maketrans("аеіорсухѕԁɡ", "aeiopcyxsdg")
WORD = re.compile(r"[^\s.,;:()\"“”‘’…?/\\<>\[\]{}]+")
#: Signs around a word that may be a letter in it: "hufter!" is no "hufteri".
EDGES = re.compile(r"^[\W_]+|[\W_\d]+$")
ENDINGS = ("en", "s", "je", "jes", "e", "er", "ers")


def normalised(word: str) -> str:
    """A word without case, diacritics, leetspeak, look-alikes, separators and stretched letters."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(LOOKALIKES))
    letters = "".join(c for c in plain.translate(LEET) if c.isalpha() and not _is_mark(c))
    return _squeezed(letters)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _squeezed(letters: str) -> str:
    """At most two of the same letter in a row: "sukkkkel" is "sukkel" with a longer breath."""
    out: list[str] = []
    for letter in letters:
        if out[-2:] != [letter, letter]:
            out.append(letter)
    return "".join(out)


@cache
def _listed(name: str) -> frozenset[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(
        normalised(line) for line in lines if line.strip() and not line.startswith("#")
    )


def is_hurtful(word: str) -> bool:
    """Whether a word, or the word it is an inflection of, is on the list."""
    return any(_is_listed(normalised(form)) for form in {word, EDGES.sub("", word)})


def _is_listed(plain: str) -> bool:
    single = _once(plain)
    stems = {plain, single}
    for ending in ENDINGS:
        if plain.endswith(ending):
            stems |= {plain[: -len(ending)], single[: -len(ending)]}
    return bool(stems & _listed("hurtful")) and plain not in _listed("harmless")


def _once(letters: str) -> str:
    return re.sub(r"(.)\1", r"\1", letters)


class Conduct(Check):
    """Words that hurt people; a person judges whether they do here."""

    code = "conduct"
    name = _("Woorden die mensen raken")
    explanation = _("Deze woorden kunnen iemand kwetsen. Een ambassadeur kijkt ernaar.")
    reason = "conduct"

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        for match in WORD.finditer(text):
            if is_hurtful(match.group()):
                yield from self.finding(Level.HOLD, match.start(), match.end())


class Shouting(Check):
    """Text in capitals, or the same sign over and over."""

    code = "shouting"
    name = _("Schreeuwen en herhalen")
    explanation = _("Hoofdletters en lange rijen leestekens lezen als schreeuwen.")
    reason = "conduct"

    REPEATED = re.compile(r"([!?])\1{3,}|(\S)\2{7,}")
    #: Letters a text must have before a share of capitals says anything.
    ENOUGH = 20

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        letters = [c for c in text if c.isalpha()]
        capitals = sum(c.isupper() for c in letters)
        if len(letters) >= self.ENOUGH and capitals > len(letters) * 0.6:
            yield from self.finding(Level.HOLD)
        for match in self.REPEATED.finditer(text):
            yield from self.finding(Level.HOLD, match.start(), match.end())
