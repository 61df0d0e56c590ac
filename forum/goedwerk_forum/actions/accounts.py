"""What somebody chooses for her account."""

from __future__ import annotations

import secrets

from ..identity import links
from ..models import Account
from ..people import Person


def choose_mail(*, user: Person, wants: bool) -> None:
    """Whether ``user`` gets a digest by mail; it tells only that there is something to read."""
    account = Account.objects.filter(uuid=links.account_uuid(user))
    if wants:
        account.filter(mail_mark="").update(mail_mark=new_mark())
    account.update(wants_mail=wants)


def stop_mail(*, mark: str) -> bool:
    """Ends the digest of whoever got a mail with ``mark`` in it; whether there is such a person."""
    return bool(mark and Account.objects.filter(mail_mark=mark).update(wants_mail=False))


def mark_of(account: Account) -> str:
    """The mark in the mails to an account; made now where it asked for mail long ago."""
    if not account.mail_mark:
        Account.objects.filter(pk=account.pk, mail_mark="").update(mail_mark=new_mark())
        account.refresh_from_db()
    return account.mail_mark


def new_mark() -> str:
    """256 random bits: two processes without a common key must know it, so it is stored."""
    return secrets.token_urlsafe(32)
