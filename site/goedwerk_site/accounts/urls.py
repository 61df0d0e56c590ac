"""The account pages that this site offers; allauth has more than we want."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account import views as allauth_views
from django.http import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from . import views


def private(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """A page that no cache may keep, neither on the way nor in a browser on a shared computer."""
    route_of = re_path if route.startswith("^") else path
    return route_of(route, never_cache(view), name=name)


urlpatterns = [
    private("", views.account, "account"),
    private("mail/", views.mail, "account_mail"),
    private("aanmelden/", allauth_views.signup, "account_signup"),
    private("inloggen/", allauth_views.login, "account_login"),
    private("uitloggen/", allauth_views.logout, "account_logout"),
    private("opnieuw/", allauth_views.reauthenticate, "account_reauthenticate"),
    private("gesloten/", allauth_views.account_inactive, "account_inactive"),
    private("wachtwoord/", allauth_views.password_change, "account_change_password"),
    private("wachtwoord/kiezen/", allauth_views.password_set, "account_set_password"),
    private("wachtwoord/vergeten/", allauth_views.password_reset, "account_reset_password"),
    private(
        "wachtwoord/vergeten/verstuurd/",
        allauth_views.password_reset_done,
        "account_reset_password_done",
    ),
    private(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    private(
        "wachtwoord/nieuw/klaar/",
        allauth_views.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    private("adres/", allauth_views.email, "account_email"),
    private(
        "adres/bevestig/",
        allauth_views.email_verification_sent,
        "account_email_verification_sent",
    ),
    private(
        r"^adres/bevestig/(?P<key>[-:\w]+)/$",
        allauth_views.confirm_email,
        "account_confirm_email",
    ),
]
