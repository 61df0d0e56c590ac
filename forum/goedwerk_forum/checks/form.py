"""Checks on the form of a text: links, repetition of others, who writes here for the first time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from ..conf import conf
from .base import Check, Context, Finding, Level

LINK = re.compile(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE)
WORD = re.compile(r"\w+")
#: Words in a row that make one shingle.
SHINGLE = 3
#: Fewer shingles say nothing: "dat herken ik" may be written twice.
FEW = 5


class Links(Check):
    """More links than a contribution needs."""

    code = "links"
    name = _("Links")
    explanation = _("Veel links leiden af van je verhaal. Een ambassadeur kijkt ernaar.")
    reason = "links"
    threshold_name = _("links die mogen")
    threshold_range = (0, 50)

    @property
    def default_threshold(self) -> int:  # type: ignore[override]
        return conf().MAX_LINKS

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        found = list(LINK.finditer(text))
        if len(found) > self.threshold(context):
            for match in found:
                yield from self.finding(Level.HOLD, match.start(), match.end())


@lru_cache(maxsize=1024)
def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Kept for as long as a batch is examined: each text is held against all of the others."""
    words = WORD.findall(text.casefold())
    return frozenset(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


@lru_cache(maxsize=8)
def all_shingles(texts: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Of all these texts together: most texts share none of them, which one look tells."""
    return frozenset().union(*map(shingles, texts))


def forget_texts() -> None:
    """No text stays with the process once its batch is examined."""
    shingles.cache_clear()
    all_shingles.cache_clear()


class NearDuplicate(Check):
    """Nearly the same text as another in the discussion."""

    code = "duplicate"
    name = _("Bijna dezelfde tekst")
    explanation = _("Deze tekst lijkt sterk op een andere bijdrage in deze dialoog.")
    reason = "duplicate"
    threshold_name = _("procent van de tekst dat hetzelfde is")
    threshold_range = (20, 100)
    default_threshold = 60

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        if not context.others:
            return
        mine = shingles(text)
        if len(mine) < FEW or mine.isdisjoint(all_shingles(context.others)):
            return
        alike = self.threshold(context) / 100
        for theirs in map(shingles, context.others):
            common = len(mine & theirs)
            if common > alike * (len(mine) + len(theirs) - common):
                yield from self.finding(Level.HOLD)
                return


class Newcomer(Check):
    """The first contributions of an account; what follows from it is the policy's business."""

    code = "newcomer"
    name = _("Nieuwkomer")
    explanation = _("De eerste bijdragen van een deelnemer leest een ambassadeur mee.")
    is_judged = False

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        if context.by_newcomer:
            yield from self.finding(Level.ADVISE)
