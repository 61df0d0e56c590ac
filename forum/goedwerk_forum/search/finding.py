"""One search: what was found, and how much of it there is by each choice."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from django.core.paginator import Page as Window
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import access, facets, kinds
from ..facets import Facet
from ..models import SearchEntry, SearchFacet
from ..narrowing import KIND, LENS
from ..public import only_public_pages
from ..transitions import Display
from . import engine, sources
from .words import LONGEST, Question, asked, known_words

#: Hits that are looked at; of more, the best ones, and the page says so.
MOST = 2000
PER_PAGE = 20
#: Titles in which a word is looked for that was perhaps spelled otherwise, newest first.
TITLES = 2000
#: Names in the address; those of a kind and a lens are those of the thread itself.
WHAT, PERIOD = "wat", "periode"
#: Periods, in days back from today; the last one is all that is older.
PERIODS: dict[str, tuple[Promise, int]] = {
    "maand": (_("Afgelopen maand"), 31),
    "kwartaal": (_("Afgelopen kwartaal"), 92),
    "jaar": (_("Afgelopen jaar"), 366),
    "ouder": (_("Ouder dan een jaar"), 0),
}
NEWEST = "nieuw"


@dataclass(frozen=True)
class Hit:
    """An entry that fits, with what it can be chosen by."""

    id: int
    what: str
    kind: str
    lens: str
    page_id: int
    day: datetime.date


@dataclass(frozen=True)
class Asked(facets.Asked):
    """What stands in the address: the words, the chosen value of each filter, the order."""

    words: str = ""
    order: str = ""

    @property
    def address(self) -> dict[str, str]:
        return {"q": self.words, **self.chosen, "volgorde": self.order}


@dataclass(frozen=True)
class Found:
    """What one search found; ``asked`` has what the filters know only."""

    asked: Asked
    question: Question
    items: Window[SearchEntry]
    total: int
    is_cut: bool
    filters: list[facets.Filter]
    unfiltered: int
    any_word: bool = False
    suggestion: str = ""


def asked_in(parameters: Mapping[str, str]) -> Asked:
    """What an address asks; ``search`` leaves out what no filter knows."""
    names = [WHAT, KIND, LENS, *sources.FACETS, PERIOD]
    return Asked(
        words=" ".join(parameters.get("q", "").split())[:LONGEST],
        chosen={name: parameters[name] for name in names if parameters.get(name)},
        order=NEWEST if parameters.get("volgorde") == NEWEST else "",
    )


def search(request: Asked, page: str | None = None) -> Found:
    """What anybody may read that fits; at most fifteen queries."""
    question = asked(request.words)
    hits = _hits(question)
    any_word = False
    if not hits and len(question.words) > 1:
        hits, any_word = _any_word(question), True
    is_cut = len(hits) > MOST
    hits = hits[:MOST]
    offered = _facets(hits)
    chosen, is_partly_unknown = facets.known_in(request.chosen, offered)
    request = replace(request, chosen=chosen, is_partly_unknown=is_partly_unknown)
    items, choice = _window(request, hits, offered, page)
    return Found(
        asked=request,
        question=question,
        items=items,
        total=len(choice.items),
        is_cut=is_cut,
        filters=choice.filters,
        unfiltered=choice.total,
        any_word=any_word and bool(choice.total),
        suggestion="" if choice.total else _suggestion(question),
    )


# --- what fits -------------------------------------------------------------------------------


def readable_entries() -> QuerySet[SearchEntry]:
    """What anybody may read now, whatever stands in the index."""
    of_pages = Q(contribution__isnull=True, page__in=access.public_pages().values("pk"))
    said = Q(
        contribution__display=Display.TEXT,
        contribution__discussion__in=access.public_discussions().values("pk"),
    )
    return SearchEntry.objects.filter(of_pages | said)


def _hits(question: Question) -> list[Hit]:
    if not question:
        return []
    return [Hit(*row) for row in engine.matching(question, readable_entries(), MOST + 1)]


def _any_word(question: Question) -> list[Hit]:
    """What has one of the words, where nothing has all; those with more of them first."""
    found: dict[int, Hit] = {}
    times: Counter[int] = Counter()
    for word in question.words[:3]:
        for hit in _hits(Question(words=(word,))):
            found.setdefault(hit.id, hit)
            times[hit.id] += 1
    return [found[pk] for pk, _times in times.most_common(MOST + 1)]


def _suggestion(question: Question) -> str:
    """The same question with words that stand in titles; empty where they are no better."""
    titles = readable_entries().filter(contribution__isnull=True).order_by("-day", "pk")
    known = known_words(titles.values_list("title", flat=True)[:TITLES])
    words = [word for phrase in question.phrases for word in phrase] + list(question.words)
    better = [next(iter(get_close_matches(word, known, 1, 0.75)), word) for word in words]
    return " ".join(better) if better != words else ""


# --- filters ---------------------------------------------------------------------------------


def _facets(hits: Iterable[Hit]) -> list[Facet[Hit]]:
    """By what the hits can be chosen; one query for all that hangs on their pages."""
    of_page = _values_of_pages({hit.page_id for hit in hits})
    types = {key: kind.many for key, kind in sources.types().items()}
    kind_names = {kind.key: kind.name for kind in kinds.every()}
    lens_names = {lens.key: lens.name for lens in kinds.lenses()}
    periods = {name: label for name, (label, _days) in PERIODS.items()}
    return [
        Facet(WHAT, _("Wat"), types, lambda hit: {hit.what}),
        Facet(KIND, _("Soort bijdrage"), kind_names, lambda hit: {hit.kind}),
        Facet(LENS, _("Lens"), lens_names, lambda hit: {hit.lens}),
        *(_of_pages(name, one, of_page) for name, one in sources.FACETS.items()),
        Facet(PERIOD, _("Periode"), periods, lambda hit: period_of(hit.day)),
    ]


def _values_of_pages(page_ids: set[int]) -> Mapping[tuple[int, str], set[str]]:
    """The values of each page by (its id, the name of a facet)."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    rows = SearchFacet.objects.filter(page__in=page_ids)
    for page_id, name, value in rows.values_list("page_id", "name", "value"):
        found[page_id, name].add(value)
    return found


