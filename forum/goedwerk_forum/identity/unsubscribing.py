"""The mark in the last line of a mail, with which one press ends the mail.

It works without being signed in, so it says whose mail it is: sealed with a key made from
SECRET_KEY, which the notifier has as web does. Each mail has another one; two marks of one person
have nothing in common.
"""

from __future__ import annotations

import base64
import binascii

from django.conf import settings
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

LENGTH = 8


def mark(account_id: int) -> str:
    """What goes in the address in a mail to this account."""
    sealed = _box(settings.SECRET_KEY).encrypt(account_id.to_bytes(LENGTH, "big"))
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def account_of(text: str) -> int | None:
    """The account that a mark was made for; None where it is no mark of this site."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return int.from_bytes(_box(key).decrypt(sealed), "big")
        except (CryptoError, ValueError):
            continue
    return None


def _box(secret: str) -> SecretBox:
    key = salted_hmac("goedwerk.unsubscribe", "key", secret=secret, algorithm="sha256")
    return SecretBox(key.digest())
