"""Texts that need more than a dialogue: despair, misconduct, a threat, wrongdoing.

The rules stand in ``data/hand_over.txt``. They look for what somebody lives through, not for the
subject: who writes about a policy against harassment is not asked whether she is well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.translation import gettext_lazy as _

from ..models import ReasonCode, Signal
from .base import Check, Context, Finding, Level
from .lists import FOLDER
from .needed import Needed

#: What ends a sentence; a rule never reaches over it.
END = " . "
#: It may also be the last word of a rule.
STOP = END.strip()
SENTENCE_END = re.compile(r"[.!?;:\n…]+")
BETWEEN_WORDS = re.compile(r"[^\w.]+")
#: "m'n" and "can't" are one word.
APOSTROPHES = re.compile(r"(?<=\w)['’`](?=\w)")
#: Words that ".." in a rule may stand for, at most.
GAP = r"(?:\w+ ){0,4}"


def plain(text: str) -> str:
    """The words of a text in small letters without accents, one space apart, " . " at the ends."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    if not bare.isascii():
        bare = "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")
    sentences = SENTENCE_END.sub(END, APOSTROPHES.sub("", bare))
    return BETWEEN_WORDS.sub(" ", f"{END}{sentences}{END}")


class _Rules:
    """The rules as read from the file: what is harmless, and what each signal sounds like."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        rules: dict[str, list[list[str]]] = {}
        section = ""
        for line in filter(None, (line.partition("#")[0].strip() for line in lines)):
            if line.startswith("["):
                section = line.strip("[]")
            elif "=" in line:
                name, _equals, words = line.partition("=")
                self._words[name.strip()] = words.split()
            else:
                rules.setdefault(section, []).append(line.split())
        harmless = rules.pop("harmless")
        self.harmless = self._any_of(harmless)
        self.signals = {Signal(name): self._any_of(rows) for name, rows in rules.items()}
        self.needed = Needed([self._needs(row) for rows in rules.values() for row in rows])

    def _any_of(self, rows: list[list[str]]) -> re.Pattern[str]:
        return re.compile(f"(?<= )(?:{'|'.join(''.join(map(self._pattern, row)) for row in rows)})")

    def _pattern(self, element: str) -> str:
        if element == "..":
            return GAP
        choice = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in self._choice(element))
        return rf"(?:(?:{choice}) )" + ("?" if element.endswith("?") else "")

    def _needs(self, row: list[str]) -> list[list[str]]:
        return [self._choice(one) for one in row if one != ".." and not one.endswith("?")]

    def _choice(self, element: str) -> list[str]:
        names = element.rstrip("?").split("|")
        return [word for name in names for word in self._words.get(name, [name])]


@cache
def _rules() -> _Rules:
    return _Rules((FOLDER / "hand_over.txt").read_text(encoding="utf-8").splitlines())


def signals(text: str) -> list[Signal]:
    """What a text tells of, the heaviest first; nothing in most texts."""
    rules = _rules()
    sentences = (sentence.split() for sentence in plain(text).split(END))
    possible = [one for one in sentences if rules.needed.any_in([STOP, *one])]
    if not possible:
        return []
    words = f"{END}{END.join(map(' '.join, possible))}{END}"
    told = rules.harmless.sub(f"{STOP} ", words)
    return [signal for signal in Signal if rules.signals[signal].search(told)]


class HandOver(Check):
    """A text that tells of despair, misconduct, a threat or wrongdoing. It holds nothing up.

    Its findings have no place in the text: words like these are not put in a bad light.
    """

    code = "hand_over"
    name = _("Hier is misschien een andere plek voor nodig")
    explanation = _(
        "De schrijver zag vóór het versturen waar zij terechtkan. Lees wat je zelf kunt doen."
    )
    reason = ReasonCode.HAND_OVER
    only_advises = True

    def load(self) -> None:
        _rules()

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        for signal in signals(text):
            yield from self.finding(Level.ADVISE, kind=signal)
