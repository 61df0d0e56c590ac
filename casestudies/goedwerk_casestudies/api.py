"""The pages endpoint of Wagtail's API for a site that has one: cleared stories only.

api_router.register_endpoint("pages", ClearedPagesAPIViewSet)
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .clearance import is_cleared, maybe_cleared, only_cleared


class ClearedPagesAPIViewSet(PagesAPIViewSet):
    """As Wagtail's own; put it in the place of that one."""

    def get_base_queryset(self) -> PageQuerySet:
        return super().get_base_queryset().filter(maybe_cleared())

    def paginate_queryset(self, queryset: PageQuerySet) -> list[Page]:
        return only_cleared(super().paginate_queryset(queryset))

    def get_object(self) -> Page:
        page: Any = super().get_object()
        if not is_cleared(page):
            raise Http404
        return page
