from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goedwerk_privacy import Severity, find
from goedwerk_privacy.kinds import INFO

from .base import Check, Context, Finding, Level

#: What a finding of the privacy library asks for.
LEVEL_OF = {
    Severity.MUST: Level.RETURN,
    Severity.SHOULD: Level.HOLD,
    Severity.HINT: Level.ADVISE,
}


class Traceable(Check):
    """Persons, numbers and details by which somebody can be recognised."""

    code = "traceable"
    name = _("Herkenbare personen en nummers")
    explanation = _("Met deze woorden is iemand misschien te herkennen.")
    time_limit: ClassVar[float] = 3.0
    reason = "traceable"

    def explain(self, kind: str) -> str:
        info = INFO.get(kind)
        if info is None:
            return super().explain(kind)
        return info.why_nl if get_language() == "nl" else info.why_en

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        for seen in find(text):
            yield Finding(
                self.code,
                LEVEL_OF[seen.severity],
                seen.start,
                seen.end,
                seen.kind,
                tuple(seen.suggestions),
            )
