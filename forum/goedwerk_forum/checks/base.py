from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from django.utils.functional import Promise

#: The kind of what a check leaves that failed: a person looks.
FAILED = "failed"


class Level(StrEnum):
    """What a finding asks for: advice only, a person, or the author's own second look."""

    ADVISE = "advise"
    HOLD = "hold"
    RETURN = "return"


@dataclass(frozen=True)
class Finding:
    """Something a check saw; ``start`` and ``end`` are character offsets, equal for the whole."""

    check: str
    level: Level
    start: int = 0
    end: int = 0
    kind: str = ""
    suggestions: tuple[str, ...] = ()
    #: It would hold or return the text, were ambassadors to find its kind right more often.
    is_below_bar: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "level": str(self.level),
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "suggestions": list(self.suggestions),
            "is_below_bar": self.is_below_bar,
        }


@dataclass(frozen=True)
class Context:
    """What a check may know besides the text: nothing that tells who wrote it."""

    by_newcomer: bool = False
    #: The story is a sensitive one.
    is_sensitive: bool = False
    is_edit: bool = False
    #: Software gave an earlier version back: this one, whatever is left in it, goes to a person.
    was_returned: bool = False
    #: Its author saw what the finder marks in it: what is left, goes to a person as well.
    marks_seen: bool = False
    #: Texts lately written in the same discussion, this one not among them.
    others: tuple[str, ...] = ()
    #: From when the check finds something here; None where nobody set it.
    threshold: int | None = None


class Check(ABC):
    """One thing to look at in a text.

    ``code`` names it in findings and records, ``name`` and ``explanation`` are for people (B1),
    ``time_limit`` is in seconds: a check that takes longer counts as failed, and a person looks.
    ``reason`` is the reason code of a contribution returned on its account. Where ``is_judged``,
    ambassadors' decisions count for or against it. ``threshold_name`` and ``threshold_range`` let
    an owner set from when it finds something; ``run`` then asks ``self.threshold(context)``.
    """

    code: ClassVar[str]
    name: ClassVar[str | Promise]
    explanation: ClassVar[str | Promise]
    time_limit: ClassVar[float] = 1.0
    reason: ClassVar[str] = ""
    is_judged: ClassVar[bool] = True
    #: Whatever it finds is advice, and where it fails nobody needs to look for that.
    only_advises: ClassVar[bool] = False
    #: What its threshold counts, in words; empty where it has none.
    threshold_name: ClassVar[str | Promise] = ""
    threshold_range: ClassVar[tuple[int, int]] = (0, 100)
    default_threshold: int | None = None

    def explain(self, kind: str) -> str:
        """Why a finding of ``kind`` matters, for people."""
        return str(self.explanation)

    def load(self) -> None:  # noqa: B027 - most checks need nothing
        """What is read once in the life of a process, such as files; asks no database."""

    def prepare(self) -> None:  # noqa: B027 - most checks need nothing
        """What is read once before a batch of texts, such as lists in the database."""

    def threshold(self, context: Context) -> int:
        """The threshold in force."""
        return (self.default_threshold or 0) if context.threshold is None else context.threshold

    @abstractmethod
    def run(self, text: str, context: Context) -> Iterable[Finding]:
        """What the check sees in ``text``."""

    def finding(
        self, level: Level, start: int = 0, end: int = 0, kind: str = ""
    ) -> Iterator[Finding]:
        yield Finding(self.code, level, start, end, kind)
