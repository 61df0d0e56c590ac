"""The kinds of contribution and the three lenses in the admin: the owner's words for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ..actions import kinds as actions
from ..errors import LastKind
from ..models import ContributionKind, LensWords, Shape


class ShapeSelect(forms.RadioSelect):
    """The drawn shapes, each as it looks beside its name."""

    template_name = "goedwerk_forum/admin/shapes.html"


class SaveKindMixin:
    """Saves through ``actions``; the last kind in use stays, and says so beside the field."""

    form: Any

    def save_instance(self) -> ContributionKind:
        return actions.save_kind(self.form.instance)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except LastKind as error:
            form.add_error("is_in_use", str(error))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class WordsOfOwnerView(generic.IndexView):
    table_classname = "listing gw-blocks"


class AddKindView(SaveKindMixin, generic.CreateView):
    pass


class EditKindView(SaveKindMixin, generic.EditView):
    pass


class WithoutDeleting(ModelViewSet):
    """A model whose rows stay: no view, no button takes one away."""

    #: Names of Wagtail's views that this one leaves out.
    left_out: tuple[str, ...] = ("delete",)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        without = {f"{name}_url_name": None for name in self.left_out}
        return super().get_common_view_kwargs(**kwargs | without)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [one for one in super().get_urlpatterns() if one.name not in self.left_out]


class KindsViewSet(WithoutDeleting):
    """What a contribution can be: name, prompt, words for replying, shape, place, in use."""

    model = ContributionKind
    name = "goedwerk_kinds"
    url_prefix = "soorten"
    icon = "comment"
    add_to_settings_menu = True
    menu_label = _("Soorten bijdragen")
    index_view_class = WordsOfOwnerView
    add_view_class = AddKindView
    edit_view_class = EditKindView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "name",
        Column("prompt", label=_("Vraag aan de schrijver")),
        Column("shape", label=_("Vorm"), accessor="get_shape_display"),
        Column("sort_order", label=_("Volgorde")),
        BooleanColumn("is_in_use", label=_("In gebruik")),
    ]
    list_filter = ["is_in_use"]
    search_fields = ["name", "prompt"]
    search_backend_name = None
    ordering = ["sort_order", "pk"]
    panels = [
        FieldPanel("name"),
        FieldPanel("prompt"),
        FieldPanel("reply_words"),
        FieldPanel(
            "shape",
            widget=ShapeSelect(choices=Shape.choices),
            help_text=_("Staat vóór de naam. Kies een vorm die geen andere soort heeft."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("asks_answer"),
                FieldPanel("sort_order", help_text=_("De laagste staat vooraan in het formulier.")),
                FieldPanel("is_in_use"),
            ],
            heading=_("In de dialoog"),
        ),
    ]


class EditLensView(generic.EditView):
    def save_instance(self) -> LensWords:
        return actions.save_lens(self.form.instance)


class LensesViewSet(WithoutDeleting):
    """The names of the three lenses and what each asks; there are three, always."""

    model = LensWords
    name = "goedwerk_lenses"
    url_prefix = "lenzen"
    icon = "view"
    add_to_settings_menu = True
    menu_label = _("Lenzen")
    index_view_class = WordsOfOwnerView
    edit_view_class = EditLensView
    left_out = ("delete", "add")
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["name", Column("question", label=_("Vraag"))]
    ordering = ["pk"]
    panels = [
        HelpPanel(
            content=_(
                "Er zijn drie lenzen, altijd. Lezers en schrijvers zien overal de naam en de vraag "
                "die hier staan, ook bij wat er al is."
            )
        ),
        FieldPanel("name"),
        FieldPanel("question"),
    ]
