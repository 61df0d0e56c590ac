"""The voice for which a guide asks openly, as pages show it; no query."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from . import kinds
from .models import Discussion, Viewpoint


@dataclass(frozen=True)
class Called:
    """A kind of contribution with its question; ``eyes`` says through whose, empty: anybody's.

    ``query`` is what makes the writing form begin with it.
    """

    kind: str
    name: str
    prompt: str
    viewpoint: str = ""
    eyes: str = ""

    @property
    def query(self) -> str:
        asked = {"soort": self.kind} | ({"ogen": self.viewpoint} if self.viewpoint else {})
        return urlencode(asked)


def called_in(discussion: Discussion) -> Called | None:
    """What its guide asks for while people can write there; None where she asks for nothing."""
    if not discussion.called_kind or not discussion.is_open:
        return None
    words = kinds.words_of(discussion.called_kind)
    if not words.is_in_use:
        return None
    viewpoint = discussion.called_viewpoint
    eyes = str(Viewpoint(viewpoint).label) if viewpoint else ""
    return Called(words.key, words.name, words.prompt, viewpoint, eyes)
