"""What somebody chooses for her account."""

from __future__ import annotations

from ..identity import links
from ..models import Account
from ..people import Person


def choose_mail(*, user: Person, wants: bool) -> None:
    """Whether ``user`` gets a digest by mail; it tells only that there is something to read."""
    Account.objects.filter(uuid=links.account_uuid(user)).update(wants_mail=wants)
