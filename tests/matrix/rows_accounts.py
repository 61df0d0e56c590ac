"""Making an account, signing in, and what one does with an account of one's own."""

from __future__ import annotations

from .roles import AGAIN, LOGIN, MOVED, NOT_ALLOWED, NOT_FOUND, Expected, Row, everybody, signed_in


def rows(*names: str, get: Expected, post: Expected, of: str = "") -> dict[str, list[Row]]:
    """The same for several addresses; empty forms change nothing."""
    return {name: [Row(get, post, of, changes=False)] for name in names}


#: For who is not signed in; the others are led to where they can go on.
STRANGERS = everybody(MOVED, anonymous="200")
#: Whoever is half-way signing in comes here; who is not at all begins at the beginning.
HALF_WAY = everybody(MOVED, anonymous=LOGIN)

ACCOUNTS: dict[str, list[Row]] = {
    **rows(
        "account",
        "account_second_factor",
        "account_welcome",
        get=signed_in(),
        post=signed_in(),
    ),
    **rows(
        "account_change_password",
        "account_leave",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        get=signed_in(),
        post=signed_in(),
    ),
    **rows("account_email", get=signed_in(), post=signed_in(MOVED)),
    **rows("account_set_password", get=signed_in(MOVED), post=signed_in(MOVED)),
    **rows("mfa_index", "mfa_list_webauthn", get=signed_in(), post=signed_in(NOT_ALLOWED)),
    **rows("account_logout", get=signed_in(anonymous=MOVED), post=everybody(MOVED)),
    "account_end_sessions": [
        # Done, she signs in anew: the answer is that of who is not in, the change is tested apart.
        Row(signed_in(), None)
    ],
    "account_mail": [Row(signed_in(NOT_ALLOWED), signed_in(MOVED))],
    "mfa_generate_recovery_codes": [Row(signed_in(), signed_in(MOVED))],
    # Without an app, codes or a passkey there is nothing to see, to stop or to change.
    **rows(
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        get=signed_in(NOT_FOUND),
        post=signed_in(NOT_FOUND),
    ),
    **rows("mfa_view_recovery_codes", get=signed_in(NOT_FOUND), post=signed_in(NOT_ALLOWED)),
    **rows(
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        get=signed_in(NOT_FOUND),
        post=signed_in(NOT_FOUND),
        of="no key",
    ),
    **rows(
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        get=signed_in(AGAIN),
        post=signed_in(AGAIN),
    ),
    **rows("account_login", get=STRANGERS, post=STRANGERS),
    **rows("account_signup", get=STRANGERS, post=STRANGERS),
    **rows("account_access", "account_work_code", get=everybody(MOVED), post=everybody(MOVED)),
    **rows("mfa_authenticate", "mfa_login_webauthn", get=HALF_WAY, post=HALF_WAY),
    **rows(
        "account_gone",
        "account_recover",
        "account_reset_password",
        get=everybody(),
        post=everybody(),
    ),
    **rows(
        "account_email_verification_sent",
        "account_inactive",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        get=everybody(),
        post=everybody(NOT_ALLOWED),
    ),
    **rows("healthz", "readyz", get=everybody(), post=everybody()),
    **rows("account_confirm_email", get=everybody(), post=everybody(NOT_FOUND), of="nothing"),
    **rows("account_invitation", get=everybody(NOT_FOUND), post=everybody(NOT_FOUND), of="nothing"),
    **rows("account_reset_password_from_key", get=everybody(), post=everybody(), of="key"),
}
