"""The pages endpoint of Wagtail's API for a site that has one: what anybody may read.

api_router.register_endpoint("pages", ClearedPagesAPIViewSet)
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from goedwerk_forum.access import READABLE_IF, public_pages
from goedwerk_forum.public import only_public_pages


class ClearedPagesAPIViewSet(PagesAPIViewSet):
    """As Wagtail's own; put it in the place of that one.

    It shows cleared stories, and a harvest while the page that it was made from can be read. It
    says the same to everybody: what a restriction keeps apart is not in it.
    """

    def get_base_queryset(self) -> PageQuerySet:
        return super().get_base_queryset().filter(pk__in=public_pages().order_by().values("pk"))

    def paginate_queryset(self, queryset: PageQuerySet) -> list[Page]:
        return only_public_pages(super().paginate_queryset(queryset))

    def get_object(self) -> Page:
        page: Any = super().get_object()
        if not all(allows(page) for allows in READABLE_IF):
            raise Http404
        return page
