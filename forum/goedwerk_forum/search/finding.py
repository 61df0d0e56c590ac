"""One search: what was found, and how much of it there is by each choice."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.core.paginator import Page as Window
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .. import access, kinds
from ..models import SearchEntry, SearchFacet
from ..public import only_public_pages
from ..transitions import Display
from . import engine, sources
from .words import LONGEST, Question, asked, known_words

#: Hits that are looked at; of more, the best ones, and the page says so.
MOST = 2000
PER_PAGE = 20
#: Titles in which a word is looked for that was perhaps spelled otherwise, newest first.
TITLES = 2000
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
class Choice:
    """One value of a filter: how many hits it would leave, and the address that chooses it."""

    label: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A filter with its choices; ``all_query`` takes the choice back."""

    name: str
    title: str
    choices: list[Choice]
    all_query: str
    is_used: bool


@dataclass(frozen=True)
class Asked:
    """What stands in the address: the words, the chosen value of each filter, the order."""

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    order: str = ""

    def query(self, changes: Mapping[str, str] | None = None, *, page: int = 1) -> str:
        """The address of the same search with something changed; an empty value drops it."""
        values = {"q": self.words, **self.chosen, "volgorde": self.order, **(changes or {})}
        kept = {name: value for name, value in values.items() if value}
        return "?" + urlencode(kept | ({"pagina": str(page)} if page > 1 else {}))


@dataclass(frozen=True)
class Found:
    """What one search found."""

    question: Question
    items: Window[SearchEntry]
    total: int
    is_cut: bool
    filters: list[Filter]
    unfiltered: int
    any_word: bool = False
    suggestion: str = ""


def asked_in(parameters: Mapping[str, str]) -> Asked:
    """What an address asks; names that are no filter are left out."""
    names = [*_columns(), "periode", *sources.FACETS]
    return Asked(
        words=" ".join(parameters.get("q", "").split())[:LONGEST],
        chosen={name: parameters[name][:60] for name in names if parameters.get(name)},
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
    values = _Values(hits)
    items, chosen = _window(request, hits, values, page)
    return Found(
        question=question,
        items=items,
        total=len(chosen),
        is_cut=is_cut,
        filters=values.filters(request, hits),
        unfiltered=len(hits),
        any_word=any_word and bool(hits),
        suggestion="" if hits else _suggestion(question),
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


def _columns() -> dict[str, tuple[Promise, Callable[[Hit], str], Callable[[], dict[str, str]]]]:
    """Filters by what an entry is: title, its value, the words of all values."""
    return {
        "wat": (
            _("Wat"),
            lambda hit: hit.what,
            lambda: {key: str(kind.many) for key, kind in sources.types().items()},
        ),
        "soort": (
            _("Soort bijdrage"),
            lambda hit: hit.kind,
            lambda: {kind.key: kind.name for kind in kinds.every()},
        ),
        "lens": (
            _("Lens"),
            lambda hit: hit.lens,
            lambda: {lens.key: lens.name for lens in kinds.lenses()},
        ),
    }


def period_of(day: datetime.date) -> set[str]:
    """The periods in which a day lies: each longer one holds the shorter ones."""
    age = (timezone.localdate() - day).days
    within = {name for name, (_label, days) in PERIODS.items() if days and age <= days}
    return within or {"ouder"}


class _Values:
    """What each hit can be chosen by, per filter; one query for all that hangs on its page."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.of_page: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        rows = SearchFacet.objects.filter(page__in={hit.page_id for hit in hits})
        for page_id, name, value in rows.values_list("page_id", "name", "value"):
            self.of_page[page_id][name].add(value)
        self.columns = _columns()

    def of(self, hit: Hit, name: str) -> set[str]:
        if name in self.columns:
            value = self.columns[name][1](hit)
            return {value} if value else set()
        return period_of(hit.day) if name == "periode" else self.of_page[hit.page_id][name]

    def fits(self, hit: Hit, chosen: Mapping[str, str], but: str = "") -> bool:
        return all(value in self.of(hit, name) for name, value in chosen.items() if name != but)

    def filters(self, request: Asked, hits: list[Hit]) -> list[Filter]:
        """Each filter counts what the others leave; values without a hit are not shown."""
        named: list[tuple[str, str, dict[str, str]]] = [
            (name, str(title), labels()) for name, (title, _of, labels) in self.columns.items()
        ]
        named += [(name, str(one.title), one.labels()) for name, one in sources.FACETS.items()]
        periods = {name: str(label) for name, (label, _days) in PERIODS.items()}
        named.append(("periode", str(_("Periode")), periods))
        made = [self._filter(request, hits, *one) for one in named]
        return [one for one in made if one.choices]

    def _filter(
        self, request: Asked, hits: list[Hit], name: str, title: str, labels: dict[str, str]
    ) -> Filter:
        counts: Counter[str] = Counter()
        for hit in hits:
            if self.fits(hit, request.chosen, but=name):
                counts.update(self.of(hit, name))
        now = request.chosen.get(name, "")
        choices = [
            Choice(label, counts[value], request.query({name: value}), value == now)
            for value, label in labels.items()
            if counts[value] or value == now
        ]
        return Filter(name, title, choices, request.query({name: ""}), bool(now))


# --- one page of it --------------------------------------------------------------------------


def _window(
    request: Asked, hits: list[Hit], values: _Values, page: str | None
) -> tuple[Window[SearchEntry], list[Hit]]:
    """The entries of one page, and all chosen hits; ``hits`` loses what turns out unreadable.

    Whether a page shows the very words that were signed for, only its own fields tell: that is
    asked of what is shown.
    """
    chosen = _chosen(request, hits, values)
    items = _page_of(chosen, page)
    entries = _entries([hit.id for hit in items.object_list])
    unreadable = _unreadable(entries.values())
    if unreadable:
        hits[:] = [hit for hit in hits if hit.page_id not in unreadable]
        chosen = _chosen(request, hits, values)
        items = _page_of(chosen, page)
        entries = _entries([hit.id for hit in items.object_list])
        unreadable = _unreadable(entries.values())
    found = [entries[hit.id] for hit in items.object_list if hit.id in entries]
    items.object_list = [entry for entry in found if entry.page_id not in unreadable]
    return items, chosen


def _chosen(request: Asked, hits: list[Hit], values: _Values) -> list[Hit]:
    chosen = [hit for hit in hits if values.fits(hit, request.chosen)]
    if request.order == NEWEST:
        chosen.sort(key=lambda hit: hit.day, reverse=True)
    return chosen


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
