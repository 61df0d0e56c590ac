"""What a home page shows of the case studies."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from wagtail.models import Page

from goedwerk_forum.reading import latest_shown

from .listing import described, listed
from .models import DilemmaPage, StoryPage

#: Stories on the home page, and how many of the newest they are chosen from.
FEW = 4
RECENT = 12


def home_context(week_page_id: int | None) -> dict[str, Any]:
    """``items``, those where a voice is missing first; ``week`` with its discussion and voice."""
    cases = listed(Page.objects.type(StoryPage, DilemmaPage))
    is_week = Case(When(pk=week_page_id or 0, then=0), default=1)
    recent = described(cases.order_by(is_week, *cases.query.order_by)[:RECENT])
    week = next((page for page in recent if page.pk == week_page_id), None)
    recent.sort(key=lambda page: not misses_a_voice(page))
    items = recent[:FEW]
    discussion = week.dialogue if week else None
    return {
        "items": items,
        "is_voice_missing": any(misses_a_voice(page) for page in items),
        "week": week,
        "week_discussion": discussion,
        "week_latest": latest_shown(discussion) if discussion else None,
    }


def misses_a_voice(page: Page) -> bool:
    return bool(page.voices and page.voices.missing)
