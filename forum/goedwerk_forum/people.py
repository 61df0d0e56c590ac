"""Who asks: a signed-in account of whatever user model the site has, or nobody in particular."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser

Person = AbstractUser | AnonymousUser


def key_of(person: Person) -> Any:
    """The primary key of an account, of whatever type the user model has; None for nobody."""
    return person.pk
