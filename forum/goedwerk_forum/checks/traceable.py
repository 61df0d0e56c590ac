from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goedwerk_privacy import Finding as FoundInText
from goedwerk_privacy import Severity, find
from goedwerk_privacy.kinds import INFO

from .base import Check, Context, Finding, Level

#: What a finding of the privacy library asks for.
LEVEL_OF = {
    Severity.MUST: Level.RETURN,
    Severity.SHOULD: Level.HOLD,
    Severity.HINT: Level.ADVISE,
}
#: A link may lead to a law or to a colleague's profile: a person looks where it leads.
FOR_A_PERSON = {"url"}
#: Makes the library read all of its lists.
EXAMPLE = "De collega van de afdeling Vergunningen belde mij op maandag."


def level_of(seen: FoundInText) -> Level:
    """What a finding of the privacy library asks for in a contribution."""
    level = LEVEL_OF[seen.severity]
    return Level.HOLD if level == Level.RETURN and seen.kind in FOR_A_PERSON else level


def why(kind: str) -> str:
    """Why somebody can be recognised by words of this kind, in the language of the reader."""
    info = INFO[kind]
    return info.why_nl if (get_language() or "nl").startswith("nl") else info.why_en


@lru_cache(maxsize=1)
def found_in(text: str) -> tuple[FoundInText, ...]:
    """What the privacy library finds: once for the checks below, kept while they run."""
    return tuple(find(text))


class _Marked(Check):
    """What the privacy library marks, of the kinds that are this check's."""

    time_limit: ClassVar[float] = 3.0

    def explain(self, kind: str) -> str:
        return why(kind) if kind in INFO else super().explain(kind)

    def load(self) -> None:
        find(EXAMPLE)

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        for seen in found_in(text):
            if code_of(seen.kind) == self.code:
                yield Finding(
                    self.code,
                    level_of(seen),
                    seen.start,
                    seen.end,
                    seen.kind,
                    tuple(seen.suggestions),
                )


class Traceable(_Marked):
    """Persons, numbers and details by which somebody can be recognised."""

    code = "traceable"
    name = _("Herkenbare personen en nummers")
    explanation = _("Met deze woorden is iemand misschien te herkennen.")
    reason = "traceable"


class Confidential(_Marked):
    """Words that mark what may not leave the office, such as a stamp on a document."""

    code = "confidential"
    name = _("Vertrouwelijke stukken")
    explanation = _("Dit lijkt uit een vertrouwelijk stuk te komen.")
    reason = "confidential"


#: Checks of which the author sees the findings as marks before she sends her text.
MARKING = (Traceable.code, Confidential.code)


def code_of(kind: str) -> str:
    """The check that answers for a kind of the privacy library."""
    return Confidential.code if kind == Confidential.code else Traceable.code
