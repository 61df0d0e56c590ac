"""What a report is once it was read, and what can be wrong with a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

#: Told "step so-and-so many of so-and-so many" while a long file is read.
Progress = Callable[[int, int], None]


class Problem(StrEnum):
    """Why a file cannot be read; the page has a sentence for each."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_LONG = "too_long"
    TOO_SLOW = "too_slow"
    UNKNOWN_KIND = "unknown_kind"
    OTHER_KIND = "other_kind"
    OLD_WORD = "old_word"
    ENCRYPTED = "encrypted"
    MALFORMED = "malformed"
    NO_TEXT = "no_text"
    NO_CONVERTER = "no_converter"


class Unreadable(Exception):
    """The file cannot be imported; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Limits:
    """How much a file may be. Sizes in bytes, ``seconds`` of the clock."""

    size: int = 20_000_000
    pages: int = 300
    characters: int = 1_000_000
    unpacked: int = 200_000_000
    parts: int = 5_000
    seconds: int = 60
    memory: int = 1_500_000_000


class Block(NamedTuple):
    """One paragraph, or with a ``rank`` a heading: the lower the rank, the higher it stands."""

    text: str
    rank: float | None = None


@dataclass(frozen=True)
class Section:
    """A heading with the paragraphs under it, up to the next heading. Level 1 is the highest."""

    heading: str
    level: int
    paragraphs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class Report:
    """All that is kept of a file."""

    sections: tuple[Section, ...] = field(default=())

    @property
    def characters(self) -> int:
        return sum(len(section.heading) + len(section.text) for section in self.sections)


def report_of(blocks: Iterable[Block]) -> Report:
    """Paragraphs gathered under their headings; ranks become levels 1, 2, 3 without a gap."""
    cleaned = [block._replace(text=text) for block in blocks if (text := _cleaned(block.text))]
    ranks = sorted({block.rank for block in cleaned if block.rank is not None})
    sections: list[tuple[str, int, list[str]]] = []
    for block in cleaned:
        if block.rank is not None:
            heading = " ".join(block.text.split())
            sections.append((heading, ranks.index(block.rank) + 1, []))
            continue
        if not sections:
            sections.append(("", 1, []))
        sections[-1][2].append(block.text)
    return Report(tuple(Section(name, level, tuple(texts)) for name, level, texts in sections))


#: Characters that say nothing, and that the database or a reader cannot hold.
_SILENT: dict[int, str | None] = dict.fromkeys(
    (*range(9), 0x0B, *range(0x0E, 0x20), 0x7F, 0xAD, 0xFEFF, 0xFFFE)
)
_SILENT |= {0x0C: "\n\n", 0xA0: " ", 0x202F: " "}
#: Letters that a typesetter drew as one: in a name they hide it from who looks for it.
_SILENT |= dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), start=0xFB00))


def plain(text: str) -> str:
    """Without control characters and lone surrogates; letters as a keyboard writes them."""
    text = text.translate(_SILENT).encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", text)


def _cleaned(text: str) -> str:
    """Plain, with single spaces on each line."""
    lines = (" ".join(line.split()) for line in plain(text).splitlines())
    return "\n".join(line for line in lines if line)
