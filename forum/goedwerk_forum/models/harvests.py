from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.contrib.routable_page.models import path as route
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from ..admin.harvest_panels import HarvestPanel
from ..admin.preview_marks import MarkedPreviewMixin
from ..blocks import HarvestTipBlock, InsightBlock, OpenQuestionBlock
from ..people import Person
from .contributions import Contribution, new_public_id
from .discussed import DiscussionPageMixin

#: Longest quote or paraphrase, in characters.
QUOTE_LENGTH = 600


class Composer(models.TextChoices):
    """Who made a harvest, by role; never by name."""

    GUIDE = "guide", _("de begeleider van de dialoog")
    AMBASSADOR = "ambassador", _("een ambassadeur")
    TOGETHER = "together", _("de begeleider samen met deelnemers")
    EDITORS = "editors", _("de redactie")


class HarvestPage(MarkedPreviewMixin, RoutablePageMixin, DiscussionPageMixin, Page):
    """What came out of the dialogue on the page above it: insights, open questions, tips.

    It holds the composer's own words only. What participants said stands in ``HarvestQuote``:
    a revision of this page never holds a word of theirs.
    """

    intro = models.TextField(
        _("inleiding"),
        max_length=600,
        help_text=_("Eén tot vier zinnen: waar ging de dialoog over, en hoe ging het?"),
    )
    composed_by = models.CharField(
        _("gemaakt door"), max_length=12, choices=Composer.choices, default=Composer.GUIDE
    )
    insights = StreamField([("insight", InsightBlock())], verbose_name=_("inzichten"), blank=True)
    questions = StreamField(
        [("question", OpenQuestionBlock())], verbose_name=_("open vragen"), blank=True
    )
    tips = StreamField([("tip", HarvestTipBlock())], verbose_name=_("tips"), blank=True)

    search_fields = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("intro", "insights", "questions", "tips")),
    ]
    content_panels: ClassVar[list] = [
        HarvestPanel(),
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("composed_by", help_text=_("Een rol. Lezers zien nooit wie het was.")),
        FieldPanel("insights", help_text=_("Wat weten we nu dat we eerst niet wisten?")),
        FieldPanel("questions", help_text=_("Waar kwam de dialoog niet uit?")),
        FieldPanel(
            "tips",
            help_text=_("Wat kan een ander morgen doen? Er komen handvatten uit."),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Opbrengst")),
            ObjectList(DiscussionPageMixin.discussion_panels, heading=_("Dialoog")),
            ObjectList(Page.promote_panels, heading=_("Vindbaarheid")),
        ]
    )
    subpage_types: ClassVar[list] = []
    template = "goedwerk_forum/harvest_page.html"
    page_description = _("Wat een dialoog opleverde: inzichten, open vragen en tips.")

    class Meta:
        verbose_name = _("opbrengst")
        verbose_name_plural = _("opbrengsten")

    #: Set where harvests are listed: how many versions readers got, and the page above.
    number: int
    source: Page | None

    @property
    def discussion_introduction(self) -> str:
        return self.intro

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Below what carries a discussion, and below no other harvest."""
        there = parent.specific_class or Page
        if not issubclass(there, DiscussionPageMixin) or issubclass(there, HarvestPage):
            return False
        return bool(super().can_create_at(parent))

    def can_move_to(self, parent: Page) -> bool:
        """A harvest stays with its dialogue: elsewhere others might read it."""
        return False

    def permissions_for_user(self, user: Person) -> PagePermissionTester:
        from ..admin.harvest_permissions import HarvestPermissionTester

        return HarvestPermissionTester(user, self)

    def clean(self) -> None:
        from ..harvest_text import errors_in

        super().clean()
        if errors := errors_in(self):
            raise ValidationError(errors)

    def recognisable(self) -> dict[str, str]:
        from ..harvest_text import recognisable

        return recognisable(self)

    # --- reading ------------------------------------------------------------------------------

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._require_source()
        return super().serve(request, *args, **kwargs)

    def serve_password_required_response(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self._require_source()
        return super().serve_password_required_response(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        from ..harvests import source_is_there

        return super().get_sitemap_urls(request) if source_is_there(self) else []

    def _require_source(self) -> None:
        """Without the page that it was made from, nobody reads it."""
        from ..harvests import source_is_there

        if not source_is_there(self):
            raise Http404

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..harvest_showing import page_context

        return super().get_context(request, *args, **kwargs) | page_context(self, request)

    @route("versies/")
    def versions(self, request: HttpRequest) -> HttpResponseBase:
        """What changed from version to version, at a glance."""
        from ..harvest_showing import versions_of

        return self.render(
            request,
            template="goedwerk_forum/harvest_versions.html",
            context_overrides={"versions": versions_of(self)},
        )


class HarvestQuote(models.Model):
    """Words of one participant in a harvest: exactly hers, or in the composer's own words.

    Readers see them only while she consents and her contribution is readable. The text is that
    which she was asked about; it goes with a refusal, and with a withdrawal of the consent or of
    the contribution.
    """

    class Form(models.TextChoices):
        QUOTE = "quote", _("citaat: precies de woorden van de schrijver")
        PARAPHRASE = "paraphrase", _("samenvatting: in jouw eigen woorden")

    class Place(models.TextChoices):
        INSIGHTS = "insights", _("bij de inzichten")
        QUESTIONS = "questions", _("bij de open vragen")
        TIPS = "tips", _("bij de tips")

    class Consent(models.TextChoices):
        PICKED = "picked", _("nog niet gevraagd")
        ASKED = "asked", _("gevraagd")
        GIVEN = "given", _("akkoord")
        REFUSED = "refused", _("niet akkoord")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    page = models.ForeignKey(HarvestPage, on_delete=models.CASCADE, related_name="quotes")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="quotes")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.QUOTE)
    place = models.CharField(max_length=12, choices=Place.choices, default=Place.INSIGHTS)
    text = models.TextField(max_length=QUOTE_LENGTH, blank=True)
    #: The version of the contribution from which it was taken.
    revision = models.PositiveIntegerField()
    consent = models.CharField(max_length=12, choices=Consent.choices, default=Consent.PICKED)
    #: It stood in a published harvest: what was withdrawn leaves a mark there.
    was_shown = models.BooleanField(default=False, db_default=False)
    #: Day on which she was asked, or answered last.
    day = models.DateField()
    #: What she answered since last night, in the words of the record, with spaces between.
    to_record = models.CharField(
        max_length=60, blank=True, default="", db_default="", editable=False
    )

    objects: ClassVar[models.Manager[HarvestQuote]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            # Whoever said no is not asked again for the same harvest.
            models.UniqueConstraint(
                fields=["page", "contribution"], name="goedwerk_quoted_once_a_harvest"
            ),
            models.CheckConstraint(
                name="goedwerk_quote_known",
                condition=models.Q(
                    form__in=("quote", "paraphrase"),
                    place__in=("insights", "questions", "tips"),
                    consent__in=("picked", "asked", "given", "refused", "withdrawn"),
                ),
            ),
            models.CheckConstraint(
                name="goedwerk_no_words_without_consent",
                condition=models.Q(consent__in=("refused", "withdrawn"), text="")
                | (models.Q(consent__in=("picked", "asked", "given")) & ~models.Q(text="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.public_id}"
