from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Code of the record: a decision was taken back within its minute. Its version is the next one
#: after that of the decision.
TAKEN_BACK = "undo"


class AuditRecord(models.Model):
    """What happened, by which role, for what reason. Never a text, never a person.

    Append-only: a trigger refuses UPDATE, and DELETE of all but years that closed two years ago.
    Rows are chained afterwards, by one sealer, in ``AuditSeal``, so that a writer never waits for
    another.
    """

    day = models.DateField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=20)
    object_kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40, db_index=True)
    object_version = models.PositiveIntegerField()
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    detected_by_software = models.BooleanField(default=False)
    decided_by_software = models.BooleanField(default=False)
    words_digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[AuditRecord]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.day} {self.actor} {self.action} {self.object_kind} {self.object_id}"


class AuditSeal(models.Model):
    """One link of the chain: a keyed hash over a record and the link before it."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    record = models.OneToOneField(AuditRecord, on_delete=models.DO_NOTHING, related_name="seal")
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[AuditSeal]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.sequence}: {self.digest[:12]}"


class AuditHead(models.Model):
    """Where the chain ended on a day, or with a year: what a witness outside the site keeps.

    The head with which a year closed stays when the rows of that year go: the next year's chain
    begins with it.
    """

    day = models.DateField()
    sequence = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    #: The year whose chain ends here; None: the head of a day.
    closes_year = models.PositiveSmallIntegerField(null=True, unique=True)

    objects: ClassVar[models.Manager[AuditHead]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(closes_year__isnull=True),
                name="goedwerk_one_head_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.sequence}: {self.digest}"


class AuditVerification(models.Model):
    """One look at the whole record, asked for in the admin, done where the audit key is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht op de controle")
        RUNNING = "running", _("wordt gecontroleerd")
        WHOLE = "whole", _("heel")
        BROKEN = "broken", _("niet heel")
        FAILED = "failed", _("niet gelukt")

    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveBigIntegerField(default=0)
    checked = models.PositiveBigIntegerField(default=0)
    #: What is wrong, as ``actions.verifying.Problem.as_json``; at most PROBLEMS_KEPT of them.
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[AuditVerification]] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day} {self.get_state_display()}"
