"""Who comes by, what an answer means, and the shortest way to say who gets which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

ROLES = [
    "anonymous",
    "newcomer",  # signed in, takes part nowhere
    "participant",  # takes part in the same discussion
    "author",  # wrote what is looked at
    "ambassador",  # of the discussion's group; she wrote one thing herself
    "other_ambassador",  # of the group of another discussion
    "guide",  # guides the discussion, and does not moderate it
    "editor",  # has the submission in hand; she told a story herself
    "editor2",  # her colleague
    "signer",  # may sign stories as a second editor, and read no raw text
    "privacy",
    "owner",
    "superuser",  # has every right, and belongs to no group
]
STAFF = [role for role in ROLES if role not in ("anonymous", "newcomer", "participant", "author")]

OK, MOVED, LOGIN, HOME, AGAIN = "200", "302", "login", "home", "again"
FORBIDDEN, NOT_FOUND, NOT_ALLOWED, CONFLICT, INVALID = "403", "404", "405", "409", "422"
#: Answers to who may not; a POST that is answered so has changed nothing.
REFUSALS = {LOGIN, HOME, AGAIN, FORBIDDEN, NOT_FOUND, NOT_ALLOWED, CONFLICT}

Expected = dict[str, str]


@dataclass(frozen=True)
class Row:
    """What each role gets at one address, on one kind of object.

    ``of`` names the object in the world; ``data`` is what a POST brings along. Whom a POST lets
    in changes something with it, unless ``changes`` says not, or says whom it lets.
    """

    get: Expected
    post: Expected | None = None
    of: str = ""
    data: dict[str, Any] | Callable[[Any], dict[str, Any]] | None = None
    changes: bool | tuple[str, ...] = True
    query: str = ""

    def must_change(self, role: str) -> bool:
        """Whether a POST by ``role`` has to have changed something."""
        if self.post is None or self.post[role] in REFUSALS:
            return False
        return self.changes if isinstance(self.changes, bool) else role in self.changes


def outcome(response: HttpResponseBase) -> str:
    """What an answer means for who asked."""
    if response.status_code not in (301, 302):
        return str(response.status_code)
    to = response["Location"]
    if to.startswith((reverse("account_login"), reverse("wagtailadmin_login"))):
        return LOGIN
    if to.startswith(reverse("account_reauthenticate")):
        return AGAIN
    return HOME if to == reverse("wagtailadmin_home") else MOVED


# --- who gets what, in words -----------------------------------------------------------------


def everybody(answer: str = OK, **others: str) -> Expected:
    """The same for all, but for the roles that are named."""
    return dict.fromkeys(ROLES, answer) | others


def signed_in(answer: str = OK, **others: str) -> Expected:
    return everybody(answer, anonymous=LOGIN) | others


def own(answer: str = OK, *, of: str = "author", others: str = NOT_FOUND) -> Expected:
    """For its author alone; to others it is not there."""
    return signed_in(others) | {of: answer}


def staff(*roles: str, answer: str = OK, others: str = HOME, **named: str) -> Expected:
    """A view of the admin for the roles that are named; the rest of the admin is led home."""
    shut = {role: others if role in STAFF else LOGIN for role in ROLES}
    return shut | dict.fromkeys(roles, answer) | named


def nobody(answer: str = NOT_ALLOWED) -> Expected:
    return everybody(answer)
