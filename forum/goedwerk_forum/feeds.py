"""What stands in a web feed: released texts that anybody may read, and days, never moments.

Entries of one day have no order among themselves but that of their random ids: who wrote first
is not told across discussions.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from . import access, kinds
from .models import Contribution, Discussion
from .public import only_public_pages
from .transitions import Display

#: Entries in one feed.
MOST = 50


@dataclass(frozen=True)
class Entry:
    """One entry; ``mark`` is random and stays, ``path`` is where it stands on this site."""

    mark: str
    title: str
    path: str
    text: str
    author: str
    day: datetime.date


@dataclass(frozen=True)
class Feed:
    """A feed with its newest entries; ``path`` is the page that it is the feed of."""

    title: str
    path: str
    entries: list[Entry]


#: Feeds that other apps bring, by the first part of their address; they raise Http404 or NotFound.
FEEDS: dict[str, Callable[[str, HttpRequest], Feed]] = {}
#: New pages that other apps put into the feed of the whole site.
PAGES: list[Callable[[], Iterable[Entry]]] = []


def of_discussion(uuid: str, request: HttpRequest) -> Feed:
    """What was said in one discussion or branch.

    Raises:
        NotFound: there is none, or the asker may not read it.
        Http404: not everybody may.
    """
    discussion = access.readable_discussion(uuid, request)
    found = access.public_discussions().filter(pk=discussion.pk).select_related("page")
    if not access.only_public(found):
        raise Http404
    title = discussion.question if discussion.branch_of_id else discussion.page.title
    return Feed(title, discussion.get_absolute_url(), newest(found))


def of_site(title: str | Promise) -> Feed:
    """New pages and what was said, over the whole site."""
    pages = [entry for source in PAGES for entry in source()]
    return Feed(str(title), "/", latest([*pages, *newest(access.public_discussions())]))


def newest(discussions: QuerySet[Discussion]) -> list[Entry]:
    """The newest texts of these public discussions, newest day first."""
    said = (
        Contribution.objects.filter(
            display=Display.TEXT, discussion__in=discussions.order_by().values("pk")
        )
        .select_related("participant", "discussion__page", "discussion__branch_of")
        .order_by("-day", "public_id")
    )
    found = list(said[:MOST])
    pages = {one.discussion.page_id: one.discussion.page for one in found}
    readable = {page.pk for page in only_public_pages(pages.values())}
    return [_entry(one) for one in found if one.discussion.page_id in readable]


def latest(entries: Iterable[Entry]) -> list[Entry]:
    """The newest of these by day, and by their random marks within a day."""
    by_mark = sorted(entries, key=lambda entry: entry.mark)
    return sorted(by_mark, key=lambda entry: entry.day, reverse=True)[:MOST]


def _entry(said: Contribution) -> Entry:
    discussion = said.discussion
    about = discussion.question if discussion.branch_of_id else discussion.page.title
    is_turn = said.by_guide and not said.said_on
    kind = _("Begeleider") if is_turn else kinds.words_of(said.kind).name
    return Entry(
        mark=said.public_id,
        title=_("%(kind)s bij: %(about)s") % {"kind": kind, "about": about},
        path=said.get_absolute_url(),
        text=said.comment,
        author=said.speaker,
        day=said.day,
    )
