"""From a person to a participant (token, LINK_KEY) and back (seal, UNSEAL_KEY)."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import QuerySet
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from ..errors import KeyMissing
from ..models import Discussion, Participant
from ..models.discussions import guide_uuid
from ..people import Person
from . import accounts, keys

VERSION = b"1"
#: The discussions that have participants of their own, in the cache.
HOMES, HOMES_SECONDS = "goedwerk-homes", 60
#: A sealed text is padded to this length, so that seals look alike.
PADDED = 32


def known_account(user: Person) -> uuid.UUID | None:
    """The random identity of a signed-in user's account; None where she never joined anything."""
    account = getattr(user, "goedwerk_account", None)
    return account.uuid if account else None


def account_uuid(user: Person) -> uuid.UUID:
    """The same, made where it is not there yet: for writes only, reading makes no rows."""
    return known_account(user) or accounts.uuid_made_now(user)


def token(account: uuid.UUID, discussion: uuid.UUID, key: bytes | None = None) -> str:
    """What an account is called in one discussion: 64 hex digits, unlike those of any other."""
    parts = (VERSION, account.bytes, discussion.bytes)
    message = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
    return hmac.new(key or keys.link_key(), message, hashlib.sha256).hexdigest()


def seal(account: uuid.UUID) -> str:
    """The account, sealed: who has the public key only cannot open it again."""
    return SealedBox(keys.seal_key()).encrypt(account.bytes.ljust(PADDED, b"\0")).hex()


def unseal(sealed: str, private: Iterable[PrivateKey] | None = None) -> uuid.UUID:
    """The account in a seal; opened with ``private``, or with what this process has.

    Raises:
        KeyMissing: this process has no UNSEAL_KEY, or not the one the seal was made for.
    """
    for key in keys.unseal_keys() if private is None else private:
        try:
            opened = SealedBox(key).decrypt(bytes.fromhex(sealed))
        except CryptoError:
            continue
        return uuid.UUID(bytes=opened[:16])
    raise KeyMissing


def cut(participants: QuerySet[Participant]) -> int:
    """Takes away what leads from these participants to a person; their pseudonyms stay."""
    return participants.update(token=None, sealed_account=None, key_id="")


def participant_of(
    user: Person, discussion: Discussion, *, is_guide: bool = False
) -> Participant | None:
    """Who ``user`` is in ``discussion``, or as its guide; None where she has not joined."""
    tokens = tokens_of(user, [discussion.home.uuid])
    return Participant.objects.filter(token__in=tokens, is_guide=is_guide).first()


def tokens_of(user: Person, discussions: Iterable[uuid.UUID] | None = None) -> list[str]:
    """The tokens of ``user`` in the discussions given, or in all: computed, never stored.

    Two per discussion: of who she is under her pseudonym, and as guide. A branch has none of its
    own: those of its home count there.
    """
    account = known_account(user)
    if account is None:
        return []
    if discussions is None:
        discussions = _homes()
    known = keys.link_keys()
    return [
        token(account, place, key)
        for discussion in discussions
        for place in (discussion, guide_uuid(discussion))
        for key in known
    ]


def tokens_lately(user: Person) -> list[str]:
    """As ``tokens_of``, where the newest discussions may be missing for a minute.

    For judging by what somebody did before: whoever writes much spares a query each time.
    """
    return tokens_of(user, cache.get_or_set(HOMES, _homes, HOMES_SECONDS))


def forget_homes() -> None:
    """A discussion came: the next one who asks looks again."""
    cache.delete(HOMES)


def _homes() -> list[uuid.UUID]:
    return list(Discussion.objects.filter(branch_of__isnull=True).values_list("uuid", flat=True))
