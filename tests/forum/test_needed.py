"""What a row of words cannot do without: told before the search, and never less than it finds."""

from __future__ import annotations

from collections import defaultdict

import pytest

import conduct_labels as labels
from goedwerk_forum.checks import hand_over
from goedwerk_forum.checks.hand_over import signals
from goedwerk_forum.checks.lexicon import shipped
from goedwerk_forum.checks.lists import FOLDER, content, lines_of, read_phrases
from goedwerk_forum.checks.needed import Needed
from goedwerk_forum.checks.normal import sentences, tokens
from goedwerk_forum.checks.patterns import ELEMENT, Patterns


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


def in_words(element: list[list[str]]) -> list[str]:
    """The first alternative of an element, as somebody could write it."""
    return [word.removesuffix("*") for word in element[0]]


@pytest.mark.parametrize("name", ["phrases", "harmless"])
def test_each_phrase_is_found_as_it_stands(name):
    """Its elements one after another, those that may be missing left out."""
    phrases, classes = read_phrases(lines_of("phrases"))
    listed = [one for one, _term in phrases]
    if name == "harmless":
        listed = [one for one in content(lines_of("harmless")) if " " in one]
    for phrase in listed:
        patterns = Patterns([phrase], classes)
        said = [
            word
            for element in ELEMENT.findall(phrase)
            if element not in "^$" and element[0] != "~" and element[-1] not in "?+"
            for word in in_words(patterns._alternatives(element))
        ]
        words = tokens(" ".join(said))
        assert [match.pattern for match in patterns.find(words, {})], phrase


def test_no_rule_for_another_place_is_passed_over():
    rules = hand_over._rules()
    lines = (FOLDER / "hand_over.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and line[0] not in "#@["]
    harmless = lines.index("[despair]") - lines.index("[harmless]") - 1
    assert len(rows) > 100
    for row in rows[harmless:]:
        said = [element[0].removesuffix("*") for element in rules._needs(row)]
        assert rules.needed.any_in(said), row


@pytest.fixture(scope="module")
def texts():
    sets = ("tuning", "measuring", "judges", "long_aside")
    return [one.text for name in sets for one in labels.read_set(name)]


def test_search_finds_no_less_for_it(texts, monkeypatch):
    quick = [(list(shipped().hits(tokens(text))), signals(text)) for text in texts]
    monkeypatch.setattr(Needed, "any_in", lambda *_: True)
    assert quick == [(list(shipped().hits(tokens(text))), signals(text)) for text in texts]
    assert any(hits for hits, _signals in quick)
    assert any(heard for _hits, heard in quick)


def test_most_sentences_are_not_searched(texts, monkeypatch):
    asked: dict[Needed, list[bool]] = defaultdict(list)
    any_in = Needed.any_in

    def remembered(self: Needed, words: list[str]) -> bool:
        asked[self].append(any_in(self, words))
        return asked[self][-1]

    monkeypatch.setattr(Needed, "any_in", remembered)
    for text in texts:
        signals(text)
        list(shipped().hits(tokens(text)))
    assert len(asked) == 2
    for answers in asked.values():
        assert sum(answers) < len(answers) / 2


def test_sentences_are_those_of_the_text():
    words = tokens("Dat is zo. Of niet? Misschien")
    plain = [[word.plain for word in words[one.first : one.last + 1]] for one in sentences(words)]
    assert plain == [["dat", "is", "zo"], ["of", "niet"], ["misschien"]]
    assert list(sentences(tokens(""))) == []
