from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .contributions import Contribution
from .discussions import Discussion


class Within(models.IntegerChoices):
    """How many hours a decision took at most."""

    TWO_HOURS = 2, _("binnen 2 uur")
    FOUR_HOURS = 4, _("binnen 4 uur")
    EIGHT_HOURS = 8, _("binnen 8 uur")
    DAY = 24, _("binnen een dag")
    TWO_DAYS = 48, _("binnen twee dagen")
    WEEK = 168, _("binnen een week")
    LONGER = 10_000, _("langer dan een week")


class WaitingSince(models.Model):
    """Since which hour a contribution waits for a person.

    Like an outbox row it goes in the transaction of the decision, and its time with it. ``hour``
    is rounded down: no finer than a release moment, so it singles out nobody.
    """

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, primary_key=True, related_name="waiting_since"
    )
    hour = models.DateTimeField()
    #: The day on which somebody was last told that it waits too long.
    alerted_on = models.DateField(null=True)

    objects: ClassVar[models.Manager[WaitingSince]] = models.Manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["hour"], name="goedwerk_waiting_hour")]

    def __str__(self) -> str:
        return f"{self.contribution_id} since {self.hour:%Y-%m-%d %H}"


class DecisionTime(models.Model):
    """How many decisions of a day took how long; about no text, no discussion and no person."""

    day = models.DateField()
    #: What it waited as: a code of ``Waiting``.
    kind = models.CharField(max_length=12)
    within = models.PositiveSmallIntegerField(choices=Within.choices)
    number = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[DecisionTime]] = models.Manager()

    class Meta:
        verbose_name = _("overzicht van alle dialogen")
        verbose_name_plural = _("overzicht van alle dialogen")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "within"], name="goedwerk_decision_time_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.number} within {self.within} hours"


class WaitingCount(models.Model):
    """How many contributions of a discussion waited for a person when a day began."""

    day = models.DateField()
    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[WaitingCount]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "discussion"], name="goedwerk_waiting_count"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"
