from __future__ import annotations

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import eligibility

#: One sentence for both, so that it does not tell which names and addresses are known here.
WRONG_PASSWORD = _("Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het nog eens.")


class AccountAdapter(DefaultAccountAdapter):
    """Our own words, who may sign up, and home in the reader's language after signing out."""

    error_messages: ClassVar[dict] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_PASSWORD,
        "username_password_mismatch": WRONG_PASSWORD,
        "incorrect_password": _("Dit wachtwoord klopt niet. Probeer het nog eens."),
        "enter_current_password": _("Je wachtwoord van nu klopt niet. Probeer het nog eens."),
        "too_many_login_attempts": _("Je probeerde het te vaak. Wacht een paar minuten."),
        "rate_limited": _("Je probeerde het te vaak. Wacht een paar minuten."),
        "username_taken": _("Deze naam is net vergeven. Trek een andere."),
        "unverified_primary_email": _("Bevestig eerst je e-mailadres."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return eligibility.may_sign_up(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])
