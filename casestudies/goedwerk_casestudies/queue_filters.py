"""How ambassadors narrow their queue by what only stories have."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.admin.filters import MORE, More
from goedwerk_forum.models import Contribution

from .clearance import story_models
from .models import Theme


def _themes() -> list[tuple[str, str]]:
    return list(Theme.objects.values_list("slug", "name"))


def _about(queryset: QuerySet[Contribution], slug: str) -> QuerySet[Contribution]:
    """Contributions at a story with a theme, of whatever page type."""
    at_one = Q()
    for model in story_models():
        at_one |= Q(discussion__page__in=model.objects.filter(themes__slug=slug).values("pk"))
    return queryset.filter(at_one)


def register() -> None:
    """Called once, when the app is ready."""
    MORE["theme"] = More(_("Thema"), _themes, _about)
