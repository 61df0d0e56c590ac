"""What the overview of statements and assignments lists; a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest

from ..models import BallotIndexPage, Round

PER_PAGE = 20


def listing_context(index: BallotIndexPage, request: HttpRequest) -> dict[str, Any]:
    """``items``: one page of what stands below it, newest first, each with its rounds at hand."""
    pages = index.get_children().live().public().order_by("-first_published_at", "-id").specific()
    items: PageOfList[Any] = Paginator(pages, PER_PAGE).get_page(request.GET.get("pagina"))
    items.object_list = list(items.object_list)
    rounds = _rounds_of(items.object_list)
    for page in items:
        page._rounds = rounds[page.alias_of_id or page.pk]
    return {"items": items}


def _rounds_of(pages: list[Any]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = defaultdict(list)
    ids = {page.alias_of_id or page.pk for page in pages}
    for one in Round.objects.filter(page_id__in=ids).order_by("number"):
        found[one.page_id].append(one)
    return found
