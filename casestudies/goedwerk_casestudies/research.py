"""What the stories add to the figures for researchers: kinds of contribution by theme."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goedwerk_forum import research
from goedwerk_forum.models import Discussion

from .models import Theme
from .theme_showing import discussions_about


def register() -> None:
    """Called once, when the app is ready."""
    research.MORE.append(research.Groups(_("Bijdragen per thema en soort"), _themes))


def _themes() -> Iterator[tuple[str, QuerySet[Discussion]]]:
    for theme in Theme.objects.all():
        yield theme.name, discussions_about(theme)
