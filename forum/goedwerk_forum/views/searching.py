"""Finding what anybody may read: the same bytes for everybody, kept and logged nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ..models import SearchEntry
from ..search import sources
from ..search.excerpts import excerpt, marked
from ..search.finding import NEWEST, Asked, Found, asked_in, search
from ..search.words import LONGEST, Question


@dataclass(frozen=True)
class Shown:
    """One result as the page has it; ``who`` spoke, where it is a contribution."""

    entry: SearchEntry
    what: sources.Type
    title: SafeString
    text: SafeString
    url: str

    @property
    def who(self) -> str:
        said = self.entry.contribution
        return said.speaker if said else ""


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The search page. What was asked stands in the address and nowhere else.

    No shared cache keeps it, nor the browser after it was closed; and what a result leads to does
    not hear what was asked.
    """
    found = search(asked_in(request.GET), request.GET.get("pagina"))
    asked = found.asked
    context = {
        "asked": asked,
        "found": found,
        "results": _shown(found),
        "longest": LONGEST,
        "by_day": asked.query({"volgorde": NEWEST}),
        "by_fit": asked.query({"volgorde": ""}),
        "earlier": _beside(asked, found, -1),
        "later": _beside(asked, found, 1),
        "other_query": asked.query({"q": found.suggestion}) if found.suggestion else "",
    }
    response = render(request, "goedwerk_forum/search.html", context)
    patch_cache_control(response, no_store=True)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _beside(asked: Asked, found: Found, step: int) -> str:
    """The address of the page before or after this one; empty where there is none."""
    number = found.items.number + step
    return (
        asked.query({"pagina": str(number) if number > 1 else ""})
        if 1 <= number <= found.items.paginator.num_pages
        else ""
    )


def _shown(found: Found) -> list[Shown]:
    types = sources.types()
    return [_one(entry, types, found) for entry in found.items.object_list]


def _one(entry: SearchEntry, types: dict[str, sources.Type], found: Found) -> Shown:
    said = entry.contribution
    title = said.discussion.question if said and said.discussion.branch_of_id else entry.page.title
    return Shown(
        entry=entry,
        what=types.get(entry.what, sources.PAGE),
        title=marked(title, Question() if said else found.question),
        text=excerpt(said.comment if said else entry.text, found.question),
        url=said.get_absolute_url() if said else (entry.page.url or "/"),
    )
