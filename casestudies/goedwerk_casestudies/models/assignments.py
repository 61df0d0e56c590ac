from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from goedwerk_forum.pages import DiscussionPageMixin

from ..ballots.sheets import Form, Item, Sheet
from ..blocks import AssignmentItemBlock, AssignmentStepBlock
from .ballot_pages import BallotPageMixin

if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = models.Model

FEWEST_STEPS, MOST_STEPS = 2, 7


def _items(blocks: Any) -> tuple[Item, ...]:
    """Named by the ids that Wagtail gives to blocks, which stay when one is moved or reworded."""
    return tuple(
        Item(str(block.id or number), block.value["text"], block.value["more"])
        for number, block in enumerate(blocks)
    )


class AssignmentMixin(BallotPageMixin, Base):
    """An assignment (opgave): one model, four forms; also below a story, and on paper."""

    lead = models.TextField(
        _("inleiding"), max_length=400, help_text=_("Waar gaat het om, en wat heb je eraan?")
    )
    form = models.CharField(_("vorm"), max_length=10, choices=Form.choices, default=Form.MARK)
    question = models.CharField(_("vraag"), max_length=200)
    items = StreamField(
        [("item", AssignmentItemBlock())],
        verbose_name=_("waar het over gaat"),
        help_text=_("De lijst, de kaarten, de partijen of de zinnen."),
        max_num=40,
    )
    steps = StreamField(
        [("step", AssignmentStepBlock())],
        verbose_name=_("stappen van de schaal"),
        blank=True,
        max_num=MOST_STEPS,
        help_text=_("Alleen bij de vorm ‘Schaal’: van de ene kant naar de andere."),
    )
    most = models.PositiveSmallIntegerField(
        _("hoeveel kaarten"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Alleen bij de vorm ‘Kaarten’: hoeveel iemand er per stapel kiest."),
    )
    across = models.CharField(
        _("as van links naar rechts"), max_length=40, blank=True, help_text=_("Zoals: belang")
    )
    upward = models.CharField(
        _("as van onder naar boven"), max_length=40, blank=True, help_text=_("Zoals: invloed")
    )

    name_fields = ("title", "lead", "question", "across", "upward")
    assignment_panels: ClassVar[list] = [
        FieldPanel("lead"),
        FieldPanel("form"),
        FieldPanel("question", help_text=_("Wat doet de lezer met de lijst hieronder?")),
        FieldPanel("items"),
        FieldPanel("steps"),
        FieldPanel("most"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("across"), FieldPanel("upward")])],
            heading=_("Assen, bij de vorm ‘Plaatsen’"),
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        from ..shown import names_in, traceable

        super().clean()
        errors: dict[str, Any] = {}
        for name in ("items", "steps"):
            lines = [
                block.value[part] for block in getattr(self, name) for part in ("text", "more")
            ]
            # Line by line: a card after a card would seem to be the name of somebody.
            if found := [words for line in lines for words in names_in(line)]:
                errors[name] = traceable(found)
        if self.form == Form.SCALE and len(self.steps) < FEWEST_STEPS:
            errors["steps"] = _("Een schaal heeft minstens twee stappen.")
        for name in ("across", "upward") if self.form == Form.PLACE else ():
            if not getattr(self, name):
                errors[name] = _("Geef de as een naam.")
        if errors:
            raise ValidationError(errors)

    def sheet(self) -> Sheet:
        steps = _items(self.steps) if self.form == Form.SCALE else ()
        return Sheet(self.form, _items(self.items), steps, self.most, self.across, self.upward)

    @property
    def discussion_introduction(self) -> str:
        return self.lead


class AssignmentPage(AssignmentMixin, DiscussionPageMixin, Page):
    """An assignment with a page of its own."""

    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("question")]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [*Page.content_panels, *AssignmentMixin.assignment_panels], heading=_("Opgave")
            ),
            ObjectList(BallotPageMixin.round_panels, heading=_("Rondes")),
            ObjectList(DiscussionPageMixin.discussion_panels, heading=_("Dialoog")),
            ObjectList(Page.promote_panels, heading=_("Vindbaarheid")),
        ]
    )
    parent_page_types = ["goedwerk_casestudies.BallotIndexPage"]
    subpage_types: ClassVar[list] = ["goedwerk_forum.HarvestPage"]
    template = "goedwerk_casestudies/assignment_page.html"
    page_description = _("Iets om voor jezelf in te vullen; wie wil, voegt het toe aan een beeld.")

    class Meta:
        verbose_name = _("opgave")
        verbose_name_plural = _("opgaven")


class BallotIndexPage(Page):
    """The overview of the statements and assignments below it, newest first."""

    lead = models.TextField(_("inleiding"), max_length=400, blank=True)

    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("lead", help_text=_("Eén of twee zinnen boven het overzicht.")),
    ]
    subpage_types = ["goedwerk_casestudies.StatementPage", "goedwerk_casestudies.AssignmentPage"]
    template = "goedwerk_casestudies/ballot_index_page.html"
    page_description = _("Toont de stellingen en opgaven die eronder staan.")

    class Meta:
        verbose_name = _("overzicht van stellingen en opgaven")
        verbose_name_plural = _("overzichten van stellingen en opgaven")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..ballots.listing import listing_context

        return super().get_context(request, *args, **kwargs) | listing_context(self, request)
