"""What a reader chooses to see of an overview: it stands in the address, and needs no script.

Every choice is counted among what anybody may read, in two queries for any number of stories: one
for what each story can be chosen by, one for their themes; and one for dialogues that changed since
the process looked. The rest is done in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from goedwerk_forum import kinds
from goedwerk_forum.cards import Said, said_in
from goedwerk_forum.public import on_page, open_today

from .clearance import names_of_tables, uncleared_live_ids
from .models import Theme
from .models.pages import Organisation

Words = str | Promise

#: Names in the address. Those of a kind, a lens and what waits are those of the thread itself.
THEME, ORGANISATION, LENGTH, KIND, LENS, WAITS = (
    "thema",
    "organisatie",
    "leestijd",
    "soort",
    "lens",
    "wacht",
)
TITLES: dict[str, Words] = {
    THEME: _("Thema"),
    ORGANISATION: _("Soort organisatie"),
    LENGTH: _("Leestijd"),
    KIND: _("Soort bijdrage"),
    LENS: _("Lens"),
    WAITS: _("Wacht op een antwoord"),
}
YES = "1"
NONE: frozenset[str] = frozenset()
SHORT, MEDIUM, LONG = "kort", "middel", "lang"
#: The most minutes of a short text, and of one of medium length.
SHORT_MINUTES, MEDIUM_MINUTES = 3, 6
LENGTHS: dict[str, Words] = {
    SHORT: format_lazy(_("Kort: hooguit {most} minuten"), most=SHORT_MINUTES),
    MEDIUM: format_lazy(
        _("Middel: {least} tot {most} minuten"), least=SHORT_MINUTES + 1, most=MEDIUM_MINUTES
    ),
    LONG: format_lazy(_("Lang: meer dan {most} minuten"), most=MEDIUM_MINUTES),
}


# --- what each story can be chosen by --------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """Of one story: its id, and by the name of each filter the values that find it."""

    page_id: int
    values: Mapping[str, frozenset[str]]


def facts_of(readable: PageQuerySet, themes: Mapping[int, frozenset[str]]) -> list[Facts]:
    """The facts of pages that anybody may read, in their order; one query, or two.

    The second reads dialogues that changed since this process looked. ``themes``: the slugs of
    each page, from ``slugs_of``. Stories whose words nobody signed for are left out; which those
    are is looked up anew after ``clearance.REMEMBER`` seconds, in as many queries as that takes.
    """
    unsigned = set(uncleared_live_ids())
    rows = [
        row
        for row in _with_dialogue(readable).values_list(
            "pk",
            _own("organisation", Value("")),
            _own("minutes", Value(1)),
            "home__pk",
            "home__uuid",
            "home__version",
            Q(open_today("home__")),
        )
        if row[0] not in unsigned
    ]
    said = said_in(
        {home: (uuid.hex, version) for *_page, home, uuid, version, _open in rows if home}
    )
    nothing = Said()
    return [
        Facts(
            pk,
            {
                THEME: themes.get(pk, NONE),
                ORGANISATION: _only(organisation),
                LENGTH: _only(length_of(minutes)),
                KIND: (here := said.get(home, nothing)).kinds,
                LENS: here.lenses,
                WAITS: _only(YES) if here.waits and is_open else NONE,
            },
        )
        for pk, organisation, minutes, home, _uuid, _version, is_open in rows
    ]


@cache
def _only(value: str) -> frozenset[str]:
    return frozenset((value,))


def length_of(minutes: int) -> str:
    if minutes <= SHORT_MINUTES:
        return SHORT
    return MEDIUM if minutes <= MEDIUM_MINUTES else LONG


def _own(column: str, otherwise: Value) -> Coalesce:
    """A column that each type of story has in a table of its own."""
    return Coalesce(*(F(f"{name}__{column}") for name in names_of_tables()), otherwise)


def _with_dialogue(readable: PageQuerySet) -> Any:
    """The pages with ``home``: the dialogue that readers see on each, where there is one."""
    condition = on_page("goedwerk_discussions__")
    return readable.annotate(home=FilteredRelation("goedwerk_discussions", condition=condition))


def slugs_of(
    links: Iterable[tuple[int, int]], slugs: Mapping[int, str]
) -> dict[int, frozenset[str]]:
    """The slugs of the themes of each page, from (page id, theme id)."""
    found: dict[int, set[str]] = defaultdict(set)
    for page_id, theme_id in links:
        if theme_id in slugs:
            found[page_id].add(slugs[theme_id])
    return {page_id: frozenset(names) for page_id, names in found.items()}


# --- what was asked --------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What the address asks: the known values by the name of their filter.

    ``is_partly_unknown``: something stood there that no filter knows, and was left out.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    is_partly_unknown: bool = False

    def query(self, without: str = "") -> str:
        """The part of the address that says it, perhaps without one filter; it may be empty."""
        return urlencode({name: value for name, value in self.chosen.items() if name != without})


def asked_in(address: Mapping[str, str], known: Mapping[str, Mapping[str, Words]]) -> Asked:
    """What an address asks of the filters that are ``known``, with their values."""
    given = {name: address.get(name, "") for name in known}
    given = {name: value for name, value in given.items() if value}
    chosen = {name: value for name, value in given.items() if value in known[name]}
    return Asked(chosen, is_partly_unknown=chosen != given)


def known_values(themes: Iterable[Theme]) -> dict[str, dict[str, Words]]:
    """Every value that a filter of stories can have, with its words, in the order shown."""
    return {
        THEME: {theme.slug: theme.name for theme in themes},
        ORGANISATION: {str(value): label for value, label in Organisation.choices},
        LENGTH: LENGTHS,
        KIND: {key: name.lower() for key, name in kinds.choices()},
        LENS: {lens.key: lens.name for lens in kinds.lenses()},
        WAITS: {YES: TITLES[WAITS]},
    }


# --- what is offered -------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One value of a filter, with how many stories it would leave."""

    value: str
    label: Words
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter: its options, and what follows without it.

    ``without``: the rest of the choice, as part of an address; ``left_without``: how many stories
    that leaves.
    """

    name: str
    title: Words
    options: list[Option]
    without: str
    left_without: int

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)

    @property
    def is_yes_or_nothing(self) -> bool:
        return self.name == WAITS

    @property
    def is_of_editors(self) -> bool:
        """Whether the words are the editors' own, in the language of the site's texts."""
        return self.name == THEME


@dataclass(frozen=True)
class Choice:
    """A choice with what it leaves: ``page_ids`` in their order; ``total`` without any choice."""

    asked: Asked
    filters: list[Filter]
    page_ids: list[int]
    total: int

    @property
    def chosen(self) -> list[Filter]:
        return [one for one in self.filters if one.chosen]

    def value_of(self, name: str) -> str:
        return self.asked.chosen.get(name, "")


def choice(facts: list[Facts], asked: Asked, known: Mapping[str, Mapping[str, Words]]) -> Choice:
    """What ``asked`` leaves of the stories, and what each other value would leave."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in known}
    left_without: Counter[str] = Counter()
    page_ids = []
    for one in facts:
        against = [name for name, value in asked.chosen.items() if value not in one.values[name]]
        if not against:
            page_ids.append(one.page_id)
        # A value counts with all that is chosen besides: so every filter that all others agree to.
        for name in known if not against else against if len(against) == 1 else ():
            counts[name].update(one.values[name])
            left_without[name] += 1
    filters = [
        Filter(
            name,
            TITLES[name],
            list(_options(values, counts[name], asked.chosen.get(name, ""))),
            asked.query(without=name),
            left_without[name],
        )
        for name, values in known.items()
    ]
    return Choice(asked, [one for one in filters if one.options], page_ids, len(facts))


def _options(values: Mapping[str, Words], counts: Counter[str], chosen: str) -> Iterator[Option]:
    """The values that leave something, and the one that was chosen."""
    for value, label in values.items():
        if counts[value] or value == chosen:
            yield Option(value, label, counts[value], is_chosen=value == chosen)
