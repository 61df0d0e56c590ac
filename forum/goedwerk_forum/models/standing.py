from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..ids import random_id
from ..transitions import Measure
from .contributions import Contribution, new_public_id
from .moderation import LONGEST_LAW, ReasonCode, Statement


class MeasureRequest(models.Model):
    """A measure towards somebody under a pseudonym, as one discussion knows it.

    It says nothing of other discussions: the notifier, which alone can open the seal of the
    participant, makes a ``Standing`` of it that shares no value with this row. The two tokens
    tell two ambassadors apart within this row, and lead to nobody without LINK_KEY.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("wacht op een tweede ambassadeur")
        STANDS = "stands", _("besloten")
        LIFTED = "lifted", _("opgeheven")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="measure_requests"
    )
    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, null=True, related_name="measure"
    )
    kind = models.CharField(max_length=10, choices=Measure.choices)
    reason = models.CharField(max_length=20, choices=ReasonCode.choices)
    #: The asker's own words, until they stand in the statement.
    words = models.TextField(max_length=1000, blank=True)
    #: The law or rule that she names, just so long.
    law = models.CharField(max_length=LONGEST_LAW, blank=True, default="", db_default="")
    #: The last day on which it holds.
    until = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.CharField(max_length=64, editable=False)
    confirmed_by = models.CharField(max_length=64, blank=True, editable=False)
    day = models.DateField()

    objects: ClassVar[models.Manager[MeasureRequest]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="goedwerk_measure_known",
                condition=models.Q(
                    kind__in=Measure.values, state__in=["asked", "stands", "lifted"]
                ),
            ),
            models.CheckConstraint(
                name="goedwerk_measure_has_statement",
                condition=models.Q(
                    state="asked", kind=Measure.EXCLUDE, statement__isnull=True, confirmed_by=""
                )
                | models.Q(
                    state__in=["stands", "lifted"], statement__isnull=False, words="", law=""
                ),
            ),
            models.CheckConstraint(
                name="goedwerk_exclusion_by_two",
                condition=~models.Q(kind=Measure.EXCLUDE)
                | models.Q(state="asked")
                | (~models.Q(confirmed_by="") & ~models.Q(confirmed_by=models.F("asked_by"))),
            ),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=models.Q(state="asked"),
                name="goedwerk_measure_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.STANDS and self.until >= timezone.localdate()


class Standing(models.Model):
    """What holds somebody back, in all discussions: noise for whoever lacks the standing key.

    ``token`` is made of the key, the account's primary key and this row's own random number, so
    that two rows of one person have nothing in common; ``sealed`` holds kind, last day and reason.
    The only day in the clear is that on which the row goes, the end of a quarter.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.CharField(max_length=400, editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    gone_after = models.DateField(db_index=True)

    objects: ClassVar[models.Manager[Standing]] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "standing"


def end_of_quarter(day: datetime.date) -> datetime.date:
    """The last day of the quarter in which ``day`` lies."""
    month = 3 * ((day.month - 1) // 3) + 3
    following = datetime.date(day.year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)
