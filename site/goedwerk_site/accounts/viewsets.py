"""Wagtail's user screens without the last-seen column and filter: we keep no such moment."""

from __future__ import annotations

from functools import cached_property

from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserFilterSet as WagtailUserFilterSet
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet


class UserFilterSet(WagtailUserFilterSet):
    last_login = None


class IndexView(WagtailIndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if column.name != "last_login"]


class UserViewSet(WagtailUserViewSet):
    index_view_class = IndexView
    filterset_class = UserFilterSet