def _of_pages(
    name: str, one: sources.Facet, of_page: Mapping[tuple[int, str], set[str]]
) -> Facet[Hit]:
    nothing: set[str] = set()
    return Facet(
        name, one.title, one.labels(), lambda hit: of_page.get((hit.page_id, name), nothing)
    )


def period_of(day: datetime.date) -> set[str]:
    """The periods in which a day lies: each longer one holds the shorter ones."""
    age = (timezone.localdate() - day).days
    within = {name for name, (_label, days) in PERIODS.items() if days and age <= days}
    return within or {"ouder"}


# --- one page of it --------------------------------------------------------------------------


def _window(
    request: Asked, hits: list[Hit], offered: list[Facet[Hit]], page: str | None
) -> tuple[Window[SearchEntry], facets.Choice[Hit]]:
    """The entries of one page, and the choice among all hits but those that turn out unreadable.

    Whether a page shows the very words that were signed for, only its own fields tell: that is
    asked of what is shown.
    """
    if request.order == NEWEST:
        hits = sorted(hits, key=lambda hit: hit.day, reverse=True)
    choice = facets.choice(hits, request, offered)
    items = _page_of(choice.items, page)
    entries = _entries([hit.id for hit in items.object_list])
    unreadable = _unreadable(entries.values())
    if unreadable:
        readable = [hit for hit in hits if hit.page_id not in unreadable]
        choice = facets.choice(readable, request, offered)
        items = _page_of(choice.items, page)
        entries = _entries([hit.id for hit in items.object_list])
        unreadable = _unreadable(entries.values())
    found = [entries[hit.id] for hit in items.object_list if hit.id in entries]
    items.object_list = [entry for entry in found if entry.page_id not in unreadable]
    return items, choice


def _page_of(hits: list[Hit], page: str | None) -> Window[Any]:
    return Paginator(hits, PER_PAGE).get_page(page)


def _entries(ids: list[int]) -> dict[int, SearchEntry]:
    found = SearchEntry.objects.select_related(
        "page",
        "contribution__participant",
        "contribution__discussion__page",
        "contribution__discussion__branch_of",
    )
    return found.in_bulk(ids)


def _unreadable(entries: Iterable[SearchEntry]) -> set[int]:
    pages = {entry.page_id: entry.page for entry in entries}
    return set(pages) - {page.pk for page in only_public_pages(pages.values())}
