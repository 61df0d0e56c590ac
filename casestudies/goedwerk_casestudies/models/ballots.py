from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.lookups import Exact
from django.utils import timezone

from goedwerk_forum.ids import random_id

from ..ballots.sheets import Sheet, sheet_of

#: So many answers are counted at once, and so many are needed for a first picture.
STEP = 5


class Round(models.Model):
    """One time that a page puts its question: what is asked, and how often each cell was chosen.

    There is no row of an answer. Fewer than ``STEP`` answers wait, added up, in ``sealed_pool``:
    always of the same length, and written anew at each vote. Then they are counted together.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="goedwerk_rounds"
    )
    number = models.PositiveSmallIntegerField()
    sheet = models.JSONField()
    tally = models.JSONField(default=dict)
    counted = models.PositiveIntegerField(default=0)
    sealed_pool = models.TextField(default="", blank=True)
    is_open = models.BooleanField(default=True)
    closes_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Round]] = models.Manager()

    class Meta:
        ordering = ["page", "number"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["page", "number"], name="goedwerk_round_number"),
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(is_open=True),
                name="goedwerk_one_open_round",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=False) | models.Q(Exact(models.F("counted") % STEP, 0)),
                name="goedwerk_round_counts_in_steps",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=True) | models.Q(sealed_pool=""),
                name="goedwerk_closed_round_has_no_pool",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=True, closed_on__isnull=True)
                | models.Q(is_open=False, closed_on__isnull=False),
                name="goedwerk_round_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.number}"

    @property
    def asked(self) -> Sheet:
        return sheet_of(self.sheet)

    @property
    def takes_answers(self) -> bool:
        """Whether it is open today; its last day counts until the night."""
        return self.is_open and not (self.closes_on and self.closes_on < timezone.localdate())


class BallotToken(models.Model):
    """That somebody answered in a round that is open; never what. Gone when the round closes.

    ``token`` is an HMAC of account and round with LINK_KEY (``identity.once``).
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[BallotToken]] = models.Manager()

    class Meta:
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["round", "token"], name="goedwerk_answered_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
