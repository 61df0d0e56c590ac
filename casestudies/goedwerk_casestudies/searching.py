"""What the search of the forum finds of the stories, and by what it can be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from goedwerk_forum.actions import indexing
from goedwerk_forum.models import HarvestPage
from goedwerk_forum.search import sources
from goedwerk_forum.search.sources import Facet, Type

from .choosing import ORGANISATION, THEME
from .models import (
    AssignmentPage,
    Clearance,
    DilemmaPage,
    StatementPage,
    StoryPage,
    Theme,
    ThemePage,
    TipPage,
)
from .models.pages import Organisation

TYPES: dict[type[Page], Type] = {
    StoryPage: Type("verhaal", _("Verhaal"), _("Verhalen")),
    DilemmaPage: Type("dilemma", _("Dilemma"), _("Dilemma’s")),
    StatementPage: Type("stelling", _("Stelling"), _("Stellingen")),
    AssignmentPage: Type("opgave", _("Opgave"), _("Opgaven")),
    TipPage: Type("handvat", _("Handvat"), _("Handvatten")),
    ThemePage: Type("themapagina", _("Thema"), _("Thema’s")),
}


def register() -> None:
    """Called once, when the app is ready."""
    for model, kind in TYPES.items():
        sources.register(model, kind)
    sources.FACETS[THEME] = Facet(_("Thema"), _names_of_themes, themes_of)
    sources.FACETS[ORGANISATION] = Facet(_("Soort organisatie"), _names_of_organisations, _kind_of)


def _names_of_themes() -> dict[str, str]:
    return dict(Theme.objects.values_list("slug", "name"))


def _names_of_organisations() -> dict[str, str]:
    return {value: str(label) for value, label in Organisation.choices}


def themes_of(page: Page) -> list[str]:
    """The slugs of the themes of a page; of a harvest, those of the page it was made of."""
    page = _told_of(page)
    if isinstance(page, ThemePage):
        return [page.theme.slug]
    themes: Any = getattr(page, "themes", None)
    return list(themes.values_list("slug", flat=True)) if themes is not None else []


def _kind_of(page: Page) -> Iterable[str]:
    kind = getattr(_told_of(page), "organisation", "")
    return [kind] if kind else []


def _told_of(page: Page) -> Page:
    return page.get_parent().specific if isinstance(page, HarvestPage) else page


def follow_theme_page(instance: ThemePage, **_kwargs: Any) -> None:
    """Signal: a theme page was saved; it has no discussion whose saving would be followed."""
    indexing.follow_page(instance.pk)


def follow_theme(instance: Theme, **_kwargs: Any) -> None:
    """Signal: a theme was saved, whose description its pages may show."""
    for page_id in instance.pages.values_list("pk", flat=True):
        indexing.follow_page(page_id)


def follow_signature(instance: Clearance, origin: object = None, **_kwargs: Any) -> None:
    """Signal: a page was signed for, or a signature was taken back."""
    if not indexing.goes_with_its_page(origin, Clearance):
        indexing.follow_page(instance.page_id)
