"""What the finder returns, and what a detector hands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .kinds import INFO, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A traceable piece of the text: characters ``start`` up to ``end``."""

    start: int
    end: int
    kind: str
    severity: Severity
    suggestions: tuple[str, ...]

    @property
    def why_nl(self) -> str:
        return INFO[self.kind].why_nl

    @property
    def why_en(self) -> str:
        return INFO[self.kind].why_en


class Span(NamedTuple):
    """A candidate in the cleaned text. Where two overlap, the highest rank stays."""

    start: int
    end: int
    kind: str
    rank: int
    severity: Severity | None = None
