"""What staff lay ready for others, in Wagtail's own screens, but written through ``actions``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ..actions import stock as actions
from ..errors import NotAllowed, NotFound


class SaysWhatNext:
    """A list that says, where nothing is in it yet, what to do; ``nothing_yet`` is the sentence.

    On a small screen each row is a block.
    """

    results_template_name = "goedwerk_forum/admin/nothing_yet.html"
    table_classname = "listing gw-blocks"
    nothing_yet: Any = ""


class StockView(SaysWhatNext, generic.IndexView):
    pass


class SaveStockMixin:
    """Saves what the form holds, with the parts of it that have rows of their own."""

    form: Any
    request: Any

    def save_instance(self) -> models.Model:
        try:
            return actions.save(self.form.save(commit=False), user=self.request.user)
        except NotAllowed as error:
            raise PermissionDenied from error
        except NotFound as error:
            raise Http404 from error


class AddStockView(SaveStockMixin, generic.CreateView):
    pass


class EditStockView(SaveStockMixin, generic.EditView):
    pass


class DeleteStockView(generic.DeleteView):
    def delete_action(self) -> None:
        try:
            actions.remove(self.object, user=self.request.user)
        except NotAllowed as error:
            raise PermissionDenied from error
        except NotFound as error:
            raise Http404 from error


class SaysWhatNextViewSet(ModelViewSet):
    """The screens of one kind of rows; ``nothing_yet`` is the sentence of its empty list."""

    nothing_yet: Any = ""

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**kwargs | {"nothing_yet": self.nothing_yet})


class StockViewSet(SaysWhatNextViewSet):
    """One kind of what lies ready."""

    index_view_class = StockView
    add_view_class = AddStockView
    edit_view_class = EditStockView
    delete_view_class = DeleteStockView
    copy_view_enabled = False
    search_backend_name = None
    add_to_settings_menu = True
