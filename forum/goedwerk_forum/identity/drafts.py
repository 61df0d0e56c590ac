"""What a draft is called on its writer's device: who signs in there next does not find it."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from ..people import Person


def mark(user: Person, path: str) -> str:
    """The name of what ``user`` types in the form at ``path``: 16 hex digits, kept nowhere here."""
    return salted_hmac("goedwerk draft", f"{user.pk}:{path}").hexdigest()[:16]
