"""What else somebody wrote here: other apps bring it into her own file and onto her own page.

A source is registered once, in an app's ``ready``; the forum asks it for what one person wrote
and never learns what it is about.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from .people import Person


@dataclass(frozen=True)
class Thing:
    """One thing that somebody wrote, as she may take it along.

    ``texts`` are pairs of a heading and what she wrote under it; ``facts`` is what else is known
    of it, as JSON can hold it.
    """

    title: str
    state: str
    day: datetime.date | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where such things come from.

    ``of`` gives all that one person wrote, in a fixed number of queries. ``url_name`` is the page
    where she finds and withdraws it herself; ``if_cut`` says in one sentence what she can no
    longer do there once her link is cut.
    """

    key: str
    title: str | Promise
    url_name: str
    if_cut: str | Promise
    of: Callable[[Person], Iterable[Thing]]


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    SOURCES[source.key] = source


def of(user: Person) -> list[tuple[Source, list[Thing]]]:
    """All that ``user`` wrote in other apps, by source; sources without anything are left out."""
    found = [(source, list(source.of(user))) for source in SOURCES.values()]
    return [(source, things) for source, things in found if things]
