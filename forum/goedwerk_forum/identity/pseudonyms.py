"""Pseudonyms: an adjective, an animal, a number; drawn at random, unique in a discussion."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

from django.core.signing import BadSignature, Signer

from ..conf import conf
from ..models import Discussion

FOLDER = Path(__file__).parent / "data"
NUMBERS = 99
SIGNER = Signer(salt="goedwerk.pseudonym")


@cache
def words(name: str) -> tuple[str, ...]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _reserved(name: str) -> bool:
    folded = name.casefold()
    return any(word.casefold() in folded for word in conf().RESERVED_PSEUDONYMS)


def draw(discussion: Discussion) -> str:
    """A pseudonym that nobody in the discussion has yet."""
    while True:
        number = secrets.randbelow(NUMBERS) + 1
        name = f"{secrets.choice(words('adjectives'))} {secrets.choice(words('animals'))} {number}"
        taken = discussion.home.participants.filter(pseudonym=name).exists()
        if not taken and not _reserved(name):
            return name


def sign(discussion: Discussion, pseudonym: str) -> str:
    """Lets the form carry a drawn pseudonym that nobody can choose freely."""
    return SIGNER.sign(f"{discussion.home.uuid.hex}:{pseudonym}")


def read_signed(discussion: Discussion, value: str) -> str | None:
    """The pseudonym in ``value``; None where it was not drawn for this discussion."""
    try:
        drawn_for, _colon, pseudonym = SIGNER.unsign(value).partition(":")
    except BadSignature:
        return None
    return pseudonym if drawn_for == discussion.home.uuid.hex else None
