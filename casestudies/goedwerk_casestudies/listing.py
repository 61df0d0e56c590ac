"""What the overview and the home page list; a fixed number of queries each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.query import PageQuerySet

from goedwerk_forum.public import is_restricted
from goedwerk_forum.reading import discussions_of, voices_of

from .clearance import maybe_cleared, only_cleared, with_signature
from .models import CaseStudyIndexPage, DilemmaPage, StoryPage, Theme, ThemePage

PER_PAGE = 20
#: How a list crops an image.
THUMBNAIL = "fill-300x200"


def listed(pages: PageQuerySet) -> PageQuerySet:
    """Pages that anybody may read, newest first, with what a list shows of them.

    What has no clearance at all is left out here, so that counts are right; ``described`` leaves
    out what was changed since.
    """
    return newest_first(pages.live().public().filter(maybe_cleared()))


def newest_first(public: PageQuerySet) -> PageQuerySet:
    """The same of pages that are known to be public."""
    return with_signature(public).order_by("-first_published_at", "-id").specific()


def described(pages: Iterable[Page]) -> list[Page]:
    """Those that are cleared, with what a list says of each, in a fixed number of queries.

    ``dialogue`` (a Discussion or None), ``voices``, ``listed_themes``, and the image at hand.
    """
    items = only_cleared(pages)
    discussions = discussions_of(page.pk for page in items)
    voices = voices_of(discussions.values())
    themes = _themes_of(items)
    images = _images_of(items)
    for page in items:
        page.dialogue = discussions.get(page.pk)
        page.voices = None
        page.listed_themes = themes[page.pk]
        if page.dialogue:
            page.dialogue.page = page
            page.voices = voices[page.dialogue.pk]
        if page.image_id:
            page.image = images.get(page.image_id)
    return items


def _links() -> Iterator[tuple[QuerySet[Any], str]]:
    """(the rows that tie pages to themes, the name of their page column), per page type."""
    for model in (StoryPage, DilemmaPage):
        links: Any = model.themes.through
        yield links.objects.all(), f"{model._meta.model_name}_id"


def _themes_of(pages: list[Page]) -> dict[int, list[Theme]]:
    ids = [page.pk for page in pages]
    columns = [f"theme__{field.attname}" for field in Theme._meta.concrete_fields]
    stories, dilemmas = (
        links.filter(**{f"{page_id}__in": ids}).order_by().values_list(page_id, *columns)
        for links, page_id in _links()
    )
    themes: dict[int, list[Theme]] = defaultdict(list)
    for page_id, *values in stories.union(dilemmas, all=True):
        themes[page_id].append(Theme(*values))
    for found in themes.values():
        found.sort(key=str)
    return themes


def _images_of(pages: list[Page]) -> dict[int, Model]:
    wanted = {page.image_id for page in pages if page.image_id}
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(THUMBNAIL)
    return {image.pk: image for image in images} if wanted else {}


def listing_context(index: CaseStudyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """``items`` (one page of them), ``total`` of all, ``themes`` with ``stories`` on each.

    ``theme`` is the chosen one; None where none was asked for, or one that is not there
    (``is_filtered`` tells these apart); ``theme_page`` the page about it, where there is one.
    """
    readable = listed(index.get_children())
    total = readable.count()
    slug = request.GET.get("thema", "")
    themes = list(_with_stories(readable))
    theme = next((theme for theme in themes if theme.slug == slug), None)
    chosen = about(readable, theme) if slug else readable
    counted = total if not slug else theme.stories if theme else 0
    items = CountedPaginator(chosen, counted).get_page(request.GET.get("pagina"))
    items.object_list = described(items.object_list)
    return {
        "items": items,
        "total": total,
        "themes": [choice for choice in themes if choice.stories or choice == theme],
        "theme": theme,
        "theme_page": ThemePage(url_path=theme.way) if theme and theme.way else None,
        "is_filtered": bool(slug),
    }


class CountedPaginator(Paginator):
    """A paginator over pages that were counted already."""

    def __init__(self, pages: PageQuerySet, count: int) -> None:
        super().__init__(pages, PER_PAGE)
        self.count = count


def _with_stories(readable: PageQuerySet) -> QuerySet[Any]:
    """Every theme, with ``stories``: how many readable pages it has; and ``way``.

    That is the ``url_path`` of the page about it that anybody may read, where there is one.
    """
    ids = readable.order_by().values("pk")
    counts = (
        links.filter(**{f"{page_id}__in": ids}, theme=OuterRef("pk"))
        .order_by()
        .values("theme")
        .values_list(Count("pk"))
        for links, page_id in _links()
    )
    stories, dilemmas = (Coalesce(Subquery(count), 0) for count in counts)
    told = ThemePage.objects.filter(~is_restricted("path"), theme=OuterRef("pk"), live=True)
    way = Subquery(told.order_by("pk").values("url_path")[:1])
    return Theme.objects.annotate(stories=stories + dilemmas, way=way)


def about(readable: PageQuerySet, theme: Theme | None) -> PageQuerySet:
    """The readable pages with ``theme``; none where the theme is not there."""
    tied = Q(pk__in=[])
    for links, page_id in _links() if theme else ():
        tied |= Q(pk__in=links.filter(theme=theme).values(page_id))
    return readable.filter(tied)
