"""Tells whether somebody did what may be done once, and nothing more; made with LINK_KEY.

A mark is made of the account's primary key, which stays when somebody cuts her links: otherwise
she could do it again. It is dropped as soon as nobody can do it any more.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid

from ..models import Account
from ..people import Person, key_of
from . import accounts, keys

VERSION = b"1"


def mark(user: Person, place: uuid.UUID) -> str:
    """What ``user`` is called in one place: 64 hex digits, unlike those of any other place.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    account = getattr(user, "goedwerk_account", None)
    if account is None:
        accounts.create_missing()
        account = Account.objects.get(user_id=key_of(user))
    return of_account(account.pk, place)


def marks_of(user: Person, place: uuid.UUID) -> list[str]:
    """The same with each key that is in use; none where she has no account."""
    account = getattr(user, "goedwerk_account", None)
    known = keys.link_keys()
    return [of_account(account.pk, place, key) for key in known] if account else []


def of_account(account_id: int, place: uuid.UUID, key: bytes | None = None) -> str:
    """The mark of an account, with ``key`` or the one that is in use."""
    parts = (VERSION, b"once", account_id.to_bytes(8, "big"), place.bytes)
    message = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
    return hmac.new(key or keys.link_key(), message, hashlib.sha256).hexdigest()
