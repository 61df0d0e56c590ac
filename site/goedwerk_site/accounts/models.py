from __future__ import annotations

import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.ids import random_id


def this_month() -> datetime.datetime:
    """The first moment of this month: when somebody joined is nobody's business to the day."""
    return timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


class User(AbstractUser):
    """An account that keeps no login history, and no order of signing up."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    # Taking the field away also takes away the signal that would fill it at each sign-in.
    last_login = None
    date_joined = models.DateTimeField(_("lid sinds"), default=this_month)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def check_password(self, raw_password: str | None) -> bool:
        """Compares only: Django would write a newer hash at sign-in, and so tell its day."""
        return check_password(raw_password, self.password)
