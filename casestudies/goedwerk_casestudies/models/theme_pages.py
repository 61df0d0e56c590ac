from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from .themes import Theme


class ThemeIndexPage(Page):
    """The themes that have a page, in the order of the alphabet."""

    lead = models.TextField(_("inleiding"), max_length=400, blank=True)

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("lead", help_text=_("Eén of twee zinnen boven het overzicht.")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    subpage_types = ["goedwerk_casestudies.ThemePage"]
    template = "goedwerk_casestudies/theme_index_page.html"
    page_description = _("Toont de thema’s die een eigen pagina hebben.")

    class Meta:
        verbose_name = _("overzicht van thema’s")
        verbose_name_plural = _("overzichten van thema’s")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = ThemePage.objects.child_of(self).live().public().select_related("theme")
        return super().get_context(request, *args, **kwargs) | {"items": pages.order_by("title")}


class ThemePage(Page):
    """What all dialogues on one theme bring together: what was told, asked, found and learnt.

    Its words are the editors' own; everything else on it is looked up when it is read.
    """

    theme = models.ForeignKey(
        Theme, verbose_name=_("thema"), on_delete=models.PROTECT, related_name="pages"
    )
    lead = models.TextField(
        _("inleiding"),
        max_length=400,
        blank=True,
        help_text=_("Leeg: de omschrijving van het thema."),
    )
    learned = RichTextField(
        _("wat we tot nu toe leerden"),
        features=["bold", "italic", "ul", "link"],
        blank=True,
        help_text=_("Over de dialogen heen, in jouw woorden. Noem geen mensen of organisaties."),
    )

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel(
            "theme",
            help_text=_("Verhalen, opbrengsten en handvatten met dit thema komen er vanzelf bij."),
        ),
        FieldPanel("lead"),
        FieldPanel("learned"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("learned"),
    ]
    parent_page_types = ["goedwerk_casestudies.ThemeIndexPage"]
    subpage_types: ClassVar[list] = []
    template = "goedwerk_casestudies/theme_page.html"
    page_description = _("Brengt samen wat alle dialogen over één thema opleverden.")

    class Meta:
        verbose_name = _("themapagina")
        verbose_name_plural = _("themapagina’s")

    @property
    def introduction(self) -> str:
        return self.lead or self.theme.description

    def clean(self) -> None:
        from ..shown import names_in, traceable

        super().clean()
        errors: dict[str, Any] = {
            name: traceable(found)
            for name in ("title", "lead", "learned")
            if (found := names_in(str(getattr(self, name))))
        }
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..theme_showing import theme_context

        return super().get_context(request, *args, **kwargs) | theme_context(self.theme)
