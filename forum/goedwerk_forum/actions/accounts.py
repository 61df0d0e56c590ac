"""What somebody chooses for her account."""

from __future__ import annotations

from ..identity import links, unsubscribing
from ..models import Account
from ..people import Person


def choose_mail(*, user: Person, wants: bool) -> None:
    """Whether ``user`` gets a digest by mail; it tells only that there is something to read."""
    Account.objects.filter(uuid=links.account_uuid(user)).update(wants_mail=wants)


def stop_mail(*, mark: str) -> bool:
    """Ends the digest of whoever got a mail with ``mark`` in it; whether there is such a person."""
    account_id = unsubscribing.account_of(mark)
    if account_id is None:
        return False
    return bool(Account.objects.filter(pk=account_id).update(wants_mail=False))
