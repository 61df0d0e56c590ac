"""What a story leads to: those before and after it in its overview, and others like it.

One query, for stories and dilemmas alike; it leaves out what not everybody may read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.query import PageQuerySet

from goedwerk_forum.public import is_restricted, on_its_site

from .clearance import in_whole, maybe_cleared, only_cleared, whole
from .listing import NEWEST_FIRST, links_of_themes

#: Stories with a theme in common.
RELATED = 3
#: How many are looked at for each, because some may not be for everybody.
LOOKED_AT = 8


@dataclass(frozen=True)
class Beside:
    """``newer`` and ``older`` stand beside it in its overview; ``related`` share themes with it."""

    newer: Any = None
    older: Any = None
    related: list[Any] = field(default_factory=list)


def beside(page: Any) -> Beside:
    """What stands beside a story that is there; nothing for one that was never saved."""
    if page.pk is None or not page.path:
        return Beside()
    live = Page.objects.live().exclude(pk=page.pk)
    siblings = live.filter(path__startswith=_parent_way(page), depth=page.depth)
    newer = siblings.filter(_is_newer(page)).order_by(*_oldest_first())
    older = siblings.filter(_is_older(page)).order_by(*NEWEST_FIRST)
    wanted = Q(pk__in=newer.values("pk")[:LOOKED_AT]) | Q(pk__in=older.values("pk")[:LOOKED_AT])
    if page.listed_themes:
        wanted |= Q(pk__in=_related(live.filter(on_its_site(page)), page).values("pk")[:LOOKED_AT])
    readable = Page.objects.filter(wanted, maybe_cleared(), ~is_restricted("path"))
    rows = _shared(readable, page).order_by("-shared", *NEWEST_FIRST)
    return _told_apart(page, only_cleared(whole(in_whole(rows))))


def _told_apart(page: Any, found: list[Any]) -> Beside:
    """The rows of the one query by what they were read for."""
    way = _parent_way(page)
    siblings = [one for one in found if one.path.startswith(way) and one.depth == page.depth]
    newer = [one for one in siblings if _rank(one) > _rank(page)]
    older = [one for one in siblings if _rank(one) < _rank(page)]
    related = [one for one in found if one.shared and one.locale_id == page.locale_id]
    return Beside(
        min(newer, key=_rank, default=None),
        max(older, key=_rank, default=None),
        related[:RELATED],
    )


def _parent_way(page: Page) -> str:
    return str(page.path[: -Page.steplen])


# --- the order of the overview ---------------------------------------------------------------


def _rank(page: Page) -> tuple[float, int]:
    """Rises as ``NEWEST_FIRST`` falls."""
    published = page.first_published_at
    return (published.timestamp() if published else 0.0, page.pk)


def _oldest_first() -> tuple[Any, ...]:
    return F("first_published_at").asc(nulls_first=True), F("pk").asc()


def _is_newer(page: Page) -> Q:
    moment = page.first_published_at
    if moment is None:
        return Q(first_published_at__isnull=False) | Q(pk__gt=page.pk)
    return Q(first_published_at__gt=moment) | Q(first_published_at=moment, pk__gt=page.pk)


def _is_older(page: Page) -> Q:
    moment = page.first_published_at
    if moment is None:
        return Q(first_published_at__isnull=True, pk__lt=page.pk)
    same = Q(first_published_at=moment, pk__lt=page.pk)
    return Q(first_published_at__lt=moment) | same | Q(first_published_at__isnull=True)


# --- stories like it -------------------------------------------------------------------------


def _related(live: PageQuerySet, page: Any) -> QuerySet[Any]:
    """Those that share the most themes, the newest first."""
    tied = Q(pk__in=[])
    for links, page_id in links_of_themes():
        tied |= Q(pk__in=links.filter(theme__in=_themes(page)).values(page_id))
    return _shared(live.filter(tied), page).order_by("-shared", *NEWEST_FIRST)


def _themes(page: Any) -> list[int]:
    return [theme.pk for theme in page.listed_themes]


def _shared(pages: Any, page: Any) -> Any:
    """With ``shared``: how many themes each has in common with ``page``."""
    counts = (
        links.filter(**{page_id: OuterRef("pk")}, theme__in=_themes(page))
        .order_by()
        .values(page_id)
        .values_list(Count("pk"))
        for links, page_id in links_of_themes()
    )
    numbers = [Coalesce(Subquery(count, IntegerField()), 0) for count in counts]
    shared: Any = numbers[0]
    for number in numbers[1:]:
        shared = shared + number
    return pages.annotate(shared=shared)
