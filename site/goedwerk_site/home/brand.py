"""What an owner says about her site in the admin: name, logo, foot, contact, statements.

Every page shows it, so it is read once a minute and kept by the process, never once a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images.models import SourceImageIOError
from wagtail.models import Orderable, Page, Site

#: Seconds that a process shows what it read; another process changed it at most this long ago.
LIFE = 60
#: How each picture is drawn: the logo twice as large as it is shown, for sharp screens.
LOGO, ICON, TOUCH_ICON, CARD = "max-520x112", "fill-96x96", "fill-180x180", "fill-1200x630"


def _picture(words: Any, help_text: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=words,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=help_text,
    )


def _page(words: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=words,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


@register_setting(icon="desktop")
class Brand(ClusterableModel, BaseSiteSetting):
    """Name, logo, foot, contact address and statements of one site."""

    name = models.CharField(
        _("naam van de site"),
        max_length=40,
        blank=True,
        help_text=_(
            "Staat in de kop en in de titel van elke pagina. Leeg: de naam uit de instellingen."
        ),
    )
    logo = _picture(
        _("logo"),
        _("PNG, WebP of JPEG, liggend, minstens 112 pixels hoog, doorzichtige achtergrond."),
    )
    logo_dark = _picture(
        _("logo op een donkere achtergrond"),
        _("Voor wie een donker scherm heeft. Leeg: hetzelfde logo."),
    )
    name_beside_logo = models.BooleanField(
        _("naam naast het logo"),
        default=True,
        db_default=True,
        help_text=_("Zet dit uit als de naam al in het logo staat."),
    )
    icon = _picture(_("pictogram"), _("Vierkant. Staat op het tabblad van de browser."))
    card = _picture(
        _("plaatje bij een gedeelde link"),
        _("1200 bij 630 pixels. Hetzelfde voor elke pagina: het zegt nooit wat iemand deelt."),
    )
    foot_text = models.TextField(
        _("tekst onder aan elke pagina"),
        max_length=300,
        blank=True,
        help_text=_("Wie maakt deze site, en voor wie? Eén of twee zinnen."),
    )
    contact_mail = models.EmailField(
        _("contactadres"),
        blank=True,
        help_text=_("Een adres van de organisatie, niet van één persoon."),
    )
    shows_languages = models.BooleanField(
        _("andere talen aanbieden"),
        default=True,
        db_default=True,
        help_text=_("Een link onder aan elke pagina, voor elke taal die de site kent."),
    )
    house_rules_page = _page(_("huisregels"))
    privacy_page = _page(_("zo beschermen we je naam"))
    accessibility_page = _page(_("toegankelijkheidsverklaring"))

    panels: ClassVar[list] = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("logo"),
                FieldPanel("logo_dark"),
                FieldPanel("name_beside_logo"),
                FieldPanel("icon"),
                FieldPanel("card"),
            ],
            heading=_("Naam en beeld"),
        ),
        MultiFieldPanel(
            [FieldPanel("foot_text"), FieldPanel("contact_mail"), FieldPanel("shows_languages")],
            heading=_("Onder aan elke pagina"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("house_rules_page"),
                PageChooserPanel("privacy_page"),
                PageChooserPanel("accessibility_page"),
            ],
            heading=_("Verklaringen"),
            help_text=_("Ze staan vooraan in de voet van de site."),
        ),
        InlinePanel(
            "foot_links",
            label=_("link"),
            heading=_("Meer links in de voet"),
            help_text=_("Na de verklaringen, in deze volgorde: naar een pagina of naar elders."),
        ),
    ]

    class Meta:
        verbose_name = _("Huisstijl")

    def __str__(self) -> str:
        return str(_("Huisstijl van de site"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget(self.site_id)
        # Somebody may have read what was before, between the line above and the commit.
        transaction.on_commit(lambda: forget(self.site_id))


class FootLink(Orderable):
    """One link in the foot: to a page of the site, or to an address elsewhere."""

    brand = ParentalKey(Brand, on_delete=models.CASCADE, related_name="foot_links")
    title = models.CharField(_("tekst van de link"), max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("pagina"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.URLField(_("adres elders"), max_length=200, blank=True)

    panels: ClassVar[list] = [FieldPanel("title"), PageChooserPanel("page"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                name="goedwerk_foot_link_to_one_place",
                condition=models.Q(page__isnull=False, url="")
                | (models.Q(page__isnull=True) & ~models.Q(url="")),
                violation_error_message=_("Kies een pagina, of vul een adres in: één van de twee."),
            )
        ]

    def __str__(self) -> str:
        return self.title


# --- what pages show ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """A picture as it is drawn, in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Place:
    """A link: its words and its address on this site or elsewhere."""

    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """What a page shows of the brand; without a database, the defaults."""

    name: str = field(default_factory=lambda: str(settings.WAGTAIL_SITE_NAME))
    logo: Picture | None = None
    logo_dark: Picture | None = None
    name_beside_logo: bool = True
    icon: Picture | None = None
    touch_icon: Picture | None = None
    card: Picture | None = None
    foot_text: str = ""
    contact_mail: str = ""
    shows_languages: bool = True
    privacy: Place | None = None
    statements: tuple[Place, ...] = ()
    links: tuple[Place, ...] = ()


