"""What a writer is shown of her own text before it is sent: marks, other words, where to turn."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from goedwerk_privacy import Finding as FoundInText
from goedwerk_privacy import abstract, find

from .checks import Level, hand_over, precision
from .checks.traceable import code_of, level_of, why
from .models import CheckPrecision
from .texts import as_html, marked

#: Signs of a digest that tells one mark from another.
DIGEST = 8


@dataclass(frozen=True)
class Mark:
    """Words by which somebody may be recognised: one person or thing, wherever it stands."""

    number: int
    kind: str
    level: Level
    #: Each way in which it is written, once.
    words: tuple[str, ...]
    times: int
    suggestions: tuple[str, ...]
    measured: CheckPrecision | None

    @property
    def why(self) -> str:
        return why(self.kind)

    @property
    def presses(self) -> list[tuple[str, str]]:
        """Each suggestion, with the value of the button that puts it in."""
        named = _folded(self.words[0])
        return [
            (suggestion, f"{self.kind} {index} {named}")
            for index, suggestion in enumerate(self.suggestions)
        ]

    @property
    def digest(self) -> str:
        return _digest(self.kind, *sorted(map(_folded, self.words)))


@dataclass(frozen=True)
class Replaced:
    """What one press did: the text before and after, and where in the list it happened."""

    before: str
    text: str
    words: str
    suggestion: str
    times: int
    place: int


@dataclass(frozen=True)
class Preview:
    """A text as readers would see it, what is marked in it, and where its writer can turn."""

    html: SafeString
    marks: list[Mark]
    signals: list[str]
    done: Replaced | None = None
    #: Shown because she pressed "send" and had not seen this yet.
    asks_first: bool = False
    #: Shown because she pressed a button, so that it takes the focus.
    takes_focus: bool = True

    @property
    def earlier(self) -> list[Mark]:
        """The marks above what was replaced just now."""
        return self.marks[: self.done.place] if self.done else self.marks

    @property
    def later(self) -> list[Mark]:
        return self.marks[self.done.place :] if self.done else []

    @property
    def seen(self) -> str:
        """What she has seen, for the form to carry along."""
        return ".".join(sorted(self._digests()))

    def has_news_for(self, seen: str) -> bool:
        """Whether something here is more than a tip, and not among what she has ``seen``."""
        return not self._digests(weighty=True) <= set(seen.split("."))

    def _digests(self, *, weighty: bool = False) -> set[str]:
        marks = [mark for mark in self.marks if not weighty or mark.level != Level.ADVISE]
        return {mark.digest for mark in marks} | {_digest("signal", name) for name in self.signals}


def preview_of(text: str, *, done: Replaced | None = None, takes_focus: bool = True) -> Preview:
    """What its writer is shown of ``text``; asks the database only where there are marks."""
    findings = find(text)
    groups = _grouped(text, findings)
    marks = _marks(text, groups)
    numbered = [
        {"start": item.start, "end": item.end, "level": str(mark.level), "number": mark.number}
        for mark, group in zip(marks, groups, strict=True)
        for item in group
    ]
    return Preview(
        html=marked(text, numbered) if marks else as_html(text),
        marks=marks,
        signals=[str(signal) for signal in hand_over.signals(text)],
        done=done,
        takes_focus=takes_focus,
    )


def replaced(text: str, press: str) -> Replaced | None:
    """``text`` after the press of a button of a mark; None where those words have gone."""
    kind, _space, rest = press.partition(" ")
    index, _space, words = rest.partition(" ")
    findings = find(text)
    for place, group in enumerate(_grouped(text, findings)):
        there = {_folded(text[item.start : item.end]) for item in group}
        if group[0].kind == kind and words in there and index.isdecimal():
            return _put_in(text, group, int(index), place)
    return None


def _put_in(text: str, group: list[FoundInText], index: int, place: int) -> Replaced | None:
    chosen = group[0].suggestions[index : index + 1]
    if not chosen:
        return None
    return Replaced(
        before=text,
        text=abstract(text, [dataclasses.replace(item, suggestions=chosen) for item in group]),
        words=text[group[0].start : group[0].end],
        suggestion=chosen[0],
        times=len(group),
        place=place,
    )


def _grouped(text: str, findings: Iterable[FoundInText]) -> list[list[FoundInText]]:
    """Findings that are about the same, in the order of the text.

    A person is one by the letter that the finder gave; anything else by its words.
    """
    groups: dict[tuple[str, ...], list[FoundInText]] = {}
    for item in findings:
        by_words = (_folded(text[item.start : item.end]),)
        same = item.suggestions if item.kind == "person" else by_words
        groups.setdefault((item.kind, *same), []).append(item)
    return list(groups.values())


def _marks(text: str, groups: list[list[FoundInText]]) -> list[Mark]:
    measured = precision.measured() if groups else {}
    low = precision.below_bar(measured)
    return [
        _mark(text, number, group, measured, low) for number, group in enumerate(groups, start=1)
    ]


def _mark(
    text: str,
    number: int,
    group: list[FoundInText],
    measured: dict[precision.OfKind, CheckPrecision],
    low: frozenset[precision.OfKind],
) -> Mark:
    first = group[0]
    of_kind = (code_of(first.kind), first.kind)
    row = measured.get(of_kind)
    return Mark(
        number=number,
        kind=first.kind,
        level=Level.ADVISE if of_kind in low else max(map(level_of, group), key=_weight),
        words=tuple(_ways(text, group)),
        times=len(group),
        suggestions=first.suggestions,
        measured=row if row and precision.says_something(row) else None,
    )


def _weight(level: Level) -> int:
    return list(Level).index(level)


def _ways(text: str, group: list[FoundInText]) -> Iterator[str]:
    ways: dict[str, str] = {}
    for item in group:
        words = text[item.start : item.end]
        ways.setdefault(_folded(words), words)
    yield from ways.values()


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _digest(*parts: str) -> str:
    said = "\n".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:DIGEST]
