"""What somebody is called as a reporter: a token of her own, or a receipt code.

The token is made like a participant's but for another purpose, so that a report shares no value
with what its reporter says in the discussion, nor with her reports in another one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable

from ..models import Report, place_of
from ..people import Person
from . import keys, links

PURPOSE = b"goedwerk report 1"
#: Letters and digits that are hard to confuse; 20 of them hold 97 bits.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 20, 5


def token(account: uuid.UUID, discussion: uuid.UUID, key: bytes | None = None) -> str:
    """What an account is called as a reporter in one discussion: 64 hex digits."""
    message = PURPOSE + account.bytes + discussion.bytes
    return hmac.new(key or keys.link_key(), message, hashlib.sha256).hexdigest()


def tokens_of(user: Person, discussions: Iterable[uuid.UUID] | None = None) -> list[str]:
    """The reporter's tokens of ``user`` in the discussions given, or in all with reports."""
    account = links.known_account(user)
    if account is None:
        return []
    if discussions is None:
        signed = Report.objects.filter(reporter__isnull=False)
        places = ("discussion__uuid", "page__translation_key", "page__locale_id")
        found = signed.order_by().values_list(*places).distinct()
        discussions = [there or place_of(key, locale) for there, key, locale in found]
    known = keys.link_keys()
    return [token(account, discussion, key) for discussion in discussions for key in known]


def code_of(submission: str) -> str:
    """The receipt code of a form, made of its random mark: sent twice, it has one code."""
    digest = hashlib.sha256(b"goedwerk receipt" + submission.encode()).digest()
    number = int.from_bytes(digest, "big")
    signs = []
    for _sign in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "-".join("".join(signs[at : at + GROUP]) for at in range(0, LENGTH, GROUP))


def hashed(code: str) -> str:
    """What is stored of a receipt code, however it was typed; the code itself is not."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def new_mark() -> str:
    """The random mark of one form; 192 bits."""
    return secrets.token_urlsafe(24)
