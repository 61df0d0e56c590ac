"""News that another app brings into the inbox and the digest.

A source is registered once, in an app's ``ready``; the forum asks it for its messages and never
learns what they are about. Rows of its kind in the outbox go to the notifier with the forum's
own: one mail to an account, whatever the news.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from .outbox.rows import QUEUE_OF, Queue
from .people import Person


@dataclass
class News:
    """One message in the inbox, as an app hands it over; ``glyph`` is a symbol of the sprite.

    ``asks`` tells whether it waits for her answer: it stands on top until she gave one.
    """

    public_id: str
    day: datetime.date
    title: str
    url: str
    link_text: str
    glyph: str = "s-open"
    asks: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Source:
    """Where news comes from.

    ``kind`` names its outbox rows, whose object ids are those of its messages. ``title`` and
    ``url_name`` are those of the page with one's own things that they are about. ``of`` gives all
    messages of one person, newest first, in a fixed number of queries.
    ``seals`` gives the sealed accounts of the messages with these ids; the notifier opens them.
    """

    kind: str
    title: str | Promise
    url_name: str
    of: Callable[[Person], list[News]]
    seals: Callable[[Iterable[int]], Iterable[str]]


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Makes a source known, and sends its outbox rows to the notifier."""
    SOURCES[source.kind] = source
    QUEUE_OF[source.kind] = Queue.NOTICES


def of(user: Person) -> list[News]:
    """All news of other apps for ``user``."""
    return [item for source in SOURCES.values() for item in source.of(user)]
