"""Following a theme: what is new about it, by mail if one asks; and the feeds of themes."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.signals import page_published

from goedwerk_forum import access, feeds, following
from goedwerk_forum.actions.following import with_seals
from goedwerk_forum.actions.notices import next_digest
from goedwerk_forum.errors import NotFound
from goedwerk_forum.feeds import Entry, Feed
from goedwerk_forum.following import Part, Seen, Thing
from goedwerk_forum.models import OutboxRow, SearchFacet
from goedwerk_forum.outbox.handlers import HANDLERS, NEWS
from goedwerk_forum.outbox.rows import QUEUE_OF, Queue, enqueue
from goedwerk_forum.people import Person
from goedwerk_forum.public import only_public_pages
from goedwerk_forum.search import sources

from .choosing import THEME
from .models import CaseStudyIndexPage, Theme, ThemePage
from .searching import themes_of

#: The kind of outbox rows that tell of a new page; their objects are pages.
KIND = "followed_page"
#: New pages of a theme that are looked through for one that can be read.
MOST = 20
#: The last second that a mark can name: a cookie may hold anything.
LAST = 2**32


def register() -> None:
    """Called once, when the app is ready."""
    following.register(following.Source(THEME, find, shown, count, first_new, is_there))
    following.TELLS[KIND] = accounts_with_news
    QUEUE_OF[KIND] = Queue.NOTICES
    HANDLERS[KIND] = NEWS
    page_published.connect(follow_publication)
    feeds.FEEDS[THEME] = feed_of
    feeds.PAGES.append(new_pages)


# --- following a theme -------------------------------------------------------------------------


def find(address: str, _request: HttpRequest) -> str:
    theme = Theme.objects.filter(slug=address).first()
    if theme is None:
        raise NotFound
    return str(theme.pk)


def shown(targets: list[str], _request: HttpRequest) -> dict[str, Thing]:
    """Themes as they are called now, each with its page if it has one."""
    themes = Theme.objects.filter(pk__in=[target for target in targets if target.isdigit()])
    urls = urls_of(themes)
    now = int(timezone.now().timestamp())
    return {
        str(theme.pk): Thing(
            kind=THEME,
            target=str(theme.pk),
            address=theme.slug,
            title=theme.name,
            url=urls[theme.pk],
            what=gettext_lazy("thema"),
            parts=[Part(str(theme.pk), now)],
        )
        for theme in themes
    }


def urls_of(themes: Iterable[Theme]) -> dict[int, str]:
    """Where each theme is read: on its page, or else in the overview of stories."""
    public = access.public_pages().values("pk")
    pages = ThemePage.objects.filter(theme__in=[theme.pk for theme in themes], pk__in=public)
    of_pages = {page.theme_id: page.url for page in pages}
    overview = CaseStudyIndexPage.objects.filter(pk__in=public).order_by("path").first()
    elsewhere = (overview.url if overview else None) or "/"
    return {
        theme.pk: of_pages.get(theme.pk) or f"{elsewhere}?thema={theme.slug}" for theme in themes
    }


def count(things: list[tuple[Thing, Seen]], _user: Person) -> dict[str, int]:
    since = {thing.address: _moment(seen[thing.target]) for thing, seen in things}
    counts: Counter[str] = Counter()
    for slug, came in _with_themes(since).values_list("value", "page__first_published_at"):
        counts[slug] += bool(came and came > since[slug])
    return {thing.target: counts[thing.address] for thing, _seen in things}


def first_new(thing: Thing, seen: Seen) -> str:
    pages = pages_about([thing.address]).order_by("first_published_at", "pk")
    new = pages.filter(first_published_at__gt=_moment(seen[thing.target]))
    return next((page.url or "" for page in only_public_pages(new[:MOST])), "")


def pages_about(slugs: Iterable[str]) -> PageQuerySet:
    """The pages on these themes that anybody may read, harvests of their dialogues included."""
    return access.public_pages().filter(pk__in=_with_themes(slugs).values("page"))


def _with_themes(slugs: Iterable[str]) -> QuerySet[SearchFacet]:
    """(page, theme) of public pages, as the search has them."""
    return SearchFacet.objects.filter(
        name=THEME, value__in=list(slugs), page__in=access.public_pages().values("pk")
    )


def _moment(since: following.Since) -> datetime.datetime:
    """The moment of a mark, in seconds; without one, the end of the day of following."""
    if since.mark is not None:
        return datetime.datetime.fromtimestamp(min(since.mark, LAST), tz=datetime.UTC)
    after = since.day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(after, datetime.time()))


def is_there(targets: list[str]) -> set[str]:
    return {str(pk) for pk in Theme.objects.values_list("pk", flat=True)} & set(targets)


# --- news by mail ------------------------------------------------------------------------------


def follow_publication(instance: Page, **_kwargs: Any) -> None:
    """Signal: a page came for the first time; who follows its themes may hear of it."""
    is_first = instance.first_published_at == instance.last_published_at
    if is_first and sources.is_searched(instance):
        enqueue(KIND, [(instance.pk, 0)], next_digest())


def accounts_with_news(rows: Sequence[OutboxRow]) -> set[uuid.UUID]:
    """Who follows a theme of these pages and asked for a mail; of pages that anybody may read."""
    pages = access.public_pages().filter(pk__in=[row.object_id for row in rows]).specific()
    slugs = {slug for page in only_public_pages(pages) for slug in themes_of(page)}
    themes = Theme.objects.filter(slug__in=slugs).values_list("pk", flat=True)
    targets = [str(pk) for pk in themes]
    return with_seals(THEME, targets) if targets else set()


# --- feeds -------------------------------------------------------------------------------------


def feed_of(slug: str, _request: HttpRequest) -> Feed:
    """What is new on a theme: pages, and what was said on them.

    Raises:
        NotFound: there is no such theme.
    """
    theme = Theme.objects.filter(slug=slug).first()
    if theme is None:
        raise NotFound
    pages = pages_about([slug])
    said = access.public_discussions().filter(page__in=pages.values("pk"))
    newest = pages.order_by("-first_published_at", "-pk")[: feeds.MOST]
    entries = [*_entries(newest), *feeds.newest(said)]
    return Feed(theme.name, urls_of([theme])[theme.pk], feeds.latest(entries))


def new_pages() -> Iterator[Entry]:
    """The newest pages with a discussion of their own, over the whole site."""
    pages = access.public_pages().filter(goedwerk_discussions__in=access.public_discussions())
    yield from _entries(pages.distinct().order_by("-first_published_at", "-pk")[: feeds.MOST])


def _entries(pages: Iterable[Page]) -> Iterator[Entry]:
    """Pages that anybody may read, with the sentences that introduce them."""
    found = list(pages)
    by_type: dict[type[Page], list[int]] = defaultdict(list)
    for page in found:
        by_type[page.specific_class or Page].append(page.pk)
    whole = {
        page.pk: page
        for model, ids in by_type.items()
        for page in model._default_manager.filter(pk__in=ids)
    }
    for page in only_public_pages(whole[page.pk] for page in found):
        kind = sources.type_of(page).name
        yield Entry(
            mark=page.translation_key.hex,
            title=_("%(kind)s: %(title)s") % {"kind": kind, "title": page.title},
            path=page.url or "/",
            text=getattr(page, "discussion_introduction", ""),
            author="",
            day=timezone.localdate(page.first_published_at),
        )
