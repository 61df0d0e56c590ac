"""By what a reader chooses among stories, statements and tips, and what each can be chosen by.

Every choice is counted among what anybody may read, in two queries for any number of pages: one
for what each can be chosen by, one for their themes; and one for dialogues that changed since the
process looked. The rest is done in memory, by ``goedwerk_forum.facets``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from goedwerk_forum import facets, kinds
from goedwerk_forum.cards import Said, said_in
from goedwerk_forum.facets import Words
from goedwerk_forum.narrowing import KIND, LENS, WAITS
from goedwerk_forum.public import on_page, open_today

from .clearance import names_of_tables, uncleared_live_ids
from .models import StatementPage, Theme, TipPage
from .models.pages import Organisation

#: Names in the address. Those of a kind, a lens and what waits are those of the thread itself.
THEME, ORGANISATION, LENGTH = "thema", "organisatie", "leestijd"
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


# --- what each page can be chosen by ---------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """Of one page: its id, and by the name of each facet the values that find it."""

    page_id: int
    values: Mapping[str, frozenset[str]]


Choice = facets.Choice[Facts]
Facet = facets.Facet[Facts]


def facts_of_stories(readable: PageQuerySet, themes: Mapping[int, frozenset[str]]) -> list[Facts]:
    """The facts of stories that anybody may read, in their order; one query, or two.

    ``themes``: the slugs of each page, from ``slugs_of``. Stories whose words nobody signed for
    are left out; which those are is looked up anew after ``clearance.REMEMBER`` seconds, in as
    many queries as that takes.
    """
    return facts_of(
        readable,
        (_own("organisation", Value("")), _own("minutes", Value(1))),
        lambda pk, organisation, minutes: {
            THEME: themes.get(pk, NONE),
            ORGANISATION: only(organisation),
            LENGTH: only(length_of(minutes)),
        },
        but=set(uncleared_live_ids()),
    )


def facts_of(
    readable: PageQuerySet,
    columns: Iterable[Any],
    own: Callable[..., Mapping[str, frozenset[str]]],
    but: Collection[int] = (),
) -> list[Facts]:
    """The facts of pages, in their order, with those of the dialogue on each; one query, or two.

    The second reads dialogues that changed since this process looked. ``own`` gives what a page is
    by itself, from its id and its ``columns``; pages with an id in ``but`` are left out.
    """
    home = ("home__pk", "home__uuid", "home__version", Q(open_today("home__")))
    rows = _with_dialogue(readable).values_list("pk", *home, *columns)
    rows = [row for row in rows if row[0] not in but]
    said = said_in({pk: (uuid.hex, version) for _page, pk, uuid, version, *_own in rows if pk})
    nothing = Said()
    found = []
    for page_id, pk, _uuid, _version, is_open, *values in rows:
        here = said.get(pk, nothing)
        waits = only(YES) if here.waits and is_open else NONE
        in_dialogue = {KIND: here.kinds, LENS: here.lenses, WAITS: waits}
        found.append(Facts(page_id, {**own(page_id, *values), **in_dialogue}))
    return found


def _with_dialogue(readable: PageQuerySet) -> Any:
    """The pages with ``home``: the dialogue that readers see on each, where there is one."""
    condition = on_page("goedwerk_discussions__")
    return readable.annotate(home=FilteredRelation("goedwerk_discussions", condition=condition))


@cache
def only(value: str) -> frozenset[str]:
    return frozenset((value,))


def length_of(minutes: int) -> str:
    if minutes <= SHORT_MINUTES:
        return SHORT
    return MEDIUM if minutes <= MEDIUM_MINUTES else LONG


def _own(column: str, otherwise: Value) -> Coalesce:
    """A column that each type of story has in a table of its own."""
    return Coalesce(*(F(f"{name}__{column}") for name in names_of_tables()), otherwise)


def slugs_on(
    model: type[StatementPage | TipPage], readable: PageQuerySet, themes: Iterable[Theme]
) -> dict[int, frozenset[str]]:
    """The slugs of the themes of each page of ``model`` that anybody may read; one query."""
    of_page = model._meta.model_name
    tied = model.themes.through.objects.filter(
        **{f"{of_page}__in": readable.order_by().values("pk")}
    )
    links = tied.values_list(f"{of_page}_id", "theme_id")
    return slugs_of(links, {theme.pk: theme.slug for theme in themes})


def slugs_of(
    links: Iterable[tuple[int, int]], slugs: Mapping[int, str]
) -> dict[int, frozenset[str]]:
    """The slugs of the themes of each page, from (page id, theme id)."""
    found: dict[int, set[str]] = defaultdict(set)
    for page_id, theme_id in links:
        if theme_id in slugs:
            found[page_id].add(slugs[theme_id])
    return {page_id: frozenset(names) for page_id, names in found.items()}


# --- by what one can choose ------------------------------------------------------------------


def facets_of_stories(themes: Iterable[Theme]) -> list[Facet]:
    """Every facet of stories, in the order shown."""
    organisations = {str(value): label for value, label in Organisation.choices}
    return [
        by_theme(themes),
        facet(ORGANISATION, _("Soort organisatie"), organisations),
        facet(LENGTH, _("Leestijd"), LENGTHS),
        *by_dialogue(),
    ]


def by_theme(themes: Iterable[Theme]) -> Facet:
    values = {theme.slug: theme.name for theme in themes}
    return facet(THEME, _("Thema"), values, is_of_editors=True)


def by_dialogue() -> list[Facet]:
    """What is said in the dialogue on a page, and whether somebody waits there."""
    kind_names = {key: name.lower() for key, name in kinds.choices()}
    lens_names = {lens.key: lens.name for lens in kinds.lenses()}
    return [
        facet(KIND, _("Soort bijdrage"), kind_names),
        facet(LENS, _("Lens"), lens_names),
        by_waiting(),
    ]


def by_waiting() -> Facet:
    title = _("Wacht op een antwoord")
    return facet(WAITS, title, {YES: title}, is_yes_or_nothing=True)


def facet(name: str, title: Words, values: Mapping[str, Words], **is_so: bool) -> Facet:
    return facets.Facet(name, title, values, lambda facts: facts.values[name], **is_so)


def choice(facts: list[Facts], offered: list[Facet], request: HttpRequest) -> Choice:
    """What the address of a page leaves of the pages, and what each other value would leave."""
    asked = facets.Asked(*facets.known_in(request.GET, offered))
    return facets.choice(facts, asked, offered)
