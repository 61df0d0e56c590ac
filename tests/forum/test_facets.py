"""Choosing from a list by facets: what is left, what is counted, and the address of each choice."""

from __future__ import annotations

import pytest

from goedwerk_forum import facets

THINGS = [("appel", "rood", "klein"), ("kers", "rood", "klein"), ("kool", "rood", "groot")]
OFFERED = [
    facets.Facet("kleur", "Kleur", {"rood": "Rood", "wit": "Wit"}, lambda one: {one[1]}),
    facets.Facet("maat", "Maat", {"groot": "Groot", "klein": "Klein"}, lambda one: {one[2]}),
]


def chosen(address: dict[str, str]) -> facets.Choice:
    asked = facets.Asked(*facets.known_in(address, OFFERED))
    return facets.choice(THINGS, asked, OFFERED)


def counts(choice: facets.Choice) -> dict[str, dict[str, int]]:
    return {
        one.name: {option.value: option.count for option in one.options} for one in choice.filters
    }


def test_without_a_choice_all_is_left_and_counted():
    choice = chosen({})
    assert (choice.items, choice.total, choice.chosen) == (THINGS, 3, [])
    assert counts(choice) == {"kleur": {"rood": 3}, "maat": {"groot": 1, "klein": 2}}


def test_a_value_counts_with_all_else_that_is_chosen():
    choice = chosen({"maat": "groot"})
    assert [one[0] for one in choice.items] == ["kool"]
    assert (choice.total, choice.value_of("maat"), choice.value_of("kleur")) == (3, "groot", "")
    assert counts(choice) == {"kleur": {"rood": 1}, "maat": {"groot": 1, "klein": 2}}
    assert [(one.name, one.left_without) for one in choice.chosen] == [("maat", 3)]


def test_a_choice_that_leaves_nothing_stays_to_be_taken_away():
    choice = chosen({"kleur": "wit", "maat": "groot"})
    assert choice.items == []
    colour, size = choice.chosen
    assert (colour.left_without, colour.without) == (1, "maat=groot")
    assert (size.left_without, size.without) == (0, "kleur=wit")
    assert counts(choice)["kleur"] == {"rood": 1, "wit": 0}


def test_each_option_has_the_address_that_chooses_it():
    size = chosen({"kleur": "rood", "maat": "klein"}).filters[1]
    addresses = [option.query for option in size.options]
    assert addresses == ["kleur=rood&maat=groot", "kleur=rood&maat=klein"]
    assert [option.is_chosen for option in size.options] == [False, True]


@pytest.mark.parametrize("value", ["paars", "\x00", "x" * 5000])
def test_what_no_facet_knows_is_left_out_and_told(value):
    choice = chosen({"kleur": value, "maat": "klein", "anders": "x"})
    assert choice.asked == facets.Asked({"maat": "klein"}, is_partly_unknown=True)


def test_what_is_no_facet_is_not_told():
    assert chosen({"utm": "x", "kleur": ""}).asked == facets.Asked({}, is_partly_unknown=False)
