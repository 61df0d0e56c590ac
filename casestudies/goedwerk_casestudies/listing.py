"""What the overview and the home page list; a fixed number of queries each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from goedwerk_forum.reading import discussions_of, voices_of

from .models import CaseStudyIndexPage, DilemmaPage, StoryPage, Theme

PER_PAGE = 20


def listed(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Pages that anybody may read, newest first, with what a list shows of them."""
    return (
        pages.live()
        .public()
        .order_by("-first_published_at", "-id")
        .specific()
    )


def with_dialogue(pages: Iterable[Page]) -> list[Page]:
    """The pages with ``dialogue`` (a Discussion or None) and ``voices`` on each; two queries."""
    items = list(pages)
    discussions = discussions_of(page.pk for page in items)
    voices = voices_of(discussions.values())
    for page in items:
        page.dialogue = discussions.get(page.pk)
        page.voices = voices[page.dialogue.pk] if page.dialogue else None
    return items


def _chosen_theme(request: HttpRequest) -> Theme | None:
    slug = request.GET.get("thema", "")
    return Theme.objects.filter(slug=slug).first() if slug else None


def listing_context(index: CaseStudyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """``items`` (one page of them), ``themes``, ``theme`` (chosen, or None)."""
    theme = _chosen_theme(request)
    pages = index.get_children()
    if theme:
        with_theme = [
            *StoryPage.objects.filter(themes=theme).values_list("pk", flat=True),
            *DilemmaPage.objects.filter(themes=theme).values_list("pk", flat=True),
        ]
        pages = pages.filter(pk__in=with_theme)
    items: PaginatorPage = Paginator(listed(pages), PER_PAGE).get_page(request.GET.get("pagina"))
    items.object_list = with_dialogue(items.object_list)
    return {"items": items, "themes": Theme.objects.all(), "theme": theme}
