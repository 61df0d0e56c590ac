"""Wagtail's user screens as this site needs them.

Without the last-seen column and filter, as we keep no such moment, and with names left free.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserFilterSet as WagtailUserFilterSet
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .staff_forms import StaffCreationForm, StaffEditForm


class UserFilterSet(WagtailUserFilterSet):
    last_login = None


class IndexView(WagtailIndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if column.name != "last_login"]


class UserViewSet(WagtailUserViewSet):
    index_view_class = IndexView
    filterset_class = UserFilterSet

    def get_form_class(self, for_update: bool = False) -> Any:
        return StaffEditForm if for_update else StaffCreationForm
