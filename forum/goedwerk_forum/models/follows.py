from __future__ import annotations

from typing import ClassVar

from django.db import models

from ..ids import random_id


class Follow(models.Model):
    """That somebody follows a discussion, or something of another app.

    ``token`` is made of the account and of what is followed: who holds LINK_KEY and knows the
    account finds the row, and two rows of one person have nothing in common. It is no token of a
    participant, so that it leads to no pseudonym. ``sealed_account`` is there only where she
    wants a mail. What she saw is kept on her device, never here.

    ``target`` is the uuid of a discussion or branch, or what the other app calls its own.
    ``gone_after`` is the end of a quarter: without a new word from her it ends then.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    kind = models.CharField(max_length=12)
    target = models.CharField(max_length=40)
    token = models.CharField(max_length=64, unique=True, editable=False)
    sealed_account = models.CharField(max_length=160, null=True, editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    day = models.DateField()
    gone_after = models.DateField()

    objects: ClassVar[models.Manager[Follow]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "target"], name="goedwerk_followed")]
        constraints = [
            models.CheckConstraint(
                name="goedwerk_follow_ends", condition=models.Q(gone_after__gte=models.F("day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
