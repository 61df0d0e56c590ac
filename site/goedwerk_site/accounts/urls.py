"""The account pages that this site offers; allauth has more than we want."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.account, name="account"),
    path("aanmelden/", allauth_views.signup, name="account_signup"),
    path("inloggen/", allauth_views.login, name="account_login"),
    path("uitloggen/", allauth_views.logout, name="account_logout"),
    path("opnieuw/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("gesloten/", allauth_views.account_inactive, name="account_inactive"),
    path("wachtwoord/", allauth_views.password_change, name="account_change_password"),
    path("wachtwoord/kiezen/", allauth_views.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("adres/", allauth_views.email, name="account_email"),
    path(
        "adres/bevestig/",
        allauth_views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^adres/bevestig/(?P<key>[-:\w]+)/$",
        allauth_views.confirm_email,
        name="account_confirm_email",
    ),
]
