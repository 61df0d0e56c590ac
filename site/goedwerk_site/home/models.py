from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from goedwerk_casestudies.home import home_context

from .brand import Brand, FootLink

__all__ = ["Brand", "FootLink", "HomePage", "TextPage"]


class HomePage(Page):
    """The front door: what this is, this week's question, where a voice is missing."""

    lead = models.TextField(_("inleiding"), max_length=300)
    week_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("vraag van deze week"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Een verhaal of dilemma met een open dialoog."),
    )
    week_lead = models.CharField(_("aanleiding bij de vraag"), max_length=200, blank=True)

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("lead", help_text=_("Wat is dit voor plek? Eén of twee zinnen.")),
        FieldPanel("week_page"),
        FieldPanel("week_lead", help_text=_("Eén zin: waarom juist deze vraag nu?")),
    ]
    max_count = 1
    template = "home/home_page.html"
    page_description = _("De eerste pagina, met de vraag van deze week. Een site heeft er één.")

    class Meta:
        verbose_name = _("voorpagina")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | home_context(self.week_page_id)


class TextPage(Page):
    """A page of plain text: the method, the house rules, how we protect a name."""

    lead = models.TextField(_("inleiding"), max_length=400, blank=True)
    body = RichTextField(_("tekst"), features=["h2", "h3", "bold", "italic", "ul", "ol", "link"])

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    template = "home/text_page.html"
    page_description = _("Gewone tekst: de werkwijze, de huisregels, hoe we een naam beschermen.")

    class Meta:
        verbose_name = _("tekstpagina")
