"""The same passages without capitals, and in capitals only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from labelled_set import Passage, measure, read_set

from goedwerk_privacy import DIRECT_KINDS, find


def _recased(passage: Passage, case: Callable[[str], str]) -> Passage:
    return Passage(passage.id, case(passage.text), passage.labels)


@pytest.mark.parametrize("case", [str.lower, str.upper], ids=["small", "large"])
@pytest.mark.parametrize("name", ["tuning", "measuring"])
def test_casing_costs_little(name: str, case: Callable[[str], str]) -> None:
    score = measure([_recased(passage, case) for passage in read_set(name)])
    assert score.recall(*DIRECT_KINDS) >= 0.88
    assert score.left_alone >= 0.95


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("toen mark binnenkwam viel het stil", ["mark"]),
        ("zij werkt bij stichting de brug als hulp", ["stichting de brug"]),
        ("de burgemeester van losser zweeg", ["burgemeester van losser"]),
        ("het hoofd handhaving zei nee", ["hoofd handhaving"]),
        ("JAN DE BOER UIT ALMELO KREEG GELIJK", ["JAN DE BOER", "ALMELO"]),
        ("de secretaris-generaal van vws belde", ["secretaris-generaal van vws"]),
    ],
)
def test_found_without_the_help_of_capitals(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in find(text)] == found
