from __future__ import annotations

import datetime
import secrets
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from goedwerk_forum.ids import random_id

from . import domains


def this_month() -> datetime.datetime:
    """The first moment of this month: when somebody joined is nobody's business to the day."""
    return timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


class User(AbstractUser):
    """An account that keeps no login history, and no order of signing up."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    # Taking the field away also takes away the signal that would fill it at each sign-in.
    last_login = None
    date_joined = models.DateTimeField(_("lid sinds"), default=this_month)
    #: Sessions are signed cookies without a row; another mark ends all that hold this one.
    session_mark = models.CharField(
        max_length=32, blank=True, default="", db_default="", editable=False
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def check_password(self, raw_password: str | None) -> bool:
        """Compares only: Django would write a newer hash at sign-in, and so tell its day."""
        return check_password(raw_password, self.password)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own hash over the password, and over the mark beside it."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        message = self.password + self.session_mark
        return salted_hmac(salt, message, secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """Signs this account out on every device; no time is kept."""
        self.session_mark = secrets.token_hex(16)
        self.save(update_fields=["session_mark"])


@register_setting(icon="user")
class AccountSettings(BaseSiteSetting):
    """Who may make an account on a site."""

    class Without(models.TextChoices):
        OPEN = "open", _("Iedereen mag een account maken")
        INVITATION = "invitation", _("Alleen wie een uitnodiging heeft")

    allowed_domains = models.TextField(
        _("domeinen van werkadressen"),
        blank=True,
        default="",
        validators=[domains.validate],
        help_text=_(
            "Eén per regel, zoals gemeente.voorbeeld.nl. Met *.voorbeeld.nl tellen ook alle "
            "domeinen daaronder. Wie een account wil, vult één keer een code in die naar zo’n "
            "adres gaat. Het adres bewaren we niet. Leeg: het gaat zoals hieronder."
        ),
    )
    without_domains = models.CharField(
        _("zonder domeinen"),
        max_length=12,
        choices=Without.choices,
        default=Without.OPEN,
        help_text=_("Geldt alleen als hierboven niets staat. Een uitnodiging werkt altijd."),
    )

    panels: ClassVar[list] = [
        FieldPanel("allowed_domains"),
        FieldPanel("without_domains"),
        HelpPanel(content=_("Uitnodigingen maak je bij Instellingen, Uitnodigingen.")),
    ]

    class Meta:
        verbose_name = _("Wie mag meedoen")

    def __str__(self) -> str:
        return str(_("Wie mag meedoen"))

    @property
    def domains(self) -> list[str]:
        return domains.listed(self.allowed_domains)

    @property
    def is_open(self) -> bool:
        """Whether anybody may make an account, without showing where she works."""
        return not self.domains and self.without_domains == self.Without.OPEN


def in_a_fortnight() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=14)


class Invitation(models.Model):
    """A link with which one person may make an account, once, until a day.

    Only a hash of its secret is kept, and nothing says for whom it is: used, the row is gone.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_on = models.DateField(_("geldig tot en met"), default=in_a_fortnight)

    objects: ClassVar[models.Manager[Invitation]] = models.Manager()

    class Meta:
        ordering = ["expires_on", "digest"]
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")

    def __str__(self) -> str:
        return f"{self.expires_on:%d-%m-%Y}"

    def clean(self) -> None:
        if self.expires_on and self.expires_on < timezone.localdate():
            raise ValidationError({"expires_on": _("Kies een dag die nog komt.")})
