from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class OutboxRow(models.Model):
    """Work that a committed change asks for. Holds ids only: never a text, a name, an address.

    The row goes in the transaction of its effect, and its exact times with it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DEAD = "dead"

    queue = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    object_version = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=32, blank=True)

    objects: ClassVar[models.Manager[OutboxRow]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["queue", "state", "due_at"], name="goedwerk_outbox_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "object_version"], name="goedwerk_outbox_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}:{self.object_version}"


class Lease(models.Model):
    """Who does a periodic job now, and when somebody last did: a second one does no harm."""

    name = models.CharField(max_length=40, primary_key=True)
    owner = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Lease]] = models.Manager()

    def __str__(self) -> str:
        return self.name


class RescuedText(models.Model):
    """A text typed in an expired session, kept for one hour, sealed with a key that only the
    writer's browser holds; ``hour`` is rounded, so the row does not tell a moment."""

    lookup = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    hour = models.DateTimeField()

    objects: ClassVar[models.Manager[RescuedText]] = models.Manager()

    def __str__(self) -> str:
        return "rescued text"
