"""Who decided, as a mark that only tells whether somebody asks who is the same.

The mark is keyed and salted with the statement's own salt: without LINK_KEY it leads to nobody,
and one ambassador has another mark in each statement. It goes when the time for an appeal is over.
"""

from __future__ import annotations

import hashlib
import hmac

from ..models import Statement
from ..people import Person, key_of
from . import keys


def mark(user: Person, salt: str, key: bytes | None = None) -> str:
    """64 hex digits for ``user`` in the statement with ``salt``."""
    message = b"goedwerk decider" + f"{len(salt)}:{salt}{key_of(user)}".encode()
    return hmac.new(key or keys.link_key(), message, hashlib.sha256).hexdigest()


def is_among(user: Person, statement: Statement) -> bool:
    """Whether ``user`` is one of those who decided; False where software did."""
    deciders = statement.decider.split()
    return bool(deciders) and any(
        mark(user, statement.salt, key) in deciders for key in keys.link_keys()
    )
