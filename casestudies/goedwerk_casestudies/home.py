"""What a home page shows of the case studies."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from wagtail.models import Page
from wagtail.query import PageQuerySet

from goedwerk_forum import access, harvests
from goedwerk_forum.reading import latest_shown

from .listing import described, newest_first
from .models import DilemmaPage, StoryPage

#: Stories on the home page, and how many of the newest they are chosen from.
FEW = 4
RECENT = 12
HARVESTS = 3


def home_context(week_page_id: int | None) -> dict[str, Any]:
    """Where a voice is ``missing`` and ``others``; ``week`` with its discussion and newest voice.

    ``first`` is the story to start with; None where there is none yet. ``harvests`` are the newest.
    """
    public = access.public_pages()
    newest = harvests.newest(HARVESTS, public)
    ways = {harvests.way_to_source(page) for page in newest}
    pages = _pages(public, week_page_id, ways)
    recent = _recent(pages, week_page_id)
    week = next((page for page in recent if page.pk == week_page_id), None)
    missing = [page for page in recent if page.voices and page.voices.missing][:FEW]
    others = [page for page in recent if page not in missing][: FEW - len(missing)]
    discussion = week.dialogue if week else None
    return {
        "missing": missing,
        "others": others,
        "harvests": harvests.with_sources(newest, pages),
        "first": next(iter(recent), None),
        "week": week,
        "week_discussion": discussion,
        "week_latest": latest_shown(discussion) if discussion else None,
    }


def _pages(public: PageQuerySet, week_page_id: int | None, ways: set[str]) -> list[Page]:
    """The page of the week, those whose harvests are shown, and the newest; all in one go."""
    cases = newest_first(public.type(StoryPage, DilemmaPage))
    wanted = Case(When(pk=week_page_id or 0, then=0), When(path__in=ways, then=1), default=2)
    return described(cases.order_by(wanted, *cases.query.order_by)[: RECENT + len(ways)])


def _recent(pages: list[Page], week_page_id: int | None) -> list[Page]:
    """The page of the week first, then the newest."""
    newest = sorted(pages, key=_age)
    return sorted(newest, key=lambda page: page.pk != week_page_id)[:RECENT]


def _age(page: Page) -> tuple[float, int]:
    """Rises with how long ago a page was published, as the order of the overview does."""
    published = page.first_published_at
    return (-published.timestamp() if published else 0.0, -page.pk)
