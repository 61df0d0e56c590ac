from __future__ import annotations

import secrets
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_save


class AccountsConfig(AppConfig):
    name = "goedwerk_site.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.models import EmailAddress

        pre_save.connect(number_at_random, sender=EmailAddress)


def number_at_random(instance: Any, **_: Any) -> None:
    """Signal: an address gets a random key; a counting one would tell the order of signing up."""
    while instance.pk is None:
        number = secrets.randbelow(2**31 - 1) + 1
        if not type(instance).objects.filter(pk=number).exists():
            instance.pk = number
