"""The data files of the check on conduct, read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .normal import normalised

FOLDER = Path(__file__).parent / "data"
SECTION = re.compile(r"\[(\w+) (\d)\](?: (\w+))?")
#: Those a cue can be about, besides the classes of the phrases.
TARGETS = {
    "you": ("jij", "jou", "jouw", "jullie"),
    "any": ("jij", "jou", "jouw", "jullie", "je", "u", "uw"),
}


@dataclass(frozen=True)
class Term:
    """What a listed word or phrase is: its kind of hurt, and how heavy (1 to 3)."""

    kind: str
    weight: int
    #: The phrase itself denies: "niet goed wijs". No "niet" before it makes it friendly.
    denies: bool = False
    #: Of the site's owner, or said to somebody's face: held whatever stands around it.
    holds: bool = False


INSULT = Term("insult", 2)


@dataclass(frozen=True)
class Cue:
    """Words that hurt when ``about`` stands in the same sentence."""

    term: Term
    about: frozenset[str]
    words: frozenset[str]
    starts: tuple[str, ...]

    def meets(self, plain: str) -> bool:
        return plain in self.words or plain.startswith(self.starts)


DENIALS = frozenset({"niet", "geen", "nooit", "niks", "niets", "niemand", "zonder", "nergens"})


def read_words(lines: Iterable[str]) -> dict[str, Term]:
    """Words in sections ``[kind weight]``."""
    found: dict[str, Term] = {}
    term = INSULT
    for line in content(lines):
        if section := SECTION.fullmatch(line):
            term = Term(section[1], int(section[2]))
        else:
            found |= dict.fromkeys(line.split(), term)
    return found


def read_phrases(
    lines: Iterable[str],
) -> tuple[list[tuple[str, Term]], dict[str, list[str]]]:
    """Phrases in sections ``[kind weight]`` after classes ``= name``."""
    phrases: list[tuple[str, Term]] = []
    classes: dict[str, list[str]] = {}
    words: list[str] | None = None
    term = INSULT
    for line in content(lines):
        if section := SECTION.fullmatch(line):
            term, words = Term(section[1], int(section[2])), None
        elif line.startswith("= "):
            words = classes.setdefault(line[2:], [])
        elif words is not None:
            words += line.split()
        else:
            phrases.append((line, phrase_term(line, term.kind, term.weight)))
    return phrases, classes


def read_cues(lines: Iterable[str], classes: dict[str, list[str]]) -> Iterator[Cue]:
    """Words in sections ``[kind weight] about``."""
    sections: dict[tuple[Term, str], list[str]] = {}
    words: list[str] = []
    for line in content(lines):
        if section := SECTION.fullmatch(line):
            key = (Term(section[1], int(section[2])), section[3])
            words = sections.setdefault(key, [])
        else:
            words += line.split()
    for (term, about), said in sections.items():
        yield Cue(
            term,
            frozenset(normalised(one) for one in TARGETS.get(about) or classes[about]),
            frozenset(normalised(one) for one in said if not one.endswith("*")),
            tuple(normalised(one[:-1]) for one in said if one.endswith("*")),
        )


def phrase_term(phrase: str, kind: str, weight: int) -> Term:
    said = set(re.split(r"[\s()|?+]+", phrase))
    return Term(kind, weight, denies=bool(said & DENIALS))


@cache
def classes_of(name: str) -> dict[str, frozenset[str]]:
    """The classes in a data file, as sets of plain words."""
    _phrases, classes = read_phrases(lines_of(name))
    return {one: frozenset(map(normalised, words)) for one, words in classes.items()}


def content(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def lines_of(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
