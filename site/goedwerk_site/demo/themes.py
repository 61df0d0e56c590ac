"""A page for each theme of the demonstration, and a kind of contribution of the owner's own."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

from wagtail.models import Page

from goedwerk_casestudies.models import StatementPage, Theme, ThemeIndexPage, ThemePage
from goedwerk_forum.actions.kinds import save_kind
from goedwerk_forum.models import Contribution, ContributionKind, Revision
from goedwerk_forum.transitions import Display

from .pages import paragraphs

FILE = Path(__file__).parent / "themes.toml"


def make_themes(home: Page) -> int:
    """All of them, below an overview; returns how many."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    index = home.add_child(
        instance=ThemeIndexPage(
            title=content["title"],
            slug=content["slug"],
            lead=content["lead"],
            show_in_menus=True,
        )
    )
    for slug, themes in content["statements"].items():
        statement = StatementPage.objects.get(slug=slug)
        statement.themes.set(Theme.objects.filter(slug__in=themes))
        statement.save()
    for theme in Theme.objects.all():
        learned = paragraphs(content["learned"].get(theme.slug, ""))
        index.add_child(
            instance=ThemePage(title=theme.name, slug=theme.slug, theme=theme, learned=learned)
        )
    for slug, days in content["older"].items():
        _age(slug, datetime.timedelta(days=days))
    save_kind(ContributionKind(**content["kind"]))
    return Theme.objects.count()


def _age(slug: str, by: datetime.timedelta) -> None:
    """What readers see of a dialogue is of so long ago, and so is its page."""
    page = Page.objects.get(slug=slug)
    published = page.first_published_at
    if published is not None:
        Page.objects.filter(pk=page.pk).update(first_published_at=published - by)
    for said in Contribution.objects.filter(discussion__page=page, display=Display.TEXT):
        Contribution.objects.filter(pk=said.pk).update(day=said.day - by)
        for version in said.revisions.all():
            Revision.objects.filter(pk=version.pk).update(day=version.day - by)
