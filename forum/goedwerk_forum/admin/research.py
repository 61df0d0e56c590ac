"""Figures for researchers in the admin: read them here, take them along as a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .. import access, research
from ..actions.research import export

#: What a press may ask for.
FILES = (SpreadsheetExportMixin.FORMAT_CSV, SpreadsheetExportMixin.FORMAT_XLSX)


class ResearchView(SpreadsheetExportMixin, WagtailAdminTemplateMixin, View):
    """Shows the tables; a press makes a file of them, and is on record."""

    template_name = "goedwerk_forum/admin/research.html"
    page_title = _("Cijfers voor onderzoek")
    header_icon = "table"
    list_export: ClassVar[list[str]] = ["table", "group", "what", "number"]
    export_headings: ClassVar[dict[str, Any]] = {
        "table": _("Tabel"),
        "group": _("Groep"),
        "what": _("Waarvan"),
        "number": _("Aantal"),
    }
    custom_field_preprocess: ClassVar[dict[str, Any]] = {
        name: {"csv": research.harmless} for name in ("table", "group", "what")
    }
    #: The files leave by a press, never by an address.
    show_export_buttons = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not access.may_export_research(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(lines=research.lines()))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        as_file = request.POST.get("file", "")
        if as_file not in FILES:
            return self.get(request)
        return self.as_spreadsheet(export(user=request.user, as_file=as_file), as_file)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_filename(self) -> str:
        return f"goed-werk-cijfers-{timezone.localdate():%Y-%m-%d}"
