from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.ids import random_id


class Clearance(models.Model):
    """A second editor's signature under exactly the words that a page shows.

    ``digest`` is the hash of the shown fields (``clearance.digest``): one changed word, and no
    clearance fits the page any more. ``abstracted_by`` and ``signed_by`` are never one person.
    A page that comes from a submission is free only when its contributor agreed, or was silent
    after having said beforehand that silence is agreement (``Submission.consent``), and only with
    the words that she agreed to: ``standing`` says of each signed text whether it is one of those.
    """

    class Standing(models.TextChoices):
        WAITS = "waits", _("Wacht op de inzender")
        OPEN = "open", _("Mag op de site")
        TURNED_DOWN = "turned_down", _("De inzender wilde het anders")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="goedwerk_clearances"
    )
    digest = models.CharField(max_length=64)
    #: Open: she agreed to exactly these words, or nobody is asked (any more).
    standing = models.CharField(
        max_length=12,
        choices=Standing.choices,
        default=Standing.WAITS,
        db_default=Standing.WAITS,
        editable=False,
    )
    #: She said no to these words; it stays when they are signed once more, until she says yes.
    was_turned_down = models.BooleanField(default=False, db_default=False, editable=False)
    abstracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_on = models.DateField()

    objects: ClassVar[models.Manager[Clearance]] = models.Manager()

    class Meta:
        verbose_name = _("vrijgave")
        verbose_name_plural = _("vrijgaven")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "digest"], name="goedwerk_clearance_once_per_text"
            ),
            models.CheckConstraint(
                name="goedwerk_signed_by_a_second",
                condition=~models.Q(abstracted_by=models.F("signed_by")),
            ),
            models.CheckConstraint(
                name="goedwerk_clearance_knows_a_no",
                condition=models.Q(standing="waits")
                | models.Q(standing="open", was_turned_down=False)
                | models.Q(standing="turned_down", was_turned_down=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_on} {self.digest[:12]}"
