"""The groups of ambassadors, and whether a second person can be found in each."""

from __future__ import annotations

from django.db.models import Count

from .conf import conf
from .models import Discussion


def small_teams() -> list[str]:
    """Names of groups that moderate something with fewer people than TEAM_MIN; one query."""
    moderating = Discussion.objects.filter(is_enabled=True, in_circle=False)
    sizes = moderating.values("group__name").annotate(people=Count("group__user", distinct=True))
    small = sizes.filter(people__lt=conf().TEAM_MIN)
    return list(small.order_by("group__name").values_list("group__name", flat=True).distinct())
