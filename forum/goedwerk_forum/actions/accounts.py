"""What somebody chooses for her account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

from ..models import Account


def choose_mail(*, user: AbstractBaseUser, wants: bool) -> None:
    """Whether ``user`` gets a digest by mail; it tells only that there is something to read."""
    Account.objects.update_or_create(user=user, defaults={"wants_mail": wants})
