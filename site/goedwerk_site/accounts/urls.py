"""The account pages that this site offers; allauth has more than we want."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.conf import settings
from django.http import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from . import entering, views


def private(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """A page that no cache may keep, neither on the way nor in a browser on a shared computer."""
    route_of = re_path if route.startswith("^") else path
    return route_of(route, never_cache(view), name=name)


urlpatterns = [
    private("", views.account, "account"),
    private("mail/", views.mail, "account_mail"),
    private("welkom/", views.welcome, "account_welcome"),
    private("weg/", views.leave, "account_leave"),
    private("afgemeld/", views.gone, "account_gone"),
    private("toegang/", entering.show_work_address, "account_access"),
    private("toegang/code/", entering.enter_work_code, "account_work_code"),
    private("uitnodiging/<str:token>/", entering.use_invitation, "account_invitation"),
    private("aanmelden/", entering.sign_up, "account_signup"),
    private("inloggen/", views.login, "account_login"),
    private("uitloggen/", allauth_views.logout, "account_logout"),
    private("uitloggen/overal/", views.end_sessions, "account_end_sessions"),
    private("opnieuw/", allauth_views.reauthenticate, "account_reauthenticate"),
    private("gesloten/", allauth_views.account_inactive, "account_inactive"),
    private("herstel/", entering.recover, "account_recover"),
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

# A second step, passkeys, recovery codes.
urlpatterns += [
    private("beveiliging/", mfa_views.index, "mfa_index"),
    private("beveiliging/nodig/", views.second_factor_needed, "account_second_factor"),
    private("beveiliging/app/", totp_views.activate_totp, "mfa_activate_totp"),
    private("beveiliging/app/weg/", totp_views.deactivate_totp, "mfa_deactivate_totp"),
    private("beveiliging/codes/", codes_views.view_recovery_codes, "mfa_view_recovery_codes"),
    private(
        "beveiliging/codes/nieuw/",
        codes_views.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    private(
        "beveiliging/codes/bestand/",
        codes_views.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    private("beveiliging/sleutels/", passkey_views.list_webauthn, "mfa_list_webauthn"),
    private("beveiliging/sleutels/nieuw/", passkey_views.add_webauthn, "mfa_add_webauthn"),
    private(
        "beveiliging/sleutels/<int:pk>/weg/", passkey_views.remove_webauthn, "mfa_remove_webauthn"
    ),
    private("beveiliging/sleutels/<int:pk>/", passkey_views.edit_webauthn, "mfa_edit_webauthn"),
    private("inloggen/tweede-stap/", mfa_views.authenticate, "mfa_authenticate"),
    private("inloggen/sleutel/", passkey_views.login_webauthn, "mfa_login_webauthn"),
    private("opnieuw/code/", mfa_views.reauthenticate, "mfa_reauthenticate"),
    private(
        "opnieuw/sleutel/", passkey_views.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"
    ),
]

if settings.OIDC_ISSUER:
    from allauth.socialaccount import views as social_views
    from allauth.socialaccount.providers.openid_connect import views as oidc_views

    from . import single_sign_on

    urlpatterns += [
        private("oidc/<str:provider_id>/", single_sign_on.begin, "openid_connect_login"),
        private("oidc/<str:provider_id>/terug/", oidc_views.callback, "openid_connect_callback"),
        private("oidc-afgebroken/", social_views.login_cancelled, "socialaccount_login_cancelled"),
        private("oidc-mislukt/", social_views.login_error, "socialaccount_login_error"),
    ]
