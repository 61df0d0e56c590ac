"""From a person to what she follows (token, LINK_KEY), and back for a mail (seal, UNSEAL_KEY)."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from ..errors import KeyMissing
from ..models import Account, Follow
from ..people import Person
from . import keys, links
from .deciders import noise

VERSION = b"1"
Target = tuple[str, str]


def token(account: uuid.UUID, target: Target, key: bytes | None = None) -> str:
    """What an account is called as a follower of one thing: 64 hex digits, like no other of hers.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    parts = (VERSION, b"follow", account.bytes, *(part.encode() for part in target))
    message = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
    return hmac.new(key or keys.link_key(), message, hashlib.sha256).hexdigest()


def tokens_of(user: Person, targets: Iterable[Target]) -> list[str]:
    """The tokens of ``user`` for each of these; none where nobody is signed in."""
    account = links.known_account(user)
    known = keys.link_keys() if account else []
    return [token(account, target, key) for target in targets for key in known if account]


def device_mark(user: Person, target: Target) -> str:
    """What a thing is called on her device, where it is kept what she saw: tells nobody else."""
    account = links.account_uuid(user)
    return salted_hmac("goedwerk seen", f"{account}:{target[0]}:{target[1]}").hexdigest()[:8]


def renewed(row: Follow) -> dict[str, object]:
    """Token, seal and key id anew; of somebody who is not there any more it becomes noise.

    Raises:
        KeyMissing: no key opens its seal.
    """
    target = row.kind, row.target
    account = links.unseal(row.sealed_account) if row.sealed_account else _owner(row, target)
    if account is None:
        return {"token": noise(), "key_id": keys.key_id()}
    if row.token not in [token(account, target, key) for key in keys.link_keys()]:
        raise KeyMissing
    return {
        "token": token(account, target),
        "sealed_account": links.seal(account) if row.sealed_account else None,
        "key_id": keys.key_id(),
    }


def _owner(row: Follow, target: Target) -> uuid.UUID | None:
    """Whose row it is, found among all accounts: no seal goes with it."""
    known = keys.link_keys()
    for account in Account.objects.values_list("uuid", flat=True).iterator():
        if row.token in [token(account, target, key) for key in known]:
            return account
    return None
