"""A second step at sign-in: for everybody who wants one, and for who works in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from .models import User, this_month

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ADMIN = "wagtailadmin.access_admin"


def has_one(user: User | AnonymousUser) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def is_required(user: User | AnonymousUser) -> bool:
    """Whether this person may not go without: who works in the admin, where the site says so."""
    return bool(settings.ADMIN_SECOND_FACTOR and user.is_authenticated and user.has_perm(ADMIN))


def came_with_one(request: HttpRequest) -> bool:
    """Whether the employer's single sign-on, which the site trusts for this, let her in."""
    records = get_authentication_records(request, request.user)
    return bool(
        settings.OIDC_HAS_SECOND_FACTOR
        and any(record["method"] == "socialaccount" for record in records)
    )


def code_is_right(user: User, code: str) -> bool:
    """Whether ``code`` is that of her app, or one of her recovery codes: for a terminal.

    Who has no second step needs none, unless she works in the admin. A passkey needs a browser,
    so who has nothing else uses a recovery code.
    """
    if not has_one(user):
        return not is_required(user)
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    found = Authenticator.objects.filter(user=user, type__in=kinds)
    return any(authenticator.wrap().validate_code(code) for authenticator in found)


class AdminSecondFactorMiddleware:
    """Keeps the admin shut until its user has a second step; leads her to setting one up.

    She signs in with her password alone, once, and can do everything but work in the admin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.ADMIN_SECOND_FACTOR:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_kept_out(request):
            return redirect("account_second_factor")
        return self.get_response(request)

    def _is_kept_out(self, request: HttpRequest) -> bool:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return False
        if request.path == reverse("wagtailadmin_logout") or not is_required(request.user):
            return False
        return not (has_one(request.user) or came_with_one(request))


class MFAAdapter(DefaultMFAAdapter):
    """Our own words, secrets sealed, and no last factor taken away from who must have one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Deze code klopt niet. Probeer het nog eens."),
        "cannot_delete_authenticator": gettext_lazy(
            "Wie in het beheer werkt, heeft een tweede stap nodig. Voeg eerst een andere toe."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        """The login name: an address would stand on a phone beside our name."""
        return user.username

    def _get_user_identifier(self, user: User) -> str:
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """The square to scan as an element of the page: the policy allows no data in a source."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        return _("Mijn sleutel")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not is_required(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def encrypt(self, text: str) -> str:
        """A dump of the database without SECRET_KEY makes no codes."""
        return _box(settings.SECRET_KEY).encrypt(text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return _box(key).decrypt(bytes.fromhex(encrypted_text)).decode()
            except CryptoError:
                continue
        raise CryptoError


def _box(secret: str | bytes) -> SecretBox:
    return SecretBox(salted_hmac("goedwerk.mfa", "key", secret=secret, algorithm="sha256").digest())


def without_times(instance: Authenticator, **_kwargs: Any) -> None:
    """Signal: a factor keeps no moment, neither of its making nor of its use."""
    instance.created_at = this_month()
    instance.last_used_at = None
    if instance.data.get("viewed_at"):
        instance.data["viewed_at"] = 1


def use_unrecorded(self: Authenticator) -> None:
    """In place of ``Authenticator.record_usage``: signing in writes nothing."""
