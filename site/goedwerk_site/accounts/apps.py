from __future__ import annotations

import secrets
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import pre_save

#: What a site owner decides about accounts, given by ``goedwerk_setup``.
OWNERS_MAY = [
    ("accounts", "add_invitation"),
    ("accounts", "delete_invitation"),
    ("accounts", "change_accountsettings"),
]


class AccountsConfig(AppConfig):
    name = "goedwerk_site.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from wagtail.admin.views.account import NameEmailSettingsPanel

        from goedwerk_forum import setup

        from . import keeping, second_factor, staff_forms

        setup.PERMISSIONS[setup.OWNERS] += OWNERS_MAY
        keeping.register()
        pre_save.connect(number_at_random, sender=EmailAddress)
        pre_save.connect(number_at_random, sender=Authenticator)
        pre_save.connect(second_factor.without_times, sender=Authenticator)
        Authenticator.record_usage = second_factor.use_unrecorded
        NameEmailSettingsPanel.form_class = staff_forms.OwnAccountForm
        if apps.is_installed("allauth.socialaccount"):
            from . import single_sign_on

            single_sign_on.keep_no_times()


def number_at_random(instance: Any, **_: Any) -> None:
    """Signal: a row gets a random key; a counting one would tell the order of signing up."""
    while instance.pk is None:
        number = secrets.randbelow(2**31 - 1) + 1
        if not type(instance).objects.filter(pk=number).exists():
            instance.pk = number
