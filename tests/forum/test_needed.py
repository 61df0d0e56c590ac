"""What a row of words cannot do without: told before the search, and never less than it finds."""

from __future__ import annotations

import pytest

import conduct_labels as labels
from goedwerk_forum.checks.hand_over import signals
from goedwerk_forum.checks.lexicon import shipped
from goedwerk_forum.checks.needed import Needed
from goedwerk_forum.checks.normal import sentences, tokens


@pytest.mark.parametrize(
    ("words", "is_possible"),
    [
        ("ik wil weg", True),
        ("weg wil ik", True),  # the search says whether the order is right
        ("wij willen wegblijven", True),
        ("wil weg", False),
        ("ik wil", False),
        ("ik weg", False),
        ("stop", True),
        ("stoppen", False),
        ("", False),
    ],
)
def test_row_is_possible_where_none_of_its_elements_is_missing(words, is_possible):
    needed = Needed([[["ik", "wij"], ["wil*"], ["weg*"]], [["stop"]]])
    assert needed.any_in(words.split()) == is_possible


def test_nothing_is_possible_of_no_rows():
    assert not Needed([]).any_in(["ik"])


@pytest.fixture(scope="module")
def texts():
    sets = ("tuning", "measuring", "judges", "long_aside")
    return [one.text for name in sets for one in labels.read_set(name)]


def test_search_finds_no_less_for_it(texts, monkeypatch):
    quick = [(list(shipped().hits(tokens(text))), signals(text)) for text in texts]
    monkeypatch.setattr(Needed, "any_in", lambda *_: True)
    assert quick == [(list(shipped().hits(tokens(text))), signals(text)) for text in texts]
    assert any(hits for hits, _signals in quick)


def test_most_sentences_are_not_searched(texts, monkeypatch):
    asked: list[bool] = []
    any_in = Needed.any_in
    monkeypatch.setattr(
        Needed, "any_in", lambda self, words: asked.append(any_in(self, words)) or asked[-1]
    )
    for text in texts:
        signals(text)
    assert sum(asked) < len(asked) / 4


def test_sentences_are_those_of_the_text():
    words = tokens("Dat is zo. Of niet? Misschien")
    plain = [[word.plain for word in words[one.first : one.last + 1]] for one in sentences(words)]
    assert plain == [["dat", "is", "zo"], ["of", "niet"], ["misschien"]]
    assert list(sentences(tokens(""))) == []
