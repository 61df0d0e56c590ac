"""Formats in the admin: their steps in order, and as a file out and in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from .. import format_file
from ..actions.formats import bring_in
from ..models import Format
from ..models.formats import MOST_STEPS
from .stock import EditStockView, StockView, StockViewSet

#: Bytes of a file.
LARGEST_FILE = 100_000


class FormatsView(StockView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("steps")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Reading a file in beside adding one by hand."""
        buttons = super().header_more_buttons
        if self.request.user.has_perm("goedwerk_forum.add_format"):
            url = reverse("goedwerk_formats:import")
            buttons.append(Button(_("Bestand inlezen"), url=url, icon_name="upload"))
        return buttons


class EditFormatView(EditStockView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        url = reverse("goedwerk_formats:export", args=[self.object.pk])
        saved = Button(_("Bewaar als bestand"), url=url, icon_name="download")
        return [*super().header_more_buttons, saved]


class ExportView(View):
    """A format as a file."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may = ("goedwerk_forum.view_format", "goedwerk_forum.change_format")
        if not (request.user.is_active and any(map(request.user.has_perm, may))):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = Format.objects.filter(pk=pk).first()
        if template is None:
            raise Http404
        name = slugify(template.name) or "werkvorm"
        headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
        text = format_file.dumped(template)
        return HttpResponse(text, content_type="application/json", headers=headers)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("JSON-bestand"),
        help_text=gettext_lazy("Een bestand dat met ‘Bewaar als bestand’ gemaakt is."),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
        },
    )

    def clean_file(self) -> format_file.ReadFormat:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Dit bestand is te groot. Maximaal 100 kB."))
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Sla het bestand op als UTF-8.")) from None
        return format_file.read(text)


class ImportView(View):
    """Reads a format from a file; a mistake in it changes nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not (request.user.is_active and request.user.has_perm("goedwerk_forum.add_format")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(request, ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                made = bring_in(user=request.user, read=form.cleaned_data["file"])
            except ValidationError as error:
                form.add_error("file", error.messages)
            else:
                messages.success(
                    request, _("Werkvorm ‘%(name)s’ is ingelezen.") % {"name": made.name}
                )
                return redirect("goedwerk_formats:edit", made.pk)
        return self._shown(request, form)

    @staticmethod
    def _shown(request: HttpRequest, form: ImportForm) -> HttpResponse:
        title = _("Werkvorm inlezen")
        context = {
            "form": form,
            "page_title": title,
            "header_title": title,
            "header_icon": "upload",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Start")},
                {"url": reverse("goedwerk_formats:index"), "label": _("Werkvormen")},
                {"url": "", "label": title},
            ],
        }
        status = 422 if form.is_bound else 200
        return render(request, "goedwerk_forum/admin/format_import.html", context, status=status)


class FormatsViewSet(StockViewSet):
    """The ways to hold a dialogue, with their steps."""

    model = Format
    name = "goedwerk_formats"
    url_prefix = "werkvormen"
    icon = "list-ol"
    menu_label = gettext_lazy("Werkvormen")
    inspect_view_enabled = False
    index_view_class = FormatsView
    edit_view_class = EditFormatView
    list_display = [
        "name",
        Column(
            "steps",
            label=gettext_lazy("Stappen"),
            accessor=lambda template: ", ".join(step.name for step in template.steps.all()),
        ),
    ]
    search_fields = ["name", "introduction"]
    nothing_yet = gettext_lazy(
        "Er zijn nog geen werkvormen. Voeg er een toe, of lees een bestand van een andere site in."
    )
    panels = [
        FieldPanel(
            "name",
            help_text=gettext_lazy("Onder deze naam kiest iemand hem; deelnemers lezen hem ook."),
        ),
        FieldPanel("introduction"),
        InlinePanel(
            "steps",
            heading=gettext_lazy("Stappen"),
            label=gettext_lazy("Stap"),
            help_text=gettext_lazy(
                "Een dialoog neemt een kopie van de stappen. Wat je hier wijzigt, geldt dus alleen "
                "voor dialogen die deze werkvorm daarna kiezen."
            ),
            min_num=1,
            max_num=MOST_STEPS,
            panels=[
                FieldPanel("name"),
                FieldPanel("question"),
                FieldPanel("kinds"),
                FieldPanel("is_round"),
                FieldPanel("days"),
                FieldPanel(
                    "task",
                    help_text=gettext_lazy("Een link in deze stap leidt erheen, naast schrijven."),
                ),
            ],
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("inlezen/", ImportView.as_view(), name="import"),
            path("bestand/<int:pk>/", ExportView.as_view(), name="export"),
            *super().get_urlpatterns(),
        ]
