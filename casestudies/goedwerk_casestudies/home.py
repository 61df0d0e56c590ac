"""What a home page shows of the case studies."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from wagtail.models import Page

from goedwerk_forum.harvests import recent as recent_harvests
from goedwerk_forum.reading import latest_shown

from .listing import described, listed
from .models import DilemmaPage, StoryPage

#: Stories on the home page, and how many of the newest they are chosen from.
FEW = 4
RECENT = 12
HARVESTS = 3


def home_context(week_page_id: int | None) -> dict[str, Any]:
    """Where a voice is ``missing`` and ``others``; ``week`` with its discussion and newest voice.

    ``first`` is the story to start with; None where there is none yet. ``harvests`` are the newest.
    """
    cases = listed(Page.objects.type(StoryPage, DilemmaPage))
    is_week = Case(When(pk=week_page_id or 0, then=0), default=1)
    recent = described(cases.order_by(is_week, *cases.query.order_by)[:RECENT])
    week = next((page for page in recent if page.pk == week_page_id), None)
    missing = [page for page in recent if page.voices and page.voices.missing][:FEW]
    others = [page for page in recent if page not in missing][: FEW - len(missing)]
    discussion = week.dialogue if week else None
    return {
        "missing": missing,
        "others": others,
        "harvests": recent_harvests(HARVESTS),
        "first": next(iter(recent), None),
        "week": week,
        "week_discussion": discussion,
        "week_latest": latest_shown(discussion) if discussion else None,
    }