def shown(site: Site, request: HttpRequest) -> Shown:
    """The brand of ``site`` in the language of ``request``; no query once this process knows it."""
    known = cache.get(_key(site.pk))
    if known is None:
        known = _read(site, request)
        cache.set(_key(site.pk), known, LIFE)
    return known


def forget(site_id: int) -> None:
    """The next page of this process reads the brand anew."""
    cache.delete_many([_key(site_id, code) for code, _name in settings.LANGUAGES])


def _key(site_id: int, language: str | None = None) -> str:
    # Addresses of pages have the language in them.
    return f"goedwerk_brand:{site_id}:{language or get_language()}"


def _read(site: Site, request: HttpRequest) -> Shown:
    brand = (
        Brand.objects.filter(site=site)
        .select_related("logo", "logo_dark", "icon", "card")
        .prefetch_related("foot_links__page")
        .first()
    )
    if brand is None:
        return Shown()
    stated = [brand.house_rules_page_id, brand.privacy_page_id, brand.accessibility_page_id]
    places = _places(stated, request)
    return Shown(
        name=brand.name or Shown().name,
        logo=_drawn(brand.logo, LOGO),
        logo_dark=_drawn(brand.logo_dark, LOGO),
        name_beside_logo=brand.name_beside_logo or brand.logo is None,
        icon=_drawn(brand.icon, ICON),
        touch_icon=_drawn(brand.icon, TOUCH_ICON),
        card=_drawn(brand.card, CARD),
        foot_text=brand.foot_text,
        contact_mail=brand.contact_mail,
        shows_languages=brand.shows_languages,
        privacy=places.get(brand.privacy_page_id),
        statements=tuple(places.values()),
        links=tuple(_links(brand, request)),
    )


def _places(keys: list[int | None], request: HttpRequest) -> dict[int | None, Place]:
    """The pages of a site with these keys that anybody may read, in the order of the keys."""
    wanted = [key for key in dict.fromkeys(keys) if key is not None]
    found = Page.objects.live().public().in_bulk(wanted) if wanted else {}
    urls = {key: found[key].get_url(request) for key in wanted if key in found}
    return {key: Place(found[key].title, url) for key, url in urls.items() if url}


def _links(brand: Brand, request: HttpRequest) -> list[Place]:
    links = list(brand.foot_links.all())
    places = _places([link.page_id for link in links], request)
    return [
        Place(link.title, link.url or places[link.page_id].url)
        for link in links
        if link.url or link.page_id in places
    ]


def _drawn(image: Any, filters: str) -> Picture | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition(f"{filters}|format-png")
    except SourceImageIOError:
        # Its file is gone: a page without a logo is better than no page.
        return None
    return Picture(rendition.url, rendition.width, rendition.height)
