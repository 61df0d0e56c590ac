"""The form of the case page, on a contribution that does not exist."""

from __future__ import annotations

from typing import Any

from ..models import Contribution, Waiting
from ..transitions import Action, State
from .forms import DecisionForm

#: What every practice case is: new, and held for an ambassador. Never saved.
HELD = Contribution(state=State.HELD, waiting=Waiting.NEW)


class PracticeForm(DecisionForm):
    """Decision, reason and words, with the wording and the rules of the real form."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field out
    law = None  # type: ignore[assignment]  # nothing goes out, so nothing has to rest on a law

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(HELD, None, *args, **kwargs)

    @property
    def decided(self) -> tuple[str, str]:
        """The decision and its reason; publishing has none."""
        action = self.cleaned_data["action"]
        return action, "" if action == Action.PUBLISH else self.cleaned_data["reason"]
