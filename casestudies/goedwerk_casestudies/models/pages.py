from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from goedwerk_forum import kinds
from goedwerk_forum.admin.preview_marks import MarkedPreviewMixin
from goedwerk_forum.pages import FIELDS as DISCUSSION_FIELDS
from goedwerk_forum.pages import DiscussionPageMixin
from goedwerk_forum.people import Person

from ..admin.clearance_form import StoryForm
from ..blocks import KeptWordsBlock, OptionBlock
from ..drawings import DRAWINGS, template_of
from . import story_panels
from .themes import Theme

if TYPE_CHECKING:
    from wagtail.models import Page as Base
    from wagtail.models import PagePermissionTester

    from ..beside import Beside
else:
    Base = models.Model

#: Words a minute that a reader of B1 prose reads.
READING_SPEED = 200
PROSE = ["bold", "italic", "ul", "link"]


class Organisation(models.TextChoices):
    """The kind of organisation a story plays in; never a name."""

    STATE = "rijk", _("Rijk")
    AGENCY = "uitvoering", _("Uitvoeringsorganisatie")
    PROVINCE = "provincie", _("Provincie")
    MUNICIPALITY = "gemeente", _("Gemeente")
    WATER_BOARD = "waterschap", _("Waterschap")
    SUPERVISION = "toezicht", _("Toezicht")
    PARTNERSHIP = "samenwerking", _("Samenwerking")


