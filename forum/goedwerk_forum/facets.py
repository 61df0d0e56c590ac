"""By what readers choose from a list, what each choice would leave, and the address that makes it.

A list has facets, each with its values. What is chosen stands in the address, one value a facet,
so that it can be shared and kept, and needs no script. What no facet knows is left out. Each value
is counted with all else that is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.http import urlencode

Words = str | Promise
Item = TypeVar("Item")


@dataclass(frozen=True)
class Facet(Generic[Item]):
    """One thing to choose by.

    ``name`` in the address; ``values`` with their words, in the order shown; ``of`` gives the
    values of one item. ``is_of_editors``: the words are the editors' own, in the language of the
    site's texts. ``is_yes_or_nothing``: it has one value, which one asks for or not.
    """

    name: str
    title: Words
    values: Mapping[str, Words]
    of: Callable[[Item], Collection[str]]
    is_of_editors: bool = False
    is_yes_or_nothing: bool = False


@dataclass(frozen=True)
class Asked:
    """What the address asks: the chosen value by the name of its facet.

    ``is_partly_unknown``: something stood there that no facet knows, and was left out.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    is_partly_unknown: bool = False

    @property
    def address(self) -> dict[str, str]:
        """All that stands in the address, by name; a list with more in it adds that here."""
        return dict(self.chosen)

    def query(self, changes: Mapping[str, str] | None = None) -> str:
        """The address with something changed; an empty value drops it. It may be empty."""
        values = self.address | dict(changes or {})
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def without_choice(self) -> str:
        return self.query(dict.fromkeys(self.chosen, ""))


def known_in(
    address: Mapping[str, str], facets: Collection[Facet[Any]]
) -> tuple[dict[str, str], bool]:
    """The values in an address that the facets know; and whether it had others for them, too."""
    given = {one.name: address.get(one.name, "") for one in facets}
    known = {one.name: given[one.name] for one in facets if given[one.name] in one.values}
    return known, any(value and name not in known for name, value in given.items())


@dataclass(frozen=True)
class Option:
    """One value: how many items it would leave, and the address that chooses it."""

    value: str
    label: Words
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A facet as it is offered: its options, and what follows without it.

    ``without``: the address without it; ``left_without``: how many items that leaves.
    """

    facet: Facet[Any]
    options: list[Option]
    without: str
    left_without: int

    @property
    def name(self) -> str:
        return self.facet.name

    @property
    def title(self) -> Words:
        return self.facet.title

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


@dataclass(frozen=True)
class Choice(Generic[Item]):
    """What was asked and what it leaves: ``items`` in their order; ``total`` without any choice."""

    asked: Asked
    filters: list[Filter]
    items: list[Item]
    total: int

    @property
    def chosen(self) -> list[Filter]:
        return [one for one in self.filters if one.chosen]

    def value_of(self, name: str) -> str:
        return self.asked.chosen.get(name, "")


def choice(items: Iterable[Item], asked: Asked, facets: Collection[Facet[Item]]) -> Choice[Item]:
    """What ``asked`` leaves of the items, and what each other value would leave; no query."""
    used = [one for one in facets if one.name in asked.chosen]
    counts: dict[str, Counter[str]] = {one.name: Counter() for one in facets}
    left_without: Counter[str] = Counter()
    left, total = [], 0
    for item in items:
        total += 1
        against = [one for one in used if asked.chosen[one.name] not in one.of(item)]
        if not against:
            left.append(item)
        # A value counts with all that is chosen besides: so every facet that all others agree to.
        for one in facets if not against else against if len(against) == 1 else ():
            counts[one.name].update(one.of(item))
            left_without[one.name] += 1
    filters = [
        Filter(
            one,
            list(_options(one, counts[one.name], asked)),
            asked.query({one.name: ""}),
            left_without[one.name],
        )
        for one in facets
    ]
    return Choice(asked, [one for one in filters if one.options], left, total)


def _options(facet: Facet[Any], counts: Counter[str], asked: Asked) -> Iterator[Option]:
    """The values that leave something, and the one that was chosen."""
    now = asked.chosen.get(facet.name, "")
    for value, label in facet.values.items():
        if counts[value] or value == now:
            query = asked.query({facet.name: value})
            yield Option(value, label, counts[value], query, is_chosen=value == now)
