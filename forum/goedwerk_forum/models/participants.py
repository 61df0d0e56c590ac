from __future__ import annotations

import datetime
import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..ids import random_id
from .discussions import Discussion, guide_uuid


class RoleLabel(models.Model):
    """A coarse role that a participant may show: a role or a kind of organisation, never both."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("naam"), max_length=40, unique=True)
    #: By the owner's hand: the site cannot count who does which work (docs, decisions).
    is_offered = models.BooleanField(_("te kiezen"), default=True)

    objects: ClassVar[models.Manager[RoleLabel]] = models.Manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("rollabel")
        verbose_name_plural = _("rollabels")

    def __str__(self) -> str:
        return self.name


class Membership(models.TextChoices):
    """Where somebody stands in a circle."""

    MEMBER = "member", _("lid")
    LEFT = "left", _("gestopt")
    REMOVED = "removed", _("eruit gehaald")


#: Who stands so reads nothing of the circle any more.
OUT = (Membership.LEFT, Membership.REMOVED)


class Participant(models.Model):
    """Somebody in one discussion, under a pseudonym.

    ``token`` finds the row for who holds LINK_KEY and knows the account; ``sealed_account``
    opens with the private half of UNSEAL_KEY only. Both become null when the link is cut.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    discussion = models.ForeignKey(
        Discussion, on_delete=models.CASCADE, related_name="participants"
    )
    pseudonym = models.CharField(max_length=60)
    role_label = models.CharField(max_length=40, blank=True)
    token = models.CharField(max_length=64, null=True, unique=True, editable=False)
    sealed_account = models.CharField(max_length=160, null=True, editable=False)
    key_id = models.CharField(max_length=16, blank=True, editable=False)
    #: A guide in her role, as "begeleider"; never the same row as her own pseudonym.
    is_guide = models.BooleanField(default=False, db_default=False, editable=False)

    #: Whether she sits in the circle; empty where the discussion is no circle's, and of a guide.
    membership = models.CharField(
        max_length=10,
        choices=Membership.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )

    #: Counted by ``access.own_participants``.
    written: int
    standing: int
    undecided: int
    #: Told by ``link_ends``.
    link_ends: datetime.date | None
    has_open_case: bool

    objects: ClassVar[models.Manager[Participant]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["discussion", "pseudonym"],
                condition=models.Q(is_guide=False),
                name="goedwerk_pseudonym_unique",
            ),
            models.CheckConstraint(
                name="goedwerk_link_whole_or_cut",
                condition=models.Q(token__isnull=True, sealed_account__isnull=True)
                | models.Q(token__isnull=False, sealed_account__isnull=False),
            ),
            models.CheckConstraint(
                name="goedwerk_membership_known",
                condition=models.Q(membership__in=["", *Membership.values])
                & (models.Q(is_guide=False) | models.Q(membership="")),
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def place(self) -> uuid.UUID:
        """What ``token`` is made of beside the account: the discussion, or the guide's role."""
        return guide_uuid(self.discussion.uuid) if self.is_guide else self.discussion.uuid
