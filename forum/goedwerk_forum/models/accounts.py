from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from ..ids import random_id


class Account(models.Model):
    """The stable, random identity of a user: the only thing that tokens and seals are made of.

    It sits on the accounts' side of the wall: no content row refers to it. It is made with the
    user, and numbered at random, so that it does not tell when somebody first needed it.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goedwerk_account"
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wants_mail = models.BooleanField(default=False)
    #: Of an ambassador: a mail when something waits too long in her discussions.
    wants_alerts = models.BooleanField(default=False, db_default=False)
    #: Random; with it one press in a mail ends the mail. Made when she first asks for mail.
    mail_mark = models.CharField(
        max_length=43, blank=True, default="", db_default="", editable=False
    )

    #: Read by ``notices.with_addresses``: where mail to her goes.
    address: str

    objects: ClassVar[models.Manager[Account]] = models.Manager()

    def __str__(self) -> str:
        return "account"
