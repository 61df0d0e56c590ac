"""What a draft is called on its writer's device: who signs in there next does not find it."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from ..people import Person

#: The hidden field with the mark of who a form was shown to.
FIELD = "typed_by"


def mark(user: Person, path: str) -> str:
    """The name of what ``user`` types in the form at ``path``: 16 hex digits, kept nowhere here."""
    return salted_hmac("goedwerk draft", f"{user.pk}:{path}").hexdigest()[:16]


def writer(user: Person) -> str:
    """What every form of ``user`` carries: words that are rescued come back to her only."""
    return salted_hmac("goedwerk writer", str(user.pk)).hexdigest()[:16]
