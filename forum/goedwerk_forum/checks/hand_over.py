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

#: What ends a sentence; a rule never reaches over it.
END = " . "
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
        self.words: dict[str, str] = {}
        rules: dict[str, list[str]] = {}
        section = ""
        for line in filter(None, (line.partition("#")[0].strip() for line in lines)):
            if line.startswith("["):
                section = line.strip("[]")
            elif "=" in line:
                name, _equals, words = line.partition("=")
                self.words[name.strip()] = "|".join(words.split())
            else:
                rules.setdefault(section, []).append(self._pattern(line))
        compiled = {name: _any_of(patterns) for name, patterns in rules.items()}
        self.harmless = compiled.pop("harmless")
        self.signals = {Signal(name): pattern for name, pattern in compiled.items()}

    def _pattern(self, line: str) -> str:
        return "".join(map(self._word, line.split()))

    def _word(self, word: str) -> str:
        if word == "..":
            return GAP
        given = word.rstrip("?").split("|")
        wanted = [part for name in given for part in self.words.get(name, name).split("|")]
        choice = "|".join(re.escape(part).replace(r"\*", r"\w*") for part in wanted)
        return rf"(?:(?:{choice}) )" + ("?" if word.endswith("?") else "")


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?<= )(?:{'|'.join(patterns)})")


@cache
def _rules() -> _Rules:
    return _Rules((FOLDER / "hand_over.txt").read_text(encoding="utf-8").splitlines())


def signals(text: str) -> list[Signal]:
    """What a text tells of, the heaviest first; nothing in most texts."""
    rules = _rules()
    words = rules.harmless.sub(END.strip() + " ", plain(text))
    return [signal for signal in Signal if rules.signals[signal].search(words)]


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

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        for signal in signals(text):
            yield from self.finding(Level.ADVISE, kind=signal)
