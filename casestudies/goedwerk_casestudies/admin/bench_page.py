"""What the page of the workbench shows: the parts in two columns, the findings, the reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from goedwerk_forum.checks.traceable import why

from ..actions.workbench import Desk
from ..findings import Seen
from ..obstacles import label_of
from ..reading_level import Level, Sentence, level_of, long_sentences
from ..work import PARTS
from .marks import marked, marks_of_now, marks_of_raw

#: Rows of a field: one per so many characters, within bounds.
PER_ROW, FEWEST_ROWS, MOST_ROWS = 45, 3, 24
#: Words between square brackets: a suggestion that is not a sentence yet.
BRACKETS = re.compile(r"\[[^\]\n]{1,80}\]")


@dataclass(frozen=True)
class Part:
    """One part of the story: what was told, and what was made of it, both with their marks."""

    name: str
    label: str
    raw: SafeString
    now: SafeString
    text: str
    is_open: bool

    @property
    def rows(self) -> int:
        needed = len(self.text) // PER_ROW + self.text.count("\n") + 1
        return max(1 if self.name == "title" else FEWEST_ROWS, min(MOST_ROWS, needed))


@dataclass(frozen=True)
class InHand:
    """The finding in hand, with all that helps to decide on it."""

    seen: Seen
    why: str
    part: str
    forms: list[str]
    places: int
    previous: str
    following: str


@dataclass(frozen=True)
class Reading:
    """How hard the text is to read, as an advice."""

    level: Level | None
    long: list[tuple[str, str, int]]
    brackets: int


def bench_context(desk: Desk, key: str = "", **extra: Any) -> dict[str, Any]:
    """All that the template needs; ``typed`` are texts that were not kept, to show again."""
    examined = desk.examined
    here = examined.find_key(key) or (examined.open[0] if examined.open else None)
    typed = extra.get("typed") or {}
    return {
        "desk": desk,
        "version": desk.work.version,
        "parts": [_part(desk, name, here, typed) for name in PARTS],
        "here": _in_hand(desk, here) if here else None,
        "open": [(seen, label_of(seen.part)) for seen in examined.open],
        "left": left_of(desk),
        "decisions": list(reversed(desk.work.decisions)),
        "reading": reading_of(desk.work.texts),
        **extra,
    }


def left_of(desk: Desk) -> dict[str, int]:
    """What waits for a decision, per severity, by names that a template can use."""
    return {str(severity): number for severity, number in desk.examined.left().items()} | {
        "all": len(desk.examined.open)
    }


def _part(desk: Desk, name: str, here: Seen | None, typed: dict[str, str]) -> Part:
    text = desk.work.texts[name]
    told = desk.raw.parts().get(name, "")
    examined = desk.examined
    now = marks_of_now(
        (seen for seen in examined.open if seen.part == name),
        (seen for seen in examined.kept if seen.part == name),
        desk.work.swaps.get(name, []),
        here.key if here else "",
    )
    before = marks_of_raw((seen for seen in examined.raw if seen.part == name), examined, here)
    shown = typed.get(name, text)
    return Part(
        name=name,
        label=label_of(name),
        raw=marked(told, before),
        now=marked(text, now, long_sentences(text)),
        text=shown,
        is_open=not text.strip() or shown != text,
    )


def _in_hand(desk: Desk, seen: Seen) -> InHand:
    waiting = desk.examined.open
    same = desk.examined.same(seen)
    place = seen.number - 1
    return InHand(
        seen=seen,
        why=why(seen.kind),
        part=label_of(seen.part),
        forms=[words for words in dict.fromkeys(one.words for one in same) if words != seen.words],
        places=len(same),
        previous=waiting[place - 1].key,
        following=waiting[(place + 1) % len(waiting)].key,
    )


def reading_of(texts: dict[str, str]) -> Reading:
    running = [part for part in PARTS if part != "title"]
    long = [
        (part, _beginning(texts[part], sentence), sentence.words)
        for part in running
        for sentence in long_sentences(texts[part])
    ]
    return Reading(
        level=level_of("\n".join(texts[part] for part in running)),
        long=long,
        brackets=sum(len(BRACKETS.findall(text)) for text in texts.values()),
    )


def _beginning(text: str, sentence: Sentence) -> str:
    return " ".join(text[sentence.start : sentence.end].split()[:7])
