"""Somebody with an app, recovery codes and a passkey; and somebody half-way signing in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

import factories as make


def with_second_step() -> tuple[Client, dict[str, str]]:
    """(her browser, signed in; the addresses of her passkey by the name of their view)."""
    user, browser = make.user(), Client()
    make.sign_in_again(browser, user)
    TOTP.activate(user, totp.generate_totp_secret())
    RecoveryCodes.activate(user)
    passkey = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": "Mijn telefoon",
            "credential": {"clientExtensionResults": {"credProps": {"rk": True}}},
        },
    )
    names = ("mfa_edit_webauthn", "mfa_remove_webauthn")
    return browser, {name: reverse(name, args=[passkey.pk]) for name in names}


def half_way() -> Client:
    """Gave her password; the second step is asked."""
    user, browser = make.user(), Client()
    TOTP.activate(user, totp.generate_totp_secret())
    browser.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})
    return browser
