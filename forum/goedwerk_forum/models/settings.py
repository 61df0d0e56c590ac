from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from .contributions import Lens


@register_setting(icon="group")
class ForumSettings(ClusterableModel, BaseSiteSetting):
    """What an editor may change about the dialogue on a site."""

    hand_over = models.TextField(
        _("veilige doorverwijzing"),
        blank=True,
        default="Gaat het om een misstand, een dreiging of grensoverschrijdend gedrag? Schrijf het "
        "dan niet hier. Praat met een vertrouwenspersoon, de integriteitscoördinator of het Huis "
        "voor Klokkenluiders.",
        help_text=_("Staat bij het formulier, onder de huisregels."),
    )

    panels: ClassVar[list] = [
        FieldPanel("hand_over"),
        InlinePanel("house_rules", label=_("huisregel"), heading=_("Huisregels")),
    ]

    class Meta:
        verbose_name = _("Dialoog")

    def __str__(self) -> str:
        return str(_("Instellingen van de dialoog"))


class HouseRule(Orderable):
    """One house rule, shown where one writes."""

    settings = ParentalKey(ForumSettings, on_delete=models.CASCADE, related_name="house_rules")
    text = models.CharField(_("huisregel"), max_length=120)
    lens = models.CharField(_("teken"), max_length=20, choices=Lens.choices, default=Lens.CAPABLE)

    panels: ClassVar[list] = [FieldPanel("text"), FieldPanel("lens")]

    def __str__(self) -> str:
        return self.text
