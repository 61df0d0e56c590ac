"""What the editors made of a raw experience so far: the texts, the decisions, the three answers.

It lives as JSON in ``Submission.sealed_work`` and nowhere else: no page, revision or autosave of
Wagtail sees it before the story is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from .raw import Raw

#: Parts of a story, in reading order; the names are those of the page's fields.
PARTS = ("title", "lead", "what_happened", "tension", "weighed", "done", "hindsight")
#: The three questions on being recognised; the names are those of the page's fields.
CHECKS = ("check_singling_out", "check_linking", "check_inference")

_TOKENS = re.compile(r"\w+|\W")


@dataclass(frozen=True)
class Swap:
    """A place in a text of now where ``words`` stood before decision ``decision``."""

    start: int
    end: int
    words: str
    decision: int


@dataclass(frozen=True)
class Decision:
    """What an editor decided about a finding: other words in its place, or a reason to keep it.

    ``words`` are the forms it was decided for: a full name, a surname, a possessive.
    """

    number: int
    kind: str
    words: tuple[str, ...]
    put: str = ""
    reason: str = ""

    @property
    def is_kept(self) -> bool:
        return bool(self.reason)


@dataclass
class Work:
    """The texts per part with what was decided on them; ``version`` rises with each save.

    ``hands`` are the keys of all editors who wrote in it: none of them signs it as the second.
    """

    texts: dict[str, str]
    swaps: dict[str, list[Swap]] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    checks: dict[str, str] = field(default_factory=dict)
    hands: list[str] = field(default_factory=list)
    version: int = 0

    @classmethod
    def begun(cls, raw: Raw) -> Work:
        """The raw text itself: abstracting starts from what was told."""
        return cls(texts={part: str(getattr(raw, part, "")) for part in PARTS})

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Work:
        return cls(
            texts={part: fields["texts"].get(part, "") for part in PARTS},
            swaps={
                part: [Swap(**swap) for swap in swaps] for part, swaps in fields["swaps"].items()
            },
            decisions=[
                Decision(**decision | {"words": tuple(decision["words"])})
                for decision in fields["decisions"]
            ],
            checks=dict(fields["checks"]),
            hands=list(fields["hands"]),
            version=fields["version"],
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    # --- the texts ---------------------------------------------------------------------------

    def write(self, texts: Mapping[str, str]) -> None:
        """Takes over what was typed; what stands where it stood can still be undone."""
        for part, text in texts.items():
            if part in self.texts and text != self.texts[part]:
                self.swaps[part] = moved(self.swaps.get(part, []), self.texts[part], text)
                self.texts[part] = text

    def put(self, part: str, places: Iterable[tuple[int, int]], words: str, decision: int) -> None:
        """Replaces places of one part, given by the offsets they have now."""
        swaps = list(self.swaps.get(part, []))
        for start, end in sorted(places, reverse=True):
            swaps = shifted(swaps, start, end, len(words))
            swaps.append(Swap(start, start + len(words), self.texts[part][start:end], decision))
            self.texts[part] = self.texts[part][:start] + words + self.texts[part][end:]
        self.swaps[part] = sorted(swaps, key=lambda swap: swap.start)

    # --- the decisions -----------------------------------------------------------------------

    def decide(self, *, kind: str, words: Iterable[str], put: str = "", reason: str = "") -> int:
        """Writes a decision down and returns its number."""
        number = 1 + max((decision.number for decision in self.decisions), default=0)
        self.decisions.append(Decision(number, kind, tuple(words), put, reason))
        return number

    def undo(self, number: int) -> None:
        """Puts the words of a decision back, where the editor did not write over them since."""
        for part in list(self.swaps):
            for swap in reversed([one for one in self.swaps[part] if one.decision == number]):
                self._put_back(part, swap)
        self.decisions = [one for one in self.decisions if one.number != number]

    def _put_back(self, part: str, swap: Swap) -> None:
        text = self.texts[part]
        self.texts[part] = text[: swap.start] + swap.words + text[swap.end :]
        others = [one for one in self.swaps[part] if one != swap]
        self.swaps[part] = shifted(others, swap.start, swap.end, len(swap.words))

    def kept(self) -> list[tuple[str, str]]:
        """(words, reason) for everything that may stay, each form once."""
        found: dict[str, str] = {}
        for decision in self.decisions:
            if decision.is_kept:
                found |= dict.fromkeys(decision.words, decision.reason)
        return list(found.items())


def shifted(swaps: Iterable[Swap], start: int, end: int, length: int) -> list[Swap]:
    """The swaps after characters ``start`` to ``end`` became ``length`` long.

    A swap that overlaps what changed has gone: its words are somebody's own now.
    """
    by = length - (end - start)
    return [
        replace(swap, start=swap.start + by, end=swap.end + by) if swap.start >= end else swap
        for swap in swaps
        if swap.end <= start or swap.start >= end
    ]


def moved(swaps: list[Swap], before: str, after: str) -> list[Swap]:
    """The swaps whose words still stand in ``after``, where they stand now."""
    blocks = _unchanged(before, after) if swaps else []
    return [
        replace(swap, start=swap.start + by, end=swap.end + by)
        for start, end, by in blocks
        for swap in swaps
        if start <= swap.start and swap.end <= end
    ]


def _unchanged(before: str, after: str) -> list[tuple[int, int, int]]:
    """(start, end, shift) of the stretches of ``before`` that ``after`` has too, word by word."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    old_at, new_at = _offsets(old), _offsets(new)
    blocks = SequenceMatcher(None, old, new).get_matching_blocks()
    return [
        (old_at[block.a], old_at[block.a + block.size], new_at[block.b] - old_at[block.a])
        for block in blocks
        if block.size
    ]


def _offsets(tokens: list[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets
