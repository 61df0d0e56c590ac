"""Two people at one terminal, each with the right, who each show who they are."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth import authenticate
from django.core.management.base import CommandError, OutputWrapper
from django.utils.module_loading import import_string

from ..conf import conf
from ..people import Person

ORDER = ("The first", "The second")


def ask(prompt: str, out: OutputWrapper, *, hidden: bool = False) -> str:
    """One line from the terminal, not shown where it is secret; without one, from the input."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt) if hidden else input(prompt)
    out.write(prompt, ending="\n")
    return sys.stdin.readline().rstrip("\n")


def two_people(right: str, out: OutputWrapper) -> list[Person]:
    """Two different people who hold ``right`` and showed it, by password and second step.

    Raises:
        CommandError: one of them did not; it says which, and not what was wrong.
    """
    people: list[Person] = []
    for which in ORDER:
        person = _shown(which, right, out)
        if person is None or person.pk in {other.pk for other in people}:
            raise CommandError(
                f"{which} person did not show that she may do this: two different accounts with "
                f"the right {right}, each with her own password and second step."
            )
        people.append(person)
    return people


def _shown(which: str, right: str, out: OutputWrapper) -> Any:
    out.write(f"{which} of two people with the right {right}.")
    name = ask("Login name: ", out)
    password = ask("Password: ", out, hidden=True)
    person = authenticate(request=None, username=name, password=password)
    if not _has_right_code(person, out):
        return None
    return person if person and person.is_active and person.has_perm(right) else None


def _has_right_code(person: Any, out: OutputWrapper) -> bool:
    """Asks for the code also where the password is wrong: the question tells nothing of it."""
    if not conf().CONFIRM_CODE:
        return True
    code = ask("Code of the second step (empty where there is none): ", out, hidden=True)
    return bool(person and import_string(conf().CONFIRM_CODE)(person, code))
