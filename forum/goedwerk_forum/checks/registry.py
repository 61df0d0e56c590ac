"""Which checks there are: the shipped ones, those of the settings, those of other packages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from ..conf import conf
from .base import Check, Context, Finding
from .conduct import Conduct, Shouting
from .form import Links, NearDuplicate, Newcomer
from .hand_over import HandOver
from .remote import Remote
from .traceable import Confidential, Traceable

logger = logging.getLogger("goedwerk.checks")

#: A package that brings checks names them in this group.
GROUP = "goedwerk_forum.checks"
SHIPPED: tuple[type[Check], ...] = (
    *(Traceable, Confidential, Conduct, Shouting, Links, NearDuplicate, Newcomer, HandOver, Remote),
)


class Unloadable(Check):
    """Stands for a check of another package that cannot be loaded: it fails, so people look."""

    name = _("Controle die niet laadt")
    explanation = _("Deze controle komt uit een ander pakket en kan niet worden geladen.")
    is_judged = False

    def __init__(self, code: str, problem: str) -> None:
        self.code = code  # type: ignore[misc]
        self.problem = problem

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        raise ImproperlyConfigured(self.problem)


@cache
def all_checks() -> tuple[Check, ...]:
    """The shipped checks, those of EXTRA_CHECKS and those that other packages bring."""
    extra = [import_string(path)() for path in conf().EXTRA_CHECKS]
    return (*(kind() for kind in SHIPPED), *extra, *_of_packages())


def check_by_code(code: str) -> Check | None:
    return next((check for check in all_checks() if check.code == code), None)


def _of_packages() -> Iterator[Check]:
    for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        yield _loaded(entry)


def _loaded(entry: EntryPoint) -> Check:
    try:
        kind = entry.load()
        if not (isinstance(kind, type) and issubclass(kind, Check)):
            raise TypeError(f"{entry.value} is no check")
        return kind()
    except Exception as error:
        logger.exception("a check of another package cannot be loaded")
        return Unloadable(entry.name, f"{entry.value}: {type(error).__name__}")


def problems() -> list[str]:
    """What is wrong with the set of checks, in sentences for who installs."""
    found = [
        f"The check '{check.code}' of another package cannot be loaded ({check.problem})."
        for check in all_checks()
        if isinstance(check, Unloadable)
    ]
    codes = [check.code for check in all_checks()]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    return [*found, *(f"More than one check has the code '{code}'." for code in twice)]
