from __future__ import annotations

import uuid
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..ids import random_id
from .contributions import Contribution, new_public_id
from .discussions import Discussion
from .moderation import ReasonCode


class ReportReason(models.TextChoices):
    """Why somebody asks for a look, in a reader's words."""

    TRACEABLE = "traceable", _("Iemand is te herkennen")
    CONFIDENTIAL = "confidential", _("Hier staat iets vertrouwelijks")
    ABOUT_PERSON = "about_person", _("Het gaat over een mens, niet over het werk")
    CONDUCT = "conduct", _("De toon is kwetsend, bedreigend of discriminerend")
    UNLAWFUL = "unlawful", _("Dit mag niet van de wet")
    SPAM = "spam", _("Dit is reclame of spam")
    OTHER = "other", _("Iets anders")


#: The ground on which software may hide a text for a reason; "something else" is no ground.
GROUND_OF: dict[str, ReasonCode] = {
    ReportReason.TRACEABLE: ReasonCode.TRACEABLE,
    ReportReason.CONFIDENTIAL: ReasonCode.CONFIDENTIAL,
    ReportReason.ABOUT_PERSON: ReasonCode.ABOUT_PERSON,
    ReportReason.CONDUCT: ReasonCode.CONDUCT,
    ReportReason.UNLAWFUL: ReasonCode.UNLAWFUL,
    ReportReason.SPAM: ReasonCode.LINKS,
}


def place_of_page(page: Page) -> UUID:
    """What a page without a dialogue is called where nothing may tell its number; fixed."""
    return place_of(page.translation_key, page.locale_id)


def place_of(translation_key: UUID, locale_id: int) -> UUID:
    """The same, of a page that is not fetched."""
    return uuid.uuid5(translation_key, str(locale_id))


class Report(models.Model):
    """A report (melding) of a contribution, or of a page.

    A page has a discussion that the report belongs to, or, where it never had one, it is ``page``.

    ``reporter`` is what an account is called as a reporter in one discussion: unlike its token as
    a participant, and unlike its name in any other discussion. Who is not signed in has a receipt
    code instead, of which ``receipt`` is the hash. ``sealed`` is the text, for the web process.
    """

    class State(models.TextChoices):
        OPEN = "open", _("wordt bekeken")
        UPHELD = "upheld", _("je had gelijk")
        REFUSED = "refused", _("het blijft staan")
        GONE = "gone", _("de tekst was al weg")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    discussion = models.ForeignKey(
        Discussion, on_delete=models.CASCADE, null=True, related_name="reports"
    )
    #: A page without a discussion.
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="+")
    #: None: the report is about the page.
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, null=True, related_name="reports"
    )
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    sealed = models.TextField(blank=True, editable=False)
    reporter = models.CharField(max_length=64, null=True, editable=False)
    receipt = models.CharField(max_length=64, null=True, unique=True, editable=False)
    #: Whether it counts towards hiding: of somebody in good standing, and not used for it before.
    counts = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    #: The decider's words to the reporter.
    answer = models.TextField(max_length=1000, blank=True)
    day = models.DateField()
    decided_on = models.DateField(null=True)

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[Report]] = models.Manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        default_permissions = ()
        indexes = [models.Index(fields=["discussion", "state"], name="goedwerk_reports_open")]
        constraints = [
            models.CheckConstraint(
                name="goedwerk_report_state_known",
                condition=models.Q(state__in=["open", "upheld", "refused", "gone"]),
            ),
            models.CheckConstraint(
                name="goedwerk_report_decided_or_open",
                condition=models.Q(state="open", decided_on__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="goedwerk_report_token_or_receipt",
                condition=models.Q(reporter__isnull=True, receipt__isnull=False)
                | models.Q(reporter__isnull=False, receipt__isnull=True),
            ),
            models.UniqueConstraint(
                name="goedwerk_one_open_report",
                fields=["contribution", "reporter"],
                condition=models.Q(state="open", contribution__isnull=False),
            ),
            models.UniqueConstraint(
                name="goedwerk_one_open_page_report",
                fields=["discussion", "reporter"],
                condition=models.Q(state="open", contribution__isnull=True),
            ),
            models.UniqueConstraint(
                name="goedwerk_one_open_report_alone",
                fields=["page", "reporter"],
                condition=models.Q(state="open", page__isnull=False),
            ),
            models.CheckConstraint(
                name="goedwerk_report_has_one_place",
                condition=models.Q(discussion__isnull=False, page__isnull=True)
                | models.Q(discussion__isnull=True, page__isnull=False, contribution__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.public_id}"

    @property
    def place(self) -> UUID:
        """What a reporter's token is made of beside her account, and what the record calls it."""
        return self.discussion.uuid if self.discussion else place_of_page(self.reported_page)

    @property
    def reported_page(self) -> Page:
        """The page that it is about, or on which the contribution stands."""
        page = self.discussion.page if self.discussion else self.page
        assert page is not None  # noqa: S101  # one of the two, by constraint
        return page

    @property
    def url(self) -> str:
        """Where readers find what it is about."""
        return self.discussion.get_absolute_url() if self.discussion else self.reported_page.url


class KeptText(models.Model):
    """The text of a withdrawn contribution, sealed, while a report of it is open: 30 days at most.

    Only who judges the report sees it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="kept_text"
    )
    sealed = models.TextField(editable=False)
    day = models.DateField()

    objects: ClassVar[models.Manager[KeptText]] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "kept text"
