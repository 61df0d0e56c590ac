from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Theme(models.Model):
    """A tension that stories have in common (spanningsveld)."""

    name = models.CharField(_("naam"), max_length=60, unique=True)
    slug = models.SlugField(unique=True)
    question = models.CharField(_("vraag"), max_length=160, blank=True)
    description = models.TextField(_("omschrijving"), blank=True)

    panels: ClassVar[list] = [
        FieldPanel("name"),
        FieldPanel("slug", help_text=_("Deel van het webadres. Laat het daarna zo staan.")),
        FieldPanel("question", help_text=_("Eén vraag waar alle verhalen over gaan.")),
        FieldPanel(
            "description",
            help_text=_("Twee of drie zinnen: tussen welke twee dingen moet je kiezen?"),
        ),
    ]
    objects: ClassVar[models.Manager[Theme]] = models.Manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("thema")
        verbose_name_plural = _("thema’s")

    def __str__(self) -> str:
        return self.name
