"""Reads the labelled passages and counts what the finder makes of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from goedwerk_privacy import DIRECT_KINDS, KINDS, find

FOLDER = Path(__file__).parent / "labelled"
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\](?!\])")
# A direct identifier must be covered whole; of a phrase the larger part is enough.
_DIRECT_COVER, _QUASI_COVER = 0.9, 0.5


# What the rules were written with, and what was kept aside to measure them by.
TUNED = ("tuning", "varied")
ASIDE = ("measuring", "fresh", "kept")


class Found(Protocol):
    """A marked place, by this finder or by another."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


class Label(NamedTuple):
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Passage:
    id: str
    text: str
    labels: tuple[Label, ...]


def read_set(*names: str) -> list[Passage]:
    lines = [
        line
        for name in names
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [_passage(**json.loads(line)) for line in lines]


def recased(passages: list[Passage], case: Callable[[str], str]) -> list[Passage]:
    """The same passages in small letters or in capitals, where that shifts nothing."""
    return [
        Passage(one.id, case(one.text), one.labels)
        for one in passages
        if len(case(one.text)) == len(one.text)
    ]


def _passage(id: str, text: str) -> Passage:  # noqa: A002
    plain, labels, position = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[position : match.start()]
        labels.append(Label(len(plain), len(plain) + len(match[2]), match[1]))
        plain, position = plain + match[2], match.end()
    return Passage(id, plain + text[position:], tuple(labels))


@dataclass
class Score:
    """Counts over a set; a ratio of nothing is 1."""

    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    same_kind: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    clean_unmarked: int = 0

    def recall(self, *kinds: str) -> float:
        return _ratio(
            sum(self.found[kind] for kind in kinds), sum(self.labels[kind] for kind in kinds)
        )

    def precision(self, *kinds: str) -> float:
        marked = sum(self.findings[kind] for kind in kinds)
        return 1 - sum(self.beside[kind] for kind in kinds) / marked if marked else 1.0

    @property
    def left_alone(self) -> float:
        return _ratio(self.clean_unmarked, self.clean)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def measure(passages: list[Passage], finder: Callable[[str], Sequence[Found]] = find) -> Score:
    score = Score()
    for passage in passages:
        _count(score, passage, finder(passage.text))
    return score


def _count(score: Score, passage: Passage, findings: Sequence[Found]) -> None:
    for label in passage.labels:
        score.labels[label.kind] += 1
        score.found[label.kind] += _covered(label, findings)
        score.same_kind[label.kind] += any(
            _meets(label, one) and one.kind == label.kind for one in findings
        )
    for one in findings:
        score.findings[one.kind] += 1
        score.beside[one.kind] += not any(_meets(label, one) for label in passage.labels)
    if not passage.labels:
        score.clean += 1
        score.clean_unmarked += not findings


def _covered(label: Label, findings: Sequence[Found]) -> bool:
    marked = sum(max(0, min(label.end, one.end) - max(label.start, one.start)) for one in findings)
    need = _DIRECT_COVER if label.kind in DIRECT_KINDS else _QUASI_COVER
    return marked >= need * (label.end - label.start)


def _meets(label: Label, finding: Found) -> bool:
    return finding.start < label.end and label.start < finding.end


def all_kinds(score: Score) -> list[str]:
    return [kind for kind in KINDS if score.labels[kind] or score.findings[kind]]
