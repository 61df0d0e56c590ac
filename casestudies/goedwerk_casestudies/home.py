"""What a home page shows of the case studies."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from goedwerk_forum.reading import latest_shown

from .listing import listed, with_dialogue
from .models import DilemmaPage, StoryPage

#: Stories on the home page.
FEW = 4


def home_context(week_page: Page | None) -> dict[str, Any]:
    """``items`` with the voices heard in each, ``week`` (page, discussion, newest contribution)."""
    pages = Page.objects.type(StoryPage, DilemmaPage)
    items = with_dialogue(listed(pages)[:FEW])
    week = week_page.specific if week_page and week_page.live else None
    discussion = week.discussion if week else None
    return {
        "items": items,
        "week": week,
        "week_discussion": discussion,
        "week_latest": latest_shown(discussion) if discussion else None,
    }
