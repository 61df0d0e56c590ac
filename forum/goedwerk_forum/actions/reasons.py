"""Why something was decided: what a statement of reasons cannot do without."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ReasonNeeded
from ..models import ReasonCode


@dataclass(frozen=True)
class Why:
    """A reason, with the decider's words; ``law`` names the law or rule that forbids it.

    Only a text that is unlawful has a ``law``; with any other reason it is left out.
    """

    reason: str
    words: str
    law: str = ""

    def require_whole(self) -> None:
        """Refuses a reason without the facts, or "unlawful" without the law.

        Raises:
            ReasonNeeded: something of it is missing.
        """
        if not self.reason or not self.words.strip():
            raise ReasonNeeded
        if self.is_unlawful and not self.law.strip():
            raise ReasonNeeded

    @property
    def is_unlawful(self) -> bool:
        return self.reason == ReasonCode.UNLAWFUL

    @property
    def ground(self) -> str:
        """The law or rule; empty where the house rules are the ground."""
        return self.law if self.is_unlawful else ""
