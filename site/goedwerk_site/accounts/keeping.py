"""How long the site keeps each field of its accounts, and of its own pages."""

from __future__ import annotations

from django.apps import apps
from django.utils import timezone

from goedwerk_forum import retention
from goedwerk_forum.actions.letting_go import in_batches
from goedwerk_forum.retention import AS_LONG_AS_ACCOUNT, NOT_PERSONAL, Rule


def forget_old_invitations() -> int:
    """Invitations that can no longer be used; a used one is gone already."""
    from .models import Invitation

    old = Invitation.objects.filter(expires_on__lt=timezone.localdate())
    return in_batches(old, lambda rows: rows.delete())


def forget_sessions() -> int:
    """Sessions are signed cookies; a row in their table is somebody's mistake, and goes."""
    if not apps.is_installed("django.contrib.sessions"):
        return 0
    return in_batches(apps.get_model("sessions.Session").objects.all(), lambda rows: rows.delete())


INVITATIONS = Rule(
    "invitations",
    "Invitations (a hash only)",
    "When used, at once; otherwise the night after their last day. The row goes.",
    forget_old_invitations,
)
SESSIONS = Rule(
    "sessions",
    "Sessions",
    "None are kept: they are signed cookies. A row that another part of the site makes goes the "
    "next night.",
    forget_sessions,
)

CLASSES: dict[str, dict[Rule, str]] = {
    "accounts.User": {
        AS_LONG_AS_ACCOUNT: "id password is_superuser username first_name last_name email "
        "is_staff is_active date_joined session_mark groups user_permissions"
    },
    "accounts.User_groups": {AS_LONG_AS_ACCOUNT: "user group"},
    "accounts.User_user_permissions": {AS_LONG_AS_ACCOUNT: "user permission"},
    "accounts.AccountSettings": {NOT_PERSONAL: "site allowed_domains without_domains"},
    "accounts.Invitation": {INVITATIONS: "id digest expires_on"},
    "account.EmailAddress": {AS_LONG_AS_ACCOUNT: "user email verified primary"},
    "account.EmailConfirmation": {AS_LONG_AS_ACCOUNT: "email_address created sent key"},
    "mfa.Authenticator": {AS_LONG_AS_ACCOUNT: "user type data created_at last_used_at"},
    "sessions.Session": {SESSIONS: "session_key session_data expire_date"},
    "home.HomePage": {NOT_PERSONAL: "lead week_page week_lead"},
    "home.TextPage": {NOT_PERSONAL: "lead body"},
    "home.Brand": {
        NOT_PERSONAL: "site name logo logo_dark name_beside_logo icon card foot_text contact_mail "
        "shows_languages house_rules_page privacy_page accessibility_page"
    },
    "home.FootLink": {NOT_PERSONAL: "sort_order brand title page url"},
}

#: Where single sign-on is on.
SINGLE_SIGN_ON: dict[str, dict[Rule, str]] = {
    "socialaccount.SocialAccount": {
        AS_LONG_AS_ACCOUNT: "user provider uid last_login date_joined extra_data"
    },
    "socialaccount.SocialApp": {
        NOT_PERSONAL: "provider provider_id name client_id secret key settings"
    },
    "socialaccount.SocialToken": {AS_LONG_AS_ACCOUNT: "app account token token_secret expires_at"},
}


def register() -> None:
    """Called once, when the app is ready."""
    classes = dict(CLASSES)
    if apps.is_installed("allauth.socialaccount"):
        classes |= SINGLE_SIGN_ON
    for label, fields in classes.items():
        retention.register(label, fields)
    retention.cover(*sorted({label.partition(".")[0] for label in classes}))