class StoryMixin(MarkedPreviewMixin, Base):
    """What a practice story and a dilemma share; a site can build page types of its own on it.

    A page of such a type is public with a clearance only (``gate``): a second editor's signature
    under exactly what a reader can see. It stands before ``Page`` among the bases.
    """

    lead = models.TextField(
        _("inleiding"),
        max_length=400,
        help_text=_("Eén tot drie zinnen. Staat ook in overzichten."),
    )
    themes = ParentalManyToManyField(Theme, verbose_name=_("thema’s"), blank=True, related_name="+")
    organisation = models.CharField(
        _("soort organisatie"),
        max_length=20,
        choices=Organisation.choices,
        blank=True,
        help_text=_("Alleen de soort. Nooit de naam."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Laat leeg als een tekening beter past. Geen foto van mensen of gebouwen."),
    )
    image_alt = models.CharField(
        _("beschrijving van de afbeelding"),
        max_length=200,
        blank=True,
        help_text=_("Wat ziet wie de afbeelding niet kan zien?"),
    )
    drawing = models.CharField(
        _("tekening"),
        max_length=40,
        blank=True,
        choices=DRAWINGS,
        help_text=_("Wordt getoond als er geen afbeelding is."),
    )
    pull_quote = models.CharField(
        _("uitgelichte zin"), max_length=160, blank=True, help_text=_("Een zin uit de tekst.")
    )
    lens_capable = models.CharField(_("vraag bij bekwaam"), max_length=200, blank=True)
    lens_engaged = models.CharField(_("vraag bij betrokken"), max_length=200, blank=True)
    lens_trustworthy = models.CharField(_("vraag bij betrouwbaar"), max_length=200, blank=True)

    assignment = models.ForeignKey(
        "goedwerk_casestudies.AssignmentPage",
        verbose_name=_("opgave"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Een opgave die bij dit verhaal past. Zij staat onder de tekst."),
    )

    #: ``reading_minutes`` as it was at the last save, for an overview to choose by.
    minutes = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)

    kept = StreamField(
        [("kept", KeptWordsBlock())],
        verbose_name=_("woorden die mogen blijven"),
        blank=True,
        help_text=_("Wat hier staat, houdt de vrijgave niet tegen."),
    )
    check_singling_out = models.TextField(
        _("valt iemand op?"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Is er maar één mens, team of organisatie die dit kan zijn? Schrijf op waarom niet. "
            "Noem geen namen."
        ),
    )
    check_linking = models.TextField(
        _("is het te koppelen?"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Kan iemand dit naast een nieuwsbericht, verslag of profiel leggen en zo een mens "
            "vinden? Schrijf op wat je hebt weggehaald."
        ),
    )
    check_inference = models.TextField(
        _("is het af te leiden?"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Kan een collega raden over wie dit gaat, en hoort die dan iets nieuws? "
            "Schrijf op wat zij dan te weten komt."
        ),
    )

    opening_panels: ClassVar[list] = story_panels.OPENING
    closing_panels: ClassVar[list] = story_panels.CLOSING
    clearance_panels: ClassVar[list] = story_panels.CLEARANCE
    #: Names of the fields that hold running text, in reading order.
    text_fields: ClassVar[tuple[str, ...]] = ()
    #: Columns that no reader sees; every other column of a page type is signed for.
    unshown_fields: ClassVar[tuple[str, ...]] = (
        "drawing",
        "assignment",
        "minutes",
        "kept",
        "check_singling_out",
        "check_linking",
        "check_inference",
        *(name for name in DISCUSSION_FIELDS if name != "discussion_question"),
    )
    base_form_class = StoryForm

    class Meta:
        abstract = True

    def more_shown(self) -> dict[str, str]:
        """What a page type shows beside its own columns (rows of its own, say), by a name each."""
        return {}

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.image_id and not self.image_alt:
            errors["image_alt"] = _("Beschrijf de afbeelding in een zin.")
        for name, sentences in self._names_left().items():
            errors.setdefault(name, " ".join(sentences))
        if errors:
            raise ValidationError(errors)

    def _names_left(self) -> dict[str, list[str]]:
        """What to do about each name that is left, by the field it stands in."""
        from ..shown import unresolved

        sentences: dict[str, list[str]] = {}
        for left in unresolved(self):
            sentences.setdefault(left.field, []).append(left.what_to_do())
        return sentences

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A draft is saved with update_fields on the live row: its text is not public yet.
        if kwargs.get("update_fields") is None:
            self.minutes = self.reading_minutes
        super().save(*args, **kwargs)

    def permissions_for_user(self, user: Person) -> PagePermissionTester:
        from ..admin.permissions import StoryPermissionTester

        return StoryPermissionTester(user, self)

    def _require_clearance(self) -> None:
        """A live page without one slipped through: nobody reads it, and somebody is told."""
        from .. import clearance

        if not clearance.is_cleared(self):
            clearance.alert()
            raise Http404

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._require_clearance()
        return super().serve(request, *args, **kwargs)

    def serve_password_required_response(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self._require_clearance()
        return super().serve_password_required_response(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        from ..clearance import is_cleared

        return super().get_sitemap_urls(request) if is_cleared(self) else []

    def recognisable(self) -> dict[str, str]:
        from ..shown import recognisable

        return recognisable(self)

    def words(self) -> int:
        return sum(len(strip_tags(str(getattr(self, name))).split()) for name in self.text_fields)

    @property
    def discussion_introduction(self) -> str:
        return self.lead

    @property
    def reading_minutes(self) -> int:
        return max(1, math.ceil(self.words() / READING_SPEED))

    @cached_property
    def listed_themes(self) -> list[Theme]:
        return list(self.themes.all())

    @property
    def live_assignment(self) -> Page | None:
        """The assignment that goes with it, where anybody may read it."""
        if self.assignment_id is None:
            return None
        found = Page.objects.live().public().filter(pk=self.assignment_id)
        return found.specific().first()

    @cached_property
    def listed_tips(self) -> list[Page]:
        """The tips that name it, where anybody may read them."""
        from ..guidance import tips_for

        return list(tips_for(self)) if self.pk else []

    @cached_property
    def beside(self) -> Beside:
        """What it leads to: those before and after it, and others like it."""
        from ..beside import beside

        return beside(self)

    @property
    def drawing_template(self) -> str:
        return template_of(self.drawing)

    @property
    def lenses(self) -> list[tuple[str, str, str]]:
        """(lens, its name, question) for each lens that has a question, in fixed order."""
        questions = (self.lens_capable, self.lens_engaged, self.lens_trustworthy)
        return [
            (lens.key, lens.name, question)
            for lens, question in zip(kinds.lenses(), questions, strict=True)
            if question
        ]


class StoryPage(StoryMixin, DiscussionPageMixin, Page):
    """A practice story: what happened, the tension, what was weighed and done, with hindsight."""

    what_happened = RichTextField(_("wat er gebeurde"), features=PROSE)
    tension = RichTextField(_("waar het wrong"), features=PROSE)
    weighed = RichTextField(_("wat ik afwoog"), features=PROSE, blank=True)
    done = RichTextField(_("wat ik deed"), features=PROSE, blank=True)
    hindsight = RichTextField(_("met de kennis van nu"), features=PROSE, blank=True)

    text_fields = ("what_happened", "tension", "weighed", "done", "hindsight")
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        *(index.SearchField(name) for name in text_fields),
    ]
    content_panels: ClassVar[list] = [
        *story_panels.TOP,
        *StoryMixin.opening_panels,
        *story_panels.STORY,
        *StoryMixin.closing_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Verhaal")),
            ObjectList(DiscussionPageMixin.discussion_panels, heading=_("Dialoog")),
            ObjectList(Page.promote_panels, heading=_("Vindbaarheid")),
            ObjectList(StoryMixin.clearance_panels, heading=_("Vrijgave")),
        ]
    )
    parent_page_types = ["goedwerk_casestudies.CaseStudyIndexPage"]
    subpage_types: ClassVar[list] = ["goedwerk_forum.HarvestPage"]
    template = "goedwerk_casestudies/story_page.html"
    page_description = _("Iets dat op het werk gebeurde, verteld zodat niemand te herkennen is.")

    class Meta:
        verbose_name = _("praktijkverhaal")
        verbose_name_plural = _("praktijkverhalen")

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """(anchor, heading, text) of each part after the opening that holds text."""
        return [
            (
                name,
                str(cast(models.Field, self._meta.get_field(name)).verbose_name),
                getattr(self, name),
            )
            for name in self.text_fields[1:]
            if getattr(self, name)
        ]


class DilemmaPage(StoryMixin, DiscussionPageMixin, Page):
    """A dilemma: the situation, the conflict, options with what speaks for and against."""

    situation = RichTextField(_("de situatie"), features=PROSE)
    conflict = RichTextField(_("wat er aan je trekt"), features=PROSE)
    options = StreamField([("option", OptionBlock())], verbose_name=_("wat je zou kunnen doen"))
    question = models.CharField(
        _("vraag aan de lezer"), max_length=200, default="Wat zou jij doen?"
    )

    text_fields = ("situation", "conflict", "options")
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        *(index.SearchField(name) for name in text_fields),
    ]
    content_panels: ClassVar[list] = [
        *story_panels.TOP,
        *StoryMixin.opening_panels,
        *story_panels.DILEMMA,
        *StoryMixin.closing_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Dilemma")),
            ObjectList(DiscussionPageMixin.discussion_panels, heading=_("Dialoog")),
            ObjectList(Page.promote_panels, heading=_("Vindbaarheid")),
            ObjectList(StoryMixin.clearance_panels, heading=_("Vrijgave")),
        ]
    )
    parent_page_types = ["goedwerk_casestudies.CaseStudyIndexPage"]
    subpage_types: ClassVar[list] = ["goedwerk_forum.HarvestPage"]
    template = "goedwerk_casestudies/dilemma_page.html"
    page_description = _("Een situatie die geen regel oplost, met wat voor en tegen spreekt.")

    class Meta:
        verbose_name = _("dilemma")
        verbose_name_plural = _("dilemma’s")


class CaseStudyIndexPage(Page):
    """The overview of the stories or dilemmas below it, newest first, by theme."""

    lead = models.TextField(_("inleiding"), max_length=400, blank=True)

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("lead", help_text=_("Eén of twee zinnen boven het overzicht.")),
    ]
    subpage_types = ["goedwerk_casestudies.StoryPage", "goedwerk_casestudies.DilemmaPage"]
    template = "goedwerk_casestudies/index_page.html"
    page_description = _("Toont de verhalen of dilemma’s die eronder staan, de nieuwste eerst.")

    class Meta:
        verbose_name = _("overzicht van verhalen")
        verbose_name_plural = _("overzichten van verhalen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import listing_context

        return super().get_context(request, *args, **kwargs) | listing_context(self, request)
