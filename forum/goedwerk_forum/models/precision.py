from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckPrecision(models.Model):
    """How often ambassadors found a kind of finding right: two counts, about no text or person."""

    check_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    agreed = models.PositiveIntegerField(default=0)
    disagreed = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[CheckPrecision]] = models.Manager()

    class Meta:
        verbose_name = _("soort bevinding")
        verbose_name_plural = _("soorten bevindingen")
        constraints = [
            models.UniqueConstraint(
                fields=["check_code", "kind"], name="goedwerk_precision_per_kind"
            ),
            models.CheckConstraint(
                name="goedwerk_precision_of_a_check", condition=~models.Q(check_code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.kind}: {self.agreed} of {self.judged}"

    @property
    def judged(self) -> int:
        return self.agreed + self.disagreed

    @property
    def percent(self) -> int:
        """The share of judged findings that was right, rounded down; 0 where none was judged."""
        return 100 * self.agreed // self.judged if self.judged else 0
