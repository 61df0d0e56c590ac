"""Login names are drawn, never chosen: nobody can try whether a colleague has an account."""

from __future__ import annotations

import re
import secrets

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer

from goedwerk_forum.identity.pseudonyms import words

SIGNER = Signer(salt="goedwerk.login-name")
PLAIN = re.compile(r"[a-z]{3,10}")


def draw() -> str:
    """A login name that nobody has: two animals and a number, unlike any pseudonym."""
    animals = [word.lower() for word in words("animals") if PLAIN.fullmatch(word.lower())]
    while True:
        number = 1000 + secrets.randbelow(9000)
        name = f"{secrets.choice(animals)}-{secrets.choice(animals)}-{number}"
        if not get_user_model()._default_manager.filter(username=name).exists():
            return name


def sign(name: str) -> str:
    """Lets the form carry a drawn name, so that no other can be sent."""
    return SIGNER.sign(name)


def read_signed(value: str) -> str | None:
    """The drawn name in ``value``; None where it was not drawn here."""
    try:
        return SIGNER.unsign(value)
    except BadSignature:
        return None
