"""The labelled comments in ``forum/conduct_set``: read, and measured."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "forum" / "conduct_set"
#: What the tone model is made from.
TRAINING = (
    *("tuning", "fresh", "last", "training", "pairs", "tricky"),
    *("threads", "examiners", "colleagues", "voices", "contributions", "long"),
)
#: Kept aside: no model is made from these.
ASIDE = (
    *("measuring", "unseen_1", "unseen_2", "judges", "strangers", "blind", "guests", "assessors"),
    *("contrasts", "blind_contributions", "long_aside", "contrasts_long"),
)
SETS = (*ASIDE, *TRAINING)
#: Plain passages of the privacy finder's sets, which the model learns are harmless.
PLAIN = ("tuning", "varied")
PASSAGES = FOLDER.parents[1] / "privacy" / "labelled"
TRAINER = FOLDER.parents[2] / "bench" / "conduct_train.py"
#: The lists whose findings the model weighs too.
LISTS = ("hurtful", "harmless", "phrases", "cues", "speech")


#: Around what hurts, in a contribution of which the rest is harmless.
OPENS, CLOSES = "⟦⟧"


@dataclass(frozen=True)
class Comment:
    is_hurtful: bool
    kind: str
    text: str
    #: Where in the text stands what hurts: all of it, unless the set marks a part.
    start: int
    end: int

    @property
    def is_marked(self) -> bool:
        return self.end - self.start < len(self.text)


@dataclass(frozen=True)
class Score:
    """What was held of the hurtful, and left alone of the harmless."""

    hurtful: int
    held: int
    harmless: int
    alone: int
    wrong: tuple[Comment, ...]

    @property
    def recall(self) -> float:
        return self.held / self.hurtful

    @property
    def left_alone(self) -> float:
        return self.alone / self.harmless


def read_set(name: str) -> list[Comment]:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [comment(*line.split("\t")) for line in lines]


def comment(label: str, kind: str, text: str) -> Comment:
    """Of one line of a set; the signs that mark a part of the text are no part of it."""
    before, opens, rest = text.partition(OPENS)
    if not opens:
        return Comment(label == "hurtful", kind, text, 0, len(text))
    hurts, _closes, after = rest.partition(CLOSES)
    return Comment(
        label == "hurtful",
        kind,
        f"{before}{hurts}{after}",
        len(before),
        len(before) + len(hurts),
    )


def made_from() -> str:
    """A digest of the comments, passages and lists that the tone model is made from, and how."""
    from goedwerk_forum.checks.lists import FOLDER as LISTS_FOLDER

    digest = hashlib.sha256()
    for name in TRAINING:
        digest.update((FOLDER / f"{name}.tsv").read_bytes())
    for path in (*(PASSAGES / f"{name}.jsonl" for name in PLAIN), TRAINER):
        digest.update(path.read_bytes())
    for name in LISTS:
        digest.update((LISTS_FOLDER / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def digest_of(lines: Iterable[str]) -> str:
    """A digest of the model's own lines, so that nobody changes one by hand."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def measure(comments: list[Comment], is_held: Callable[[str], bool]) -> Score:
    """``is_held(text)`` says what the check makes of a text."""
    wrong = [one for one in comments if is_held(one.text) != one.is_hurtful]
    hurtful = sum(one.is_hurtful for one in comments)
    harmless = len(comments) - hurtful
    missed = sum(one.is_hurtful for one in wrong)
    return Score(
        hurtful, hurtful - missed, harmless, harmless - (len(wrong) - missed), tuple(wrong)
    )
