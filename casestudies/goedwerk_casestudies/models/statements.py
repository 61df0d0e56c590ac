from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from goedwerk_forum.pages import DiscussionPageMixin

from ..ballots.sheets import Form, Item, Sheet
from .ballot_pages import BallotPageMixin
from .themes import Theme

if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = models.Model

#: The key of the one thing that a statement asks about.
STATEMENT = "stelling"
PROSE = ["bold", "italic", "ul", "link"]


class Answers(models.TextChoices):
    """What one can answer to a statement."""

    THREE = "three", _("Eens, oneens, weet niet")
    FIVE = "five", _("Vijf stappen, van helemaal eens tot helemaal oneens")


STEPS: dict[str, tuple[tuple[str, Any], ...]] = {
    Answers.THREE: (("agree", _("Eens")), ("disagree", _("Oneens")), ("unsure", _("Weet niet"))),
    Answers.FIVE: (
        ("strongly_agree", _("Helemaal eens")),
        ("agree", _("Eens")),
        ("unsure", _("Ik twijfel")),
        ("disagree", _("Oneens")),
        ("strongly_disagree", _("Helemaal oneens")),
    ),
}


class StatementMixin(BallotPageMixin, Base):
    """A statement to vote on before and after the dialogue; its title is the statement."""

    lead = models.TextField(
        _("inleiding"),
        max_length=400,
        help_text=_("Eén tot drie zinnen: waarom is dit lastig? Neem zelf geen standpunt in."),
    )
    body = RichTextField(_("toelichting"), features=PROSE, blank=True)
    answers = models.CharField(
        _("antwoorden"), max_length=10, choices=Answers.choices, default=Answers.THREE
    )

    name_fields = ("title", "lead", "body")
    statement_panels: ClassVar[list] = [
        FieldPanel("lead"),
        FieldPanel("body", help_text=_("Wat iemand moet weten om te kunnen stemmen.")),
        FieldPanel(
            "answers", help_text=_("Verander je dit, dan geldt het vanaf de volgende ronde.")
        ),
    ]

    class Meta:
        abstract = True

    def sheet(self) -> Sheet:
        # In the language that the statement is in, whoever opens the round.
        with override(settings.LANGUAGE_CODE):
            steps = tuple(Item(key, str(text)) for key, text in STEPS[self.answers])
        return Sheet(Form.SCALE, (Item(STATEMENT, self.title),), steps)

    @property
    def discussion_introduction(self) -> str:
        return self.lead


class StatementPage(StatementMixin, DiscussionPageMixin, Page):
    """A statement: vote, hear others, vote again; the picture shows two totals."""

    themes = ParentalManyToManyField(Theme, verbose_name=_("thema’s"), blank=True, related_name="+")

    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    *StatementMixin.statement_panels,
                    FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Stelling"),
            ),
            ObjectList(BallotPageMixin.round_panels, heading=_("Rondes")),
            ObjectList(DiscussionPageMixin.discussion_panels, heading=_("Dialoog")),
            ObjectList(Page.promote_panels, heading=_("Vindbaarheid")),
        ]
    )
    parent_page_types = ["goedwerk_casestudies.BallotIndexPage"]
    subpage_types: ClassVar[list] = ["goedwerk_forum.HarvestPage"]
    template = "goedwerk_casestudies/statement_page.html"
    page_description = _("Een zin om over te stemmen, vóór de dialoog en nog eens erna.")

    class Meta:
        verbose_name = _("stelling")
        verbose_name_plural = _("stellingen")
