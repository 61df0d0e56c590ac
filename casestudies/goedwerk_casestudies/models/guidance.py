from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from goedwerk_forum.pages import DiscussionPageMixin

from .themes import Theme

if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = models.Model

PROSE = ["bold", "italic", "ul", "link"]


class Cluster(models.Model):
    """Tips that belong together; editors make their own beside the four that come along."""

    name = models.CharField(_("naam"), max_length=60, unique=True)
    slug = models.SlugField(unique=True)
    description = models.CharField(_("omschrijving"), max_length=240, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    panels: ClassVar[list] = [
        FieldPanel("name"),
        FieldPanel("slug", help_text=_("Deel van het webadres. Laat het daarna zo staan.")),
        FieldPanel("description", help_text=_("Eén zin: wat hebben deze handvatten gemeen?")),
        FieldPanel("sort_order", help_text=_("Het laagste getal staat bovenaan.")),
    ]
    objects: ClassVar[models.Manager[Cluster]] = models.Manager()

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("groep handvatten")
        verbose_name_plural = _("groepen handvatten")

    def __str__(self) -> str:
        return self.name


class GuidanceIndexPage(Page):
    """All tips of a site, by cluster."""

    lead = models.TextField(_("inleiding"), max_length=400, blank=True)

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("lead", help_text=_("Eén of twee zinnen boven het overzicht.")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    subpage_types = ["goedwerk_casestudies.TipPage"]
    template = "goedwerk_casestudies/guidance_index_page.html"
    page_description = _("Toont alle handvatten, per groep.")

    class Meta:
        verbose_name = _("overzicht van handvatten")
        verbose_name_plural = _("overzichten van handvatten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..guidance import guidance_context

        context = super().get_context(request, *args, **kwargs)
        return context | guidance_context(self, request) if self.pk else context


class TipMixin(Base):
    """A tip (handvat): what one can do, when it helps, what to watch for.

    It is the editors' own text about no case of anybody, so it needs no clearance; a name in it
    is refused all the same. It stands before ``Page`` among the bases.
    """

    lead = models.TextField(
        _("de tip"), max_length=400, help_text=_("Wat kun je doen? Eén tot drie zinnen.")
    )
    when_it_helps = RichTextField(_("wanneer dit helpt"), features=PROSE, blank=True)
    watch_for = RichTextField(_("waar je op let"), features=PROSE, blank=True)
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("groep"), on_delete=models.PROTECT, related_name="+"
    )
    themes = ParentalManyToManyField(Theme, verbose_name=_("thema’s"), blank=True, related_name="+")
    harvest = models.ForeignKey(
        "goedwerk_forum.HarvestPage",
        verbose_name=_("opbrengst"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Uit welke dialoog deze tip komt."),
    )
    #: The block in the harvest from which it was made.
    harvest_tip = models.CharField(
        max_length=36, blank=True, default="", db_default="", editable=False
    )

    name_fields: ClassVar[tuple[str, ...]] = ("title", "lead", "when_it_helps", "watch_for")
    tip_panels: ClassVar[list] = [
        FieldPanel("lead"),
        FieldPanel("cluster"),
        FieldPanel("when_it_helps", help_text=_("In welke situatie doe je dit wel?")),
        FieldPanel("watch_for", help_text=_("Wanneer doe je het niet, of gaat het mis?")),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        from ..shown import names_in, traceable

        super().clean()
        errors: dict[str, Any] = {
            name: traceable(found)
            for name in self.name_fields
            if (found := names_in(str(getattr(self, name))))
        }
        if errors:
            raise ValidationError(errors)

    @property
    def discussion_introduction(self) -> str:
        return self.lead

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..guidance import tip_context

        return super().get_context(request, *args, **kwargs) | tip_context(self)


class TipPage(TipMixin, DiscussionPageMixin, Page):
    """A tip on a page of its own, with a dialogue where one likes."""

    search_fields = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("lead", "when_it_helps", "watch_for")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    *TipMixin.tip_panels,
                    InlinePanel(
                        "cases",
                        heading=_("Verhalen en dilemma’s"),
                        label=_("verhaal"),
                        help_text=_("Waarin dit handvat helpt. Het staat dan ook op die pagina."),
                    ),
                    PageChooserPanel("harvest", "goedwerk_forum.HarvestPage"),
                ],
                heading=_("Handvat"),
            ),
            ObjectList(DiscussionPageMixin.discussion_panels, heading=_("Dialoog")),
            ObjectList(Page.promote_panels, heading=_("Vindbaarheid")),
        ]
    )
    parent_page_types = ["goedwerk_casestudies.GuidanceIndexPage"]
    subpage_types: ClassVar[list] = ["goedwerk_forum.HarvestPage"]
    template = "goedwerk_casestudies/tip_page.html"
    page_description = _("Wat je in de praktijk kunt doen, wanneer het helpt en waar je op let.")
    exclude_fields_in_copy: ClassVar[list[str]] = [
        *DiscussionPageMixin.exclude_fields_in_copy,
        "harvest_tip",
    ]

    class Meta:
        verbose_name = _("handvat")
        verbose_name_plural = _("handvatten")


class TipCase(Orderable):
    """A story or dilemma in which a tip helps."""

    tip = ParentalKey(TipPage, on_delete=models.CASCADE, related_name="cases")
    page = models.ForeignKey(
        Page, verbose_name=_("verhaal"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar[list] = [
        PageChooserPanel(
            "page", ["goedwerk_casestudies.StoryPage", "goedwerk_casestudies.DilemmaPage"]
        )
    ]
    objects: ClassVar[models.Manager[TipCase]] = models.Manager()

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["tip", "page"], name="goedwerk_tip_names_case_once")
        ]

    def __str__(self) -> str:
        return f"{self.tip_id}:{self.page_id}"
