"""Texts that only the web process may read, sealed for the row they belong to.

The key of a row is made from LINK_KEY and the row's random uuid: a dump without the key is noise,
and a sealed text that is copied to another row does not open there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from ..errors import KeyMissing
from . import keys

#: Sealed texts are padded to a multiple of this many bytes, so that a length tells little.
BLOCK = 1024


def pack(fields: Any) -> bytes:
    """Anything that JSON can hold, as padded bytes."""
    plain = json.dumps(fields).encode()
    return plain.ljust(-(-len(plain) // BLOCK) * BLOCK, b" ")


def seal(fields: Any, row: uuid.UUID) -> str:
    """``fields`` (anything that JSON can hold), sealed for ``row``, in hex.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    return SecretBox(_key_of(row, keys.link_key())).encrypt(pack(fields)).hex()


def unseal(sealed: str, row: uuid.UUID) -> Any:
    """What was sealed for ``row``.

    Raises:
        KeyMissing: this process has no LINK_KEY, or not the one it was sealed with.
    """
    for key in keys.link_keys():
        try:
            return json.loads(SecretBox(_key_of(row, key)).decrypt(bytes.fromhex(sealed)))
        except CryptoError:
            continue
    raise KeyMissing


def is_current(sealed: str, row: uuid.UUID) -> bool:
    """Whether it was sealed with the LINK_KEY of now, and not with the one before."""
    try:
        SecretBox(_key_of(row, keys.link_key())).decrypt(bytes.fromhex(sealed))
    except CryptoError:
        return False
    return True


def _key_of(row: uuid.UUID, key: bytes) -> bytes:
    return hmac.new(key, b"goedwerk sealed text" + row.bytes, hashlib.sha256).digest()
