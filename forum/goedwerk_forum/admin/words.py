"""The owner's own words: list, add, change, remove, and CSV in and out."""

from __future__ import annotations

import io
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from ..actions import checks as actions
from ..models import ConductTerm
from .stock import SaysWhatNext

#: Bytes of a file.
LARGEST_FILE = 1_000_000
#: Wrong lines that are named.
NAMED = 20


class WordsView(SaysWhatNext, generic.IndexView):
    nothing_yet = gettext_lazy(
        "Er staan nog geen woorden bij. De meegeleverde lijsten werken al. Voeg een woord toe dat "
        "op jouw site raakt, of een dat er juist niet raakt."
    )
    list_export = actions.COLUMNS
    #: Never translated: what goes out must come in again in any language.
    export_headings: ClassVar[dict[str, str]] = {name: name for name in actions.COLUMNS}

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Reading a file in beside taking one out; the button to add a word keeps its place."""
        buttons = super().header_more_buttons
        if may_import(self.request):
            buttons.append(
                Button(
                    _("Bestand inlezen"),
                    url=reverse("goedwerk_words:import"),
                    icon_name="upload",
                )
            )
        return buttons

    def get_filename(self) -> str:
        return "woorden-die-raken"


class AddWordView(generic.CreateView):
    def save_instance(self) -> ConductTerm:
        actions.save_term(self.form.instance)
        return self.form.instance


class EditWordView(generic.EditView):
    def save_instance(self) -> ConductTerm:
        actions.save_term(self.form.instance)
        return self.form.instance


class DeleteWordView(generic.DeleteView):
    def delete_action(self) -> None:
        actions.remove_term(self.object)


def may_import(request: HttpRequest) -> bool:
    """A file adds words and changes them."""
    may = request.user.has_perms(
        ["goedwerk_forum.add_conductterm", "goedwerk_forum.change_conductterm"]
    )
    return bool(request.user.is_active and may)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV-bestand"),
        help_text=gettext_lazy(
            "De eerste regel is: term,kind,weight. Kind is insult, threat, sexual, "
            "discrimination, attack, contempt, coarse of harmless; weight is 1, 2 of 3."
        ),
        error_messages={"required": gettext_lazy("Kies een bestand.")},
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Dit bestand is te groot. Maximaal 1 MB."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Sla het bestand op als UTF-8.")) from None


class ImportWordsView(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_import(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(request, ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                done = actions.import_terms(io.StringIO(form.cleaned_data["file"], newline=""))
            except ValidationError as error:
                form.add_error("file", error.messages[:NAMED])
            else:
                self._tell(request, done)
                return redirect("goedwerk_words:index")
        return self._shown(request, form)

    @staticmethod
    def _tell(request: HttpRequest, done: actions.Imported) -> None:
        messages.success(
            request,
            _("Ingelezen: %(added)d erbij, %(changed)d gewijzigd.")
            % {"added": done.added, "changed": done.changed},
        )

    @staticmethod
    def _shown(request: HttpRequest, form: ImportForm) -> HttpResponse:
        title = _("Woorden inlezen")
        return render(
            request,
            "goedwerk_forum/admin/words_import.html",
            {
                "form": form,
                "page_title": title,
                "header_title": title,
                "header_icon": "upload",
                "breadcrumbs_items": [
                    {"url": reverse("wagtailadmin_home"), "label": _("Start")},
                    {"url": reverse("goedwerk_words:index"), "label": _("Woorden die raken")},
                    {"url": "", "label": title},
                ],
            },
        )


class WordsViewSet(ModelViewSet):
    """Words that hurt, or do not, beside the shipped lists."""

    model = ConductTerm
    name = "goedwerk_words"
    url_prefix = "woorden"
    icon = "list-ul"
    add_to_settings_menu = True
    menu_label = gettext_lazy("Woorden die raken")
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = WordsView
    add_view_class = AddWordView
    edit_view_class = EditWordView
    delete_view_class = DeleteWordView
    list_display = [
        "term",
        Column("kind", label=gettext_lazy("Soort"), accessor="get_kind_display"),
        Column("weight", label=gettext_lazy("Gewicht"), accessor="get_weight_display"),
    ]
    list_export = actions.COLUMNS
    list_filter = ["kind", "weight"]
    search_fields = ["term"]
    search_backend_name = None
    panels = [
        FieldPanel("term"),
        FieldPanel(
            "kind",
            help_text=gettext_lazy(
                "Bij ‘onschuldig’ slaat de controle het woord over, ook uit een meegeleverde lijst."
            ),
        ),
        FieldPanel(
            "weight",
            help_text=gettext_lazy("Hoe zwaarder, hoe meer het woord meetelt."),
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("inlezen/", ImportWordsView.as_view(), name="import"),
            *super().get_urlpatterns(),
        ]
