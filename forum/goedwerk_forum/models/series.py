"""Series (traject): circles that belong together, with a report that their guides write.

Nobody stands here, by name or by pseudonym: a series knows circles only, and these know it.
"""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..ids import random_id
from .contributions import new_public_id

#: Longest words of a series, in characters.
TITLE_LENGTH, PURPOSE_LENGTH, REPORT_LENGTH = 80, 400, 10000


class Series(models.Model):
    """What some circles do together; its page is there for their members and guides only.

    ``draft`` is for the guides; ``report`` is what they released of it, for everybody inside.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("naam van het traject"), max_length=TITLE_LENGTH)
    purpose = models.CharField(_("waarvoor is het traject?"), max_length=PURPOSE_LENGTH)
    created_on = models.DateField()
    draft = models.TextField(max_length=REPORT_LENGTH, blank=True, default="", db_default="")
    report = models.TextField(max_length=REPORT_LENGTH, blank=True, default="", db_default="")
    released_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[Series]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goedwerk_series_report_has_day",
                condition=models.Q(report="", released_on__isnull=True)
                | (~models.Q(report="") & models.Q(released_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def draft_mark(self) -> str:
        """A hash of the draft: another one when a colleague wrote on it."""
        return hashlib.sha256(self.draft.encode()).hexdigest()

    @property
    def words_mark(self) -> str:
        """A hash of the name and the purpose, for the form that changes them."""
        return hashlib.sha256(f"{self.title}\n{self.purpose}".encode()).hexdigest()


class SeriesInvitation(models.Model):
    """A link with which a guide of another circle lets one circle join; kept as a hash only."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="invitations")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("geldig tot en met"))

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[SeriesInvitation]] = models.Manager()

    class Meta:
        ordering = ["expires_on", "public_id"]

    def __str__(self) -> str:
        return str(self.expires_on)
