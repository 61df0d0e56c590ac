"""What the overview and the home page list; a fixed number of queries each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.query import PageQuerySet

from goedwerk_forum.cards import heard_on
from goedwerk_forum.public import is_restricted

from . import choosing
from .clearance import in_whole, maybe_cleared, only_cleared, story_models, whole
from .models import CaseStudyIndexPage, Theme, ThemePage

PER_PAGE = 20
#: How a list crops an image.
THUMBNAIL = "fill-300x200"
#: The order of every list of stories; what was never published by Wagtail comes last.
NEWEST_FIRST = (F("first_published_at").desc(nulls_last=True), F("pk").desc())


def listed(pages: PageQuerySet) -> PageQuerySet:
    """Pages that anybody may read, newest first.

    What has no clearance at all is left out here; ``described`` and ``choosing.facts_of_stories``
    leave out what was changed since.
    """
    return pages.live().public().filter(maybe_cleared()).order_by(*NEWEST_FIRST)


def described(pages: PageQuerySet, themes: dict[int, list[Theme]] | None = None) -> list[Any]:
    """Those that are cleared, with what a list says of each, in a fixed number of queries.

    ``dialogue`` (a Discussion or None), ``voices``, ``listed_themes``, and the image at hand.
    ``themes``: those of each page, where they are known already.
    """
    items = only_cleared(whole(in_whole(pages)))
    heard = heard_on(page.pk for page in items)
    themes = _themes_of(items) if themes is None else themes
    images = _images_of(items)
    for page in items:
        page.dialogue, page.voices = heard.get(page.pk, (None, None))
        page.listed_themes = themes.get(page.pk, [])
        if page.dialogue:
            page.dialogue.page = page
        if page.image_id:
            page.image = images.get(page.image_id)
    return items


def links_of_themes() -> Iterator[tuple[QuerySet[Any], str]]:
    """(the rows that tie pages to themes, the name of their page column), per page type."""
    for model in story_models():
        links: Any = model.themes.through
        yield links.objects.all(), f"{model._meta.model_name}_id"


def _all_links(pages: Iterable[int] | QuerySet[Any], *columns: str) -> QuerySet[Any]:
    """(page id, columns of the link) for every theme of the pages; one query."""
    first, *others = (
        links.filter(**{f"{page_id}__in": pages}).order_by().values_list(page_id, *columns)
        for links, page_id in links_of_themes()
    )
    return first.union(*others, all=True) if others else first


def _themes_of(pages: list[Any]) -> dict[int, list[Theme]]:
    columns = [f"theme__{field.attname}" for field in Theme._meta.concrete_fields]
    themes: dict[int, list[Theme]] = defaultdict(list)
    for page_id, *values in _all_links([page.pk for page in pages], *columns):
        themes[page_id].append(Theme(*values))
    for found in themes.values():
        found.sort(key=str)
    return themes


def _images_of(pages: list[Any]) -> dict[int, Model]:
    wanted = {page.image_id for page in pages if page.image_id}
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(THUMBNAIL)
    return {image.pk: image for image in images} if wanted else {}


def listing_context(index: CaseStudyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """``items`` (one page of them) and the ``choice`` that led to them, with its ``query``.

    ``theme`` is the chosen one, ``theme_page`` the page about it, where there is one.
    """
    readable = listed(index.get_children())
    themes = {theme.pk: theme for theme in _with_way()}
    tied = list(_all_links(readable.order_by().values("pk"), "theme_id"))
    slugs = choosing.slugs_of(tied, {pk: theme.slug for pk, theme in themes.items()})
    offered = choosing.facets_of_stories(themes.values())
    choice = choosing.choice(choosing.facts_of_stories(readable, slugs), offered, request)
    found = [facts.page_id for facts in choice.items]
    items = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    items.object_list = described(
        readable.filter(pk__in=items.object_list),
        _by_page(tied, themes),
    )
    slug = choice.value_of(choosing.THEME)
    theme = next((theme for theme in themes.values() if theme.slug == slug), None)
    return {
        "items": items,
        "choice": choice,
        "query": choice.asked.query(),
        "theme": theme,
        "theme_page": ThemePage(url_path=theme.way) if theme and theme.way else None,
    }


def _by_page(tied: Iterable[tuple[int, int]], themes: dict[int, Any]) -> dict[int, list[Theme]]:
    """The themes of each page, by name; ``themes`` come in that order."""
    found: dict[int, list[Theme]] = defaultdict(list)
    pages_of: dict[int, list[int]] = defaultdict(list)
    for page_id, theme_id in tied:
        pages_of[theme_id].append(page_id)
    for theme_id, theme in themes.items():
        for page_id in pages_of[theme_id]:
            found[page_id].append(theme)
    return found


def _with_way() -> QuerySet[Any]:
    """Every theme by name, with ``way``: the ``url_path`` of the page about it, if readable."""
    told = ThemePage.objects.filter(~is_restricted("path"), theme=OuterRef("pk"), live=True)
    return Theme.objects.annotate(way=Subquery(told.order_by("pk").values("url_path")[:1]))


def about(readable: PageQuerySet, theme: Theme) -> PageQuerySet:
    """The readable pages with ``theme``."""
    tied = Q(pk__in=[])
    for links, page_id in links_of_themes():
        tied |= Q(pk__in=links.filter(theme=theme).values(page_id))
    return readable.filter(tied)
