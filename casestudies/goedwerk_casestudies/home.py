"""What a home page shows of the case studies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, When
from wagtail.models import Page
from wagtail.query import PageQuerySet

from goedwerk_forum import access, agenda, harvests
from goedwerk_forum.agenda import Coming
from goedwerk_forum.harvest_showing import highlights_of
from goedwerk_forum.reading import latest_shown

from .clearance import is_story
from .listing import NEWEST_FIRST, described
from .models import CaseStudyIndexPage, DilemmaPage, StoryPage

#: Stories on the home page, and how many of the newest they are chosen from.
FEW = 3
RECENT = 12
#: Harvests, and the insights of the newest one.
HARVESTS, INSIGHTS = 4, 3
#: Days to come, and how many are looked at: some may lead to a page that nobody may read now.
DAYS, LOOKED_AT = 4, 12


def home_context(week_page_id: int | None) -> dict[str, Any]:
    """Where a voice is ``missing`` and ``others``; ``week`` with its discussion and newest voice.

    ``first`` is the story to start with; None where there is none yet. ``highlights`` of the newest
    harvest, None where there is none, and the ``harvests`` before it. ``agenda``: the next days.
    """
    public = access.public_pages()
    newest = harvests.newest(HARVESTS, public)
    days = agenda.coming(public, LOOKED_AT)
    ways = {harvests.way_to_source(page) for page in newest}
    pages = _pages(public, week_page_id, ways, {one.page.pk for one in days})
    recent = _recent(pages, week_page_id)
    week = next((page for page in recent if page.pk == week_page_id), None)
    missing = [page for page in recent if page.voices and page.voices.missing][:FEW]
    others = [page for page in recent if page not in missing][: FEW - len(missing)]
    discussion = week.dialogue if week else None
    shown = harvests.with_sources(newest, pages)
    return {
        "missing": missing,
        "others": others,
        "overviews": list(public.type(CaseStudyIndexPage).order_by("path")),
        "highlights": highlights_of(shown[0], INSIGHTS) if shown else None,
        "harvests": shown[1:],
        "agenda": _readable(days, pages)[:DAYS],
        "first": next(iter(recent), None),
        "week": week,
        "week_discussion": discussion,
        "week_latest": latest_shown(discussion) if discussion else None,
    }


def _pages(
    public: PageQuerySet, week_page_id: int | None, ways: set[str], ids: set[int]
) -> list[Any]:
    """The page of the week, those whose harvests or days are shown, and the newest; in one go."""
    cases = public.type(StoryPage, DilemmaPage)
    wanted = Case(
        When(pk=week_page_id or 0, then=0),
        When(path__in=ways, then=1),
        When(pk__in=ids, then=1),
        default=2,
    )
    return described(cases.order_by(wanted, *NEWEST_FIRST)[: RECENT + len(ways) + len(ids)])


def _recent(pages: list[Any], week_page_id: int | None) -> list[Any]:
    """The page of the week first, then the newest."""
    newest = sorted(pages, key=_age)
    return sorted(newest, key=lambda page: page.pk != week_page_id)[:RECENT]


def _age(page: Page) -> tuple[float, int]:
    """Rises with how long ago a page was published, as the order of the overview does."""
    published = page.first_published_at
    return (-published.timestamp() if published else 0.0, -page.pk)


def _readable(days: Iterable[Coming], cleared: Iterable[Page]) -> list[Coming]:
    """Those of the days whose story, if they lead to one, may be read word for word."""
    there = {page.pk for page in cleared}
    return [one for one in days if one.page.pk in there or not is_story(one.page)]
