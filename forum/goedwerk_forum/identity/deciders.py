"""Who decided, as a mark that only tells whether somebody asks who is the same.

The mark is keyed and salted with the statement's own salt: without LINK_KEY it leads to nobody,
and one ambassador has another mark in each statement. It goes when the time for an appeal is over.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.db.models import QuerySet

from ..models import MeasureRequest, Statement
from ..people import Person, key_of
from . import keys

#: How noise begins that stands in the place of a mark of somebody who is not there any more.
NOBODY = "0" * 8


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


def noise(length: int = 64) -> str:
    """As many hex digits, which are nobody's mark."""
    return NOBODY + secrets.token_hex((length - len(NOBODY)) // 2)


def forget(statements: QuerySet[Statement]) -> None:
    """Nobody can be asked about any more: the marks go, here and in the measures of these.

    A measure needs two that differ, so that there they become noise.
    """
    for measure in MeasureRequest.objects.filter(statement__in=statements.values("pk")):
        MeasureRequest.objects.filter(pk=measure.pk).update(
            asked_by=noise(), confirmed_by=measure.confirmed_by and noise()
        )
    statements.update(decider="")
