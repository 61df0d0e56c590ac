from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditRecord(models.Model):
    """What happened, by which role, for what reason. Never a text, never a person.

    Append-only: a trigger refuses UPDATE and DELETE. Rows are chained afterwards, by one sealer,
    in ``AuditSeal``, so that a writer never waits for another.
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
