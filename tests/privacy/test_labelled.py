"""The bars the finder has to reach, on passages kept aside for measuring and on the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from labelled_set import ASIDE, TUNED, Passage, Score, measure, read_set, recased

from goedwerk_privacy import DIRECT_KINDS, KINDS, QUASI_KINDS, find

PERSON_BAR, DIRECT_BAR, QUASI_BAR, CLEAN_BAR = 0.95, 0.97, 0.85, 0.95


@pytest.fixture(scope="module", params=[TUNED, ASIDE, ("kept",)], ids=["tuned", "aside", "kept"])
def score(request: pytest.FixtureRequest) -> Score:
    return measure(read_set(*request.param))


def test_the_sets_are_large_and_apart() -> None:
    tuned, aside = read_set(*TUNED), read_set(*ASIDE)
    assert len(aside) >= 400
    assert len({one.id for one in tuned + aside}) == len(tuned + aside)
    assert not {one.text for one in tuned} & {one.text for one in aside}


@pytest.mark.parametrize("name", ["tuning", "varied", "measuring", "kept"])
def test_every_kind_is_labelled_and_every_label_is_a_kind(name: str) -> None:
    labelled = {label.kind for passage in read_set(name) for label in passage.labels}
    assert labelled == set(KINDS)


def test_recall_of_persons(score: Score) -> None:
    assert score.recall("person") >= PERSON_BAR


@pytest.mark.parametrize("kind", sorted(set(DIRECT_KINDS) - {"person"}))
def test_recall_of_direct_identifiers(score: Score, kind: str) -> None:
    assert score.recall(kind) >= DIRECT_BAR


@pytest.mark.parametrize("kind", QUASI_KINDS)
def test_recall_of_quasi_identifiers(score: Score, kind: str) -> None:
    assert score.recall(kind) >= QUASI_BAR


def test_passages_without_identifiers_stay_unmarked(score: Score) -> None:
    assert score.clean >= 24
    assert score.left_alone >= CLEAN_BAR


def test_what_is_marked_is_mostly_right(score: Score) -> None:
    assert score.precision(*KINDS) >= 0.95


def test_most_findings_name_the_right_kind(score: Score) -> None:
    assert sum(score.same_kind.values()) >= 0.95 * sum(score.found.values())


@pytest.mark.parametrize("case", [str.lower, str.upper], ids=["small", "large"])
def test_casing_costs_little(case: Callable[[str], str]) -> None:
    score = measure(recased(read_set(*ASIDE), case))
    assert score.recall(*DIRECT_KINDS) >= 0.93
    assert score.recall(*QUASI_KINDS) >= 0.83
    assert score.left_alone >= CLEAN_BAR


@pytest.mark.parametrize("passage", read_set("tuning")[::9], ids=lambda passage: passage.id)
def test_small_letters_do_not_raise_or_shift(passage: Passage) -> None:
    for finding in find(passage.text.lower()):
        assert passage.text.lower()[finding.start : finding.end].strip() != ""
