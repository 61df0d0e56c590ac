"""What the pages of a harvest show: its parts with the words of others, and its versions."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, PageLogEntry, Revision

from . import harvests
from .harvest_text import STREAMS
from .models import HarvestPage, HarvestQuote

HEADINGS: dict[str, str | Promise] = {
    "insights": gettext_lazy("Wat we leerden"),
    "questions": gettext_lazy("Wat open blijft"),
    "tips": gettext_lazy("Wat je morgen kunt doen"),
}


@dataclass(frozen=True)
class Piece:
    """One insight, question or tip; ``made`` is the page that was made of a tip."""

    id: str
    title: str
    text: str
    made: Page | None = None


@dataclass(frozen=True)
class Part:
    """The insights, the open questions or the tips, with what participants said of them."""

    key: str
    heading: str
    pieces: list[Piece]
    quotes: list[HarvestQuote]


def parts_of(page: HarvestPage) -> list[Part]:
    """The parts that hold something."""
    quotes = harvests.shown_quotes(page)
    made = harvests.made_of(page) if page.pk else {}
    parts = [
        Part(key, str(HEADINGS[key]), list(_pieces(page, key, made)), quotes.get(key, []))
        for key in STREAMS
    ]
    return [part for part in parts if part.pieces or part.quotes]


def _pieces(page: HarvestPage, key: str, made: dict[str, Page]) -> Iterator[Piece]:
    for block in getattr(page, key):
        said = block.value
        title = said.get("title") or said["text"]
        text = said["text"] if "title" in said else ""
        yield Piece(str(block.id or ""), title, text or "", made.get(str(block.id)))


@dataclass(frozen=True)
class Highlights:
    """The first of what a harvest holds: for a page that leads to it."""

    harvest: HarvestPage
    insights: list[str]
    question: str
    quote: HarvestQuote | None


def highlights_of(page: HarvestPage, insights: int) -> Highlights:
    """So many insights, an open question, words of a participant who agreed; one query."""
    shown = harvests.shown_quotes(page)
    quotes = [
        quote
        for place in HarvestQuote.Place.values
        for quote in shown.get(place, [])
        if quote.text and quote.form == HarvestQuote.Form.QUOTE
    ]
    titles = [piece.title for piece in _pieces(page, "insights", {})]
    questions = (piece.title for piece in _pieces(page, "questions", {}))
    return Highlights(page, titles[:insights], next(questions, ""), next(iter(quotes), None))


def page_context(page: HarvestPage, request: HttpRequest) -> dict[str, Any]:
    """``parts``, ``source`` (the page above), and which version this is, of what day."""
    parts = parts_of(page)
    return {
        "parts": parts,
        "source": page.get_parent().specific if page.pk else None,
        "number": number_of(page),
        "has_quotes": any(part.quotes for part in parts),
    }


def number_of(page: HarvestPage) -> int:
    """How many versions readers got so far, this one included."""
    found = PageLogEntry.objects.filter(page_id=page.pk, action=harvests.PUBLISHED)
    return max(1, found.count()) if page.pk else 1


# --- versions --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    """A version that readers got: its number, its day, and what changed, in short sentences."""

    number: int
    day: datetime.date
    changes: list[str] = field(default_factory=list)


#: What is said of (part, what became of it), with the number of pieces.
SENTENCES: dict[tuple[str, str], Callable[[int], str]] = {
    ("insights", "new"): lambda n: ngettext("%(n)d inzicht erbij", "%(n)d inzichten erbij", n),
    ("insights", "changed"): lambda n: ngettext(
        "%(n)d inzicht aangepast", "%(n)d inzichten aangepast", n
    ),
    ("insights", "gone"): lambda n: ngettext("%(n)d inzicht weg", "%(n)d inzichten weg", n),
    ("questions", "new"): lambda n: ngettext(
        "%(n)d open vraag erbij", "%(n)d open vragen erbij", n
    ),
    ("questions", "changed"): lambda n: ngettext(
        "%(n)d open vraag aangepast", "%(n)d open vragen aangepast", n
    ),
    ("questions", "gone"): lambda n: ngettext("%(n)d open vraag weg", "%(n)d open vragen weg", n),
    ("tips", "new"): lambda n: ngettext("%(n)d tip erbij", "%(n)d tips erbij", n),
    ("tips", "changed"): lambda n: ngettext("%(n)d tip aangepast", "%(n)d tips aangepast", n),
    ("tips", "gone"): lambda n: ngettext("%(n)d tip weg", "%(n)d tips weg", n),
}


def versions_of(page: HarvestPage) -> list[Version]:
    """The versions that readers got, the newest first. None of their old words."""
    content = Revision.objects.filter(pk=OuterRef("revision_id")).values("content")
    rows = (
        PageLogEntry.objects.filter(page_id=page.pk, action=harvests.PUBLISHED)
        .annotate(content=Subquery(content[:1]))
        .order_by("timestamp", "pk")
        .values_list("timestamp", "content")
    )
    versions: list[Version] = []
    before: HarvestPage | None = None
    for number, (moment, kept) in enumerate(rows, start=1):
        now = HarvestPage.from_serializable_data(kept, check_fks=False) if kept else None
        changes = _changes(before, now, is_first=number == 1)
        versions.append(Version(number, timezone.localtime(moment).date(), changes))
        before = now or before
    return versions[::-1]


def _changes(before: HarvestPage | None, now: HarvestPage | None, *, is_first: bool) -> list[str]:
    if is_first:
        return [_("De eerste versie.")]
    if before is None or now is None:
        return [_("Van deze versie is niet meer bewaard wat er veranderde.")]
    said = [_("Titel of inleiding aangepast")] if _top(before) != _top(now) else []
    for key in STREAMS:
        for what, number in _compared(_by_id(before, key), _by_id(now, key)).items():
            said.append(SENTENCES[key, what](number) % {"n": number})
    return said or [_("Alleen iets kleins, dat je hier niet ziet.")]


def _top(page: HarvestPage) -> tuple[str, str, str]:
    return page.title, page.intro, page.composed_by


def _by_id(page: HarvestPage, key: str) -> dict[str, str]:
    return {piece.id: f"{piece.title}\n{piece.text}" for piece in _pieces(page, key, {})}


def _compared(before: dict[str, str], now: dict[str, str]) -> Counter[str]:
    """How many pieces are new, changed and gone; what is the same counts nowhere."""
    found: Counter[str] = Counter()
    found["new"] = len(now.keys() - before.keys())
    found["changed"] = sum(now[one] != before[one] for one in now.keys() & before.keys())
    found["gone"] = len(before.keys() - now.keys())
    return +found


# --- composers -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How many words of others are in one state."""

    label: str
    number: int


def standing_of(page: HarvestPage) -> list[Standing]:
    """How the asking for consent stands, state by state; one query."""
    counted = Counter(page.quotes.values_list("consent", flat=True))
    return [
        Standing(str(label), counted[state])
        for state, label in HarvestQuote.Consent.choices
        if counted[state]
    ]
