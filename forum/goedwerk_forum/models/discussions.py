from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Policy(models.TextChoices):
    """When a contribution becomes visible; of a newcomer never before a person read it."""

    ALL_FIRST = "all_first", _("Alles eerst langs een ambassadeur")
    TRUSTED_FIRST = "trusted_first", _("Vertrouwde schrijvers direct, anderen eerst")
    AFTER = "after_publication", _("Direct plaatsen, daarna meelezen; nieuwkomers eerst")


class Discussion(models.Model):
    """The dialogue on one page.

    ``version`` rises with everything that changes what readers see. ``last_position`` numbers the
    contributions; taking a number locks the row, so that closing and posting cannot cross.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="goedwerk_discussion"
    )
    question = models.CharField(_("vraag aan de lezer"), max_length=200)
    policy = models.CharField(
        _("manier van modereren"), max_length=20, choices=Policy.choices, default=Policy.ALL_FIRST
    )
    is_sensitive = models.BooleanField(_("gevoelig verhaal"), default=False, db_default=False)
    group = models.ForeignKey(
        Group,
        verbose_name=_("ambassadeurs"),
        on_delete=models.PROTECT,
        related_name="goedwerk_discussions",
    )
    guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begeleider"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    opens_on = models.DateField(_("opent op"), null=True, blank=True)
    closes_on = models.DateField(_("sluit na"), null=True, blank=True)
    is_enabled = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    last_position = models.PositiveIntegerField(default=0, editable=False)
    shown_count = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager[Discussion]] = models.Manager()

    class Meta:
        verbose_name = _("dialoog")
        verbose_name_plural = _("dialogen")
        permissions = [
            ("moderate_discussion", _("Mag bijdragen beoordelen in toegewezen dialogen")),
            ("guide_discussion", _("Mag dialogen begeleiden")),
        ]
        constraints = [
            models.CheckConstraint(
                name="goedwerk_policy_known",
                condition=models.Q(policy__in=Policy.values),
            ),
            models.CheckConstraint(
                name="goedwerk_closes_after_opening",
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Where it is read; the base package asks each commented object for it."""
        return f"{self.page.url or '/'}#dialoog"

    @property
    def policy_in_force(self) -> str:
        """What is said about a sensitive story is read first, whatever was chosen."""
        return Policy.ALL_FIRST if self.is_sensitive else self.policy

    @property
    def has_started(self) -> bool:
        return self.opens_on is None or self.opens_on <= timezone.localdate()

    @property
    def has_ended(self) -> bool:
        return self.closes_on is not None and self.closes_on < timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Whether somebody may write here today."""
        return self.is_enabled and self.page.live and self.has_started and not self.has_ended
