"""What ambassadors need while they work on cases: all of it goes when the work is done.

These rows stand on the staff's side: they name ambassadors, never a participant.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from .contributions import Contribution, new_public_id
from .moderation import ReasonCode, Statement

#: Longest note between ambassadors, in characters.
NOTE_LENGTH = 1000


class Claim(models.Model):
    """Who has a case in hand until when; the row goes with the decision, and tells nothing later.

    ``until`` is rounded up to the minute. ``is_handed_over``: a colleague gave it to the holder.
    """

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="claim"
    )
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    is_handed_over = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[models.Manager[Claim]] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "claim"


class CaseNote(models.Model):
    """A word between ambassadors about a case; it goes when the case is closed.

    ``asks_second_look``: its author asks that somebody else decides. One such note per case.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="case_notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("notitie"), max_length=NOTE_LENGTH)
    asks_second_look = models.BooleanField(default=False, db_default=False)
    day = models.DateField()

    objects: ClassVar[models.Manager[CaseNote]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"],
                condition=models.Q(asks_second_look=True),
                name="goedwerk_one_second_look",
            ),
        ]

    def __str__(self) -> str:
        return "note"


class CannedReason(models.Model):
    """Words that an ambassador can start from, for one reason; the site's owner writes them."""

    reason = models.CharField(_("reden"), max_length=20, choices=ReasonCode.choices)
    title = models.CharField(
        _("naam"), max_length=80, help_text=_("Kort. Hieraan herkent een ambassadeur de tekst.")
    )
    text = models.TextField(
        _("tekst"),
        max_length=Statement._meta.get_field("words").max_length,
        help_text=_("Dit leest de schrijver. De ambassadeur kan het vóór het versturen aanpassen."),
    )

    objects: ClassVar[models.Manager[CannedReason]] = models.Manager()

    class Meta:
        ordering = ["reason", "title"]
        verbose_name = _("standaardtekst")
        verbose_name_plural = _("standaardteksten")
        constraints = [
            models.UniqueConstraint(fields=["reason", "title"], name="goedwerk_canned_once"),
        ]

    def __str__(self) -> str:
        return self.title


class SavedView(models.Model):
    """The filters of the queue that an ambassador keeps under a name, for herself."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("naam"), max_length=40)
    query = models.CharField(max_length=1000)

    objects: ClassVar[models.Manager[SavedView]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="goedwerk_view_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """An ambassador who is away for a while: she gets no new cases until she is back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    objects: ClassVar[models.Manager[Absence]] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "absence"


class Duty(models.Model):
    """Who looks first in one week, for one group of ambassadors; ``week`` is its Monday.

    Weeks that are over go: with the record they would tell who decided.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    ambassador = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects: ClassVar[models.Manager[Duty]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["week"]
        constraints = [
            models.UniqueConstraint(fields=["group", "week"], name="goedwerk_duty_once"),
            models.CheckConstraint(
                name="goedwerk_stand_in_is_another",
                condition=models.Q(stand_in__isnull=True)
                | ~models.Q(stand_in=models.F("ambassador")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week}"
