from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..ids import random_id
from .contributions import new_public_id
from .moderation import Statement


class Appeal(models.Model):
    """An author's appeal (bezwaar) against one statement of reasons; there is at most one.

    ``sealed`` holds all words of it, for the web process: ``ground`` of the author, ``question``
    of the judge, ``answer`` of the author, ``verdict`` of the judge.
    """

    class State(models.TextChoices):
        OPEN = "open", _("wacht op een ander dan wie besloot")
        ASKED = "asked", _("wacht op je antwoord")
        GRANTED = "granted", _("toegewezen")
        CONDITION = "condition", _("toegewezen op een voorwaarde")
        REFUSED = "refused", _("afgewezen")
        DROPPED = "dropped", _("vervallen")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="appeal")
    sealed = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    day = models.DateField()
    decided_on = models.DateField(null=True)

    objects: ClassVar[models.Manager[Appeal]] = models.Manager()

    class Meta:
        verbose_name = _("bezwaar")
        verbose_name_plural = _("bezwaren")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="goedwerk_appeal_state_known",
                condition=models.Q(
                    state__in=["open", "asked", "granted", "condition", "refused", "dropped"]
                ),
            ),
            models.CheckConstraint(
                name="goedwerk_appeal_decided_or_open",
                condition=models.Q(state__in=["open", "asked"], decided_on__isnull=True)
                | (~models.Q(state__in=["open", "asked"]) & models.Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_APPEALS


#: Not decided yet: it waits for a judge, or for the author's answer to one.
OPEN_APPEALS = (Appeal.State.OPEN, Appeal.State.ASKED)
