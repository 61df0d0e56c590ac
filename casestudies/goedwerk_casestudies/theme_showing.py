"""What a page about a theme brings together, of what anybody may read; so many queries always."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Left, Length
from wagtail.models import Page

from goedwerk_forum import access, over_time
from goedwerk_forum.models import Discussion, HarvestPage
from goedwerk_forum.public import only_public_pages

from .listing import about, described, listed
from .models import DilemmaPage, StatementPage, StoryPage, Theme, TipPage

#: What is shown of each; the rest is one link away.
FEW = 6


def theme_context(theme: Theme) -> dict[str, Any]:
    """``stories``, ``dilemmas``, ``statements``, ``harvests``, ``tips``; pictures ``over_time``.

    ``more_stories`` and ``more_dilemmas``: the overview with all of them; None where all are here.
    """
    stories, more_stories = _cases(StoryPage, theme)
    dilemmas, more_dilemmas = _cases(DilemmaPage, theme)
    return {
        "theme": theme,
        "stories": stories,
        "more_stories": more_stories,
        "dilemmas": dilemmas,
        "more_dilemmas": more_dilemmas,
        "statements": _newest(StatementPage.objects.filter(themes=theme)),
        "harvests": _newest(HarvestPage.objects.filter(_is_below(theme))),
        "tips": _newest(TipPage.objects.filter(themes=theme).select_related("cluster")),
        "over_time": over_time.counted(discussions_about(theme)),
    }


def discussions_about(theme: Theme) -> QuerySet[Discussion]:
    """The discussions on the theme that anybody may read: on its pages, and on their harvests."""
    pages = Page.objects.filter(_is_about(theme) | _is_below(theme)).values("pk")
    return access.public_discussions().filter(page__in=pages)


def _is_about(theme: Theme) -> Q:
    """A filter of pages: those of ours that name the theme."""
    named = Q(pk__in=[])
    for model in (StoryPage, DilemmaPage, StatementPage, TipPage):
        named |= Q(pk__in=model.objects.filter(themes=theme).order_by().values("pk"))
    return named


def _is_below(theme: Theme) -> Q:
    """A filter of pages: harvests of the dialogues on the theme."""
    named = Page.objects.filter(_is_about(theme)).values("path")
    above = Left("path", Length("path") - Page.steplen)
    harvests = HarvestPage.objects.alias(above=above).filter(above__in=named)
    return Q(pk__in=harvests.order_by().values("pk"))


def _cases(model: type[StoryPage | DilemmaPage], theme: Theme) -> tuple[list[Any], Page | None]:
    """The newest ones, and the overview above them where there are more."""
    pages = about(listed(Page.objects.type(model)), theme)
    found = described(pages[: FEW + 1])
    return found[:FEW], found[0].get_parent() if len(found) > FEW else None


def _newest(pages: QuerySet[Any]) -> list[Any]:
    public = pages.filter(pk__in=access.public_pages().values("pk"))
    newest: Iterable[Any] = public.order_by("-first_published_at", "-pk")[:FEW]
    return only_public_pages(newest)
