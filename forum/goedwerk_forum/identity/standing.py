"""What holds somebody back in all discussions: found by who has the standing key and the account.

Web and the notifier can do this, and nobody else. A token is made of the account's primary key,
which stays when somebody cuts all her links, and of the row's own random number: two rows of one
person have nothing in common, so that two pseudonyms to which something was done do not either.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from ..errors import KeyMissing
from ..ids import random_id
from ..models import Account, Standing
from ..models.standing import end_of_quarter
from ..people import Person
from ..transitions import Measure
from . import keys

VERSION = b"1"
#: What is sealed is padded to this length, so that all rows look alike.
PADDED = 96


@dataclass(frozen=True)
class Held:
    """What holds somebody back: a measure, the last day on which it holds, and its reason."""

    kind: Measure
    until: datetime.date
    reason: str

    @property
    def is_in_force(self) -> bool:
        return self.until >= timezone.localdate()

    @property
    def forbids(self) -> bool:
        """Whether somebody cannot write under it; a warning only stands at the form."""
        return self.kind != Measure.WARN

    @property
    def weight(self) -> tuple[int, datetime.date]:
        """The heaviest measure counts, and of those the one that holds longest."""
        return list(Measure).index(self.kind), self.until


def token(account_id: int, row_id: int, key: bytes | None = None) -> str:
    """What a row of this account is called: 64 hex digits, unlike those of its other rows."""
    parts = (VERSION, b"standing", account_id.to_bytes(8, "big"), row_id.to_bytes(8, "big"))
    message = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
    return hmac.new(key or keys.standing_key(), message, hashlib.sha256).hexdigest()


def of_account(account_id: int) -> Iterator[tuple[Standing, Held]]:
    """All rows of an account; one query over all rows, which are few: a hash for each."""
    known = keys.standing_keys()
    for row in Standing.objects.all():
        if any(hmac.compare_digest(row.token, token(account_id, row.pk, key)) for key in known):
            yield row, _opened(row)


def of_person(user: Person) -> list[Held]:
    """What holds ``user`` back today, the heaviest first.

    Raises:
        KeyMissing: this process has no standing key, or not the one a row was sealed with.
    """
    account = getattr(user, "goedwerk_account", None)
    if account is None:
        return []
    found = [held for _row, held in of_account(account.pk) if held.is_in_force]
    return sorted(found, key=lambda held: held.weight, reverse=True)


def add(account: Account, held: Held) -> None:
    """Makes ``held`` hold for an account; what it is, and until when, only the key tells."""
    row = random_id()
    Standing.objects.create(
        pk=row,
        token=token(account.pk, row),
        sealed=_box(row).encrypt(_packed(held)).hex(),
        key_id=keys.standing_key_id(),
        gone_after=end_of_quarter(held.until),
    )


def take_away(account: Account, held: Held) -> None:
    """Ends one row of the account that is just this; does nothing where there is none."""
    for row, found in of_account(account.pk):
        if found == held:
            row.delete()
            return


def forget_ended() -> int:
    """Removes what has ended, by the only day that stands in the clear: the end of a quarter."""
    gone, _by_model = Standing.objects.filter(gone_after__lt=timezone.localdate()).delete()
    return gone


def _packed(held: Held) -> bytes:
    plain = json.dumps([held.kind, held.until.isoformat(), held.reason])
    return plain.encode().ljust(PADDED)


def _opened(row: Standing) -> Held:
    for key in keys.standing_keys():
        try:
            plain = _box(row.pk, key).decrypt(bytes.fromhex(row.sealed))
        except CryptoError:
            continue
        kind, until, reason = json.loads(plain)
        return Held(Measure(kind), datetime.date.fromisoformat(until), reason)
    raise KeyMissing


def renewed(row: Standing) -> dict[str, str]:
    """The same row under the standing key of now: its columns, for ``rotation``."""
    plain = _packed(_opened(row))
    return {
        "sealed": _box(row.pk).encrypt(plain).hex(),
        "key_id": keys.standing_key_id(),
    }


def _box(row_id: int, key: bytes | None = None) -> SecretBox:
    message = b"goedwerk sealed standing" + row_id.to_bytes(8, "big")
    return SecretBox(hmac.new(key or keys.standing_key(), message, hashlib.sha256).digest())


def salt_of(public_id: str, key: bytes | None = None) -> str:
    """The salt of what is decided on a request: known from the asking on, and stored only then.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    message = b"goedwerk salt of a measure" + public_id.encode()
    return hmac.new(key or keys.link_key(), message, hashlib.sha256).hexdigest()[:32]
