from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..ids import random_id
from .contributions import Contribution


class Unmasking(models.Model):
    """That two people with the right asked who wrote one contribution, and on what ground.

    Never who they are, and never the answer. ``tell_on`` is the day on which the author hears of
    it; until then the link that leads to her inbox stays.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="unmaskings"
    )
    #: The order, in the words of who carried it out: its court, day and number.
    ground = models.TextField(max_length=2000, blank=True)
    #: Hash of the ground: one order has one notice, however often its answer is asked.
    ground_digest = models.CharField(max_length=64)
    day = models.DateField()
    tell_on = models.DateField()
    is_told = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Unmasking]] = models.Manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("unmask", _("Mag met een tweede, na een bevel, zien wie iets schreef")),
            ("rotate_keys", _("Mag met een tweede de sleutels vernieuwen")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "ground_digest"], name="goedwerk_unmasked_once_per_ground"
            ),
            models.CheckConstraint(
                name="goedwerk_told_on_or_after_the_day",
                condition=models.Q(tell_on__gte=models.F("day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
