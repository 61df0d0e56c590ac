from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from .kinds import Lens

#: What whoever decides is called, where a site says nothing else.
ROLE_NAME = "ambassadeur"


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

    role_name = models.CharField(
        _("naam van de rol"),
        max_length=40,
        default=ROLE_NAME,
        db_default=ROLE_NAME,
        help_text=_("Zo heet wie beslist tegenover schrijvers: een rol, nooit de naam van iemand."),
    )

    panels: ClassVar[list] = [
        FieldPanel("hand_over"),
        FieldPanel("role_name"),
        InlinePanel(
            "house_rules",
            label=_("huisregel"),
            heading=_("Huisregels"),
            help_text=_(
                "Staan bij elk formulier, in deze volgorde. Drie of vier leest iemand nog. Staat "
                "hier niets, dan ziet wie schrijft geen huisregels."
            ),
        ),
        InlinePanel(
            "safe_places",
            label=_("adres"),
            heading=_("Waar mensen terechtkunnen"),
            help_text=_(
                "Wie schrijft over een misstand, een dreiging, ongewenst gedrag of wanhoop, ziet "
                "vóór het versturen de adressen die daarbij passen. Staat hier niets, dan ziet zij "
                "de landelijke adressen."
            ),
        ),
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

    panels: ClassVar[list] = [
        FieldPanel("text", help_text=_("Eén zin, tegen ‘je’. Zeg wat iemand wél doet.")),
        FieldPanel("lens", help_text=_("Het getekende teken dat vóór de regel staat.")),
    ]

    def __str__(self) -> str:
        return self.text


class Signal(models.TextChoices):
    """What a text can tell of that needs more than a dialogue; the heaviest first."""

    DESPAIR = "despair", _("wanhoop")
    MISCONDUCT = "misconduct", _("seksueel ongewenst gedrag")
    THREAT = "threat", _("dreiging")
    WRONGDOING = "wrongdoing", _("misstand")


class SafePlace(Orderable):
    """Somebody to turn to, for the signals that are ticked."""

    settings = ParentalKey(ForumSettings, on_delete=models.CASCADE, related_name="safe_places")
    name = models.CharField(_("naam"), max_length=80)
    description = models.CharField(
        _("wat zij doen"), max_length=200, blank=True, help_text=_("Eén zin, in gewone woorden.")
    )
    phone = models.CharField(
        _("telefoon"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9 ()-]{3,}$", _("Vul een telefoonnummer in."))],
    )
    url = models.URLField(_("website"), max_length=200, blank=True)
    for_despair = models.BooleanField(_("bij wanhoop"), default=False)
    for_misconduct = models.BooleanField(_("bij seksueel ongewenst gedrag"), default=False)
    for_threat = models.BooleanField(_("bij een dreiging"), default=False)
    for_wrongdoing = models.BooleanField(_("bij een misstand"), default=False)

    panels: ClassVar[list] = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("phone", help_text=_("Wie op een telefoon leest, belt met één tik.")),
        FieldPanel("url", help_text=_("Het hele adres, met https:// ervoor.")),
        MultiFieldPanel(
            [FieldPanel(f"for_{signal}") for signal in Signal.values], heading=_("Wanneer?")
        ),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                name="goedwerk_place_for_something",
                condition=models.Q(for_despair=True)
                | models.Q(for_misconduct=True)
                | models.Q(for_threat=True)
                | models.Q(for_wrongdoing=True),
                violation_error_message=_("Kruis aan wanneer iemand dit adres ziet."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_for(self, signal: str) -> bool:
        return bool(getattr(self, f"for_{signal}"))

    @property
    def dialled(self) -> str:
        """The number as a link to it wants it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


#: What a site starts with. Editors change it; a site without addresses shows these.
DEFAULT_PLACES: list[dict[str, Any]] = [
    {
        "name": "113 Zelfmoordpreventie",
        "description": "Dag en nacht iemand die luistert. Gratis en anoniem, ook via de chat.",
        "phone": "0800-0113",
        "url": "https://www.113.nl/",
        "for_despair": True,
    },
    {
        "name": "Je huisarts",
        "description": "Bel de praktijk en zeg dat het dringend is. Buiten kantooruren: de "
        "huisartsenpost.",
        "for_despair": True,
    },
    {
        "name": "Vertrouwenspersoon van je organisatie",
        "description": "Luistert, denkt met je mee en houdt het geheim. Jij beslist wat er "
        "gebeurt. De naam staat op je intranet.",
        "for_despair": True,
        "for_misconduct": True,
        "for_threat": True,
        "for_wrongdoing": True,
    },
    {
        "name": "Centrum Seksueel Geweld",
        "description": "Hulp na een aanranding of verkrachting, dag en nacht. Gratis.",
        "phone": "0800-0188",
        "url": "https://centrumseksueelgeweld.nl/",
        "for_misconduct": True,
    },
    {
        "name": "Politie",
        "description": "Bij een bedreiging of een strafbaar feit. Is er nu gevaar? Bel 112.",
        "phone": "0900-8844",
        "url": "https://www.politie.nl/",
        "for_misconduct": True,
        "for_threat": True,
    },
    {
        "name": "Integriteitsmeldpunt van je organisatie",
        "description": "Hier meld je een misstand binnen je eigen organisatie. Je vindt het op je "
        "intranet.",
        "for_misconduct": True,
        "for_wrongdoing": True,
    },
    {
        "name": "Huis voor Klokkenluiders",
        "description": "Gratis en vertrouwelijk advies over het melden van een misstand, ook vóór "
        "je iets meldt.",
        "phone": "088-1331000",
        "url": "https://www.huisvoorklokkenluiders.nl/",
        "for_wrongdoing": True,
    },
]
