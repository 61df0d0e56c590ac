"""Keeping what the search finds in step with what anybody may read.

Called in the transaction of the change. What is taken away is taken out by the database itself
(``search.engine``), whoever takes it away; and every search asks again what may be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from .. import access
from ..models import Contribution, SearchEntry, SearchFacet
from ..public import only_public_pages
from ..search import engine, sources
from ..search.words import terms_of
from ..transitions import Display
from .letting_go import in_batches

#: Contributions read and written at a time.
BATCH = 500


def add_contributions(ids: Iterable[int]) -> None:
    """Makes these contributions findable, where anybody may read them."""
    wanted = list(ids)
    SearchEntry.objects.filter(contribution__in=wanted).delete()
    readable = Contribution.objects.filter(
        pk__in=wanted,
        display=Display.TEXT,
        discussion__in=access.public_discussions().values("pk"),
    )
    SearchEntry.objects.bulk_create(
        SearchEntry(
            contribution=said,
            page_id=said.discussion.page_id,
            what=sources.CONTRIBUTION.key,
            kind=said.kind,
            lens=said.lens,
            day=said.day,
            terms=terms_of(said.comment),
        )
        for said in readable.select_related("discussion")
    )


def follow_page(page_id: int) -> None:
    """Makes what stands on a page, and what is said there, findable or not, as it is now."""
    with transaction.atomic():
        page = _readable(page_id)
        if page is None:
            SearchEntry.objects.filter(page=page_id).delete()
            SearchFacet.objects.filter(page=page_id).delete()
            return
        _follow_words(page)
        _follow_facets(page)
        _follow_contributions(page)


def _readable(page_id: int) -> Page | None:
    """The page with all its fields, if anybody may read it, word for word."""
    found = access.public_pages().filter(pk=page_id).specific()
    readable = [page for page in only_public_pages(found) if sources.is_searched(page)]
    return readable[0] if readable else None


def _follow_words(page: Page) -> None:
    text = sources.text_of(page)
    published = page.first_published_at
    SearchEntry.objects.update_or_create(
        page_id=page.pk,
        contribution=None,
        defaults={
            "what": sources.type_of(page).key,
            "day": timezone.localdate(published) if published else timezone.localdate(),
            "title": page.title,
            "text": text,
            "title_terms": terms_of(page.title),
            "terms": terms_of(text),
        },
    )


def _follow_facets(page: Page) -> None:
    SearchFacet.objects.filter(page=page.pk).delete()
    SearchFacet.objects.bulk_create(
        SearchFacet(page_id=page.pk, name=name, value=value)
        for name, facet in sources.FACETS.items()
        for value in dict.fromkeys(facet.of(page))
    )


def _follow_contributions(page: Page) -> None:
    readable = access.public_discussions().filter(page=page.pk).values("pk")
    gone = SearchEntry.objects.filter(page=page.pk, contribution__isnull=False)
    gone.exclude(contribution__discussion__in=readable).delete()
    missing = Contribution.objects.filter(
        discussion__in=readable, display=Display.TEXT, search_entry=None
    )
    ids = list(missing.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        add_contributions(ids[start : start + BATCH])


def follow_below(path: str) -> None:
    """The same for all pages at and below a place in the tree: it moved, or was closed off."""
    pages = Page.objects.filter(path__startswith=path).values_list("pk", flat=True)
    for page_id in _searched(pages):
        follow_page(page_id)


def _searched(page_ids: Iterable[int]) -> list[int]:
    """Those that are in the index, and those that would be."""
    wanted = list(page_ids)
    there = set(SearchEntry.objects.filter(page__in=wanted).values_list("page_id", flat=True))
    pages = access.public_pages().filter(pk__in=wanted).specific()
    return sorted(there | {page.pk for page in pages if sources.is_searched(page)})


def rebuild() -> int:
    """Makes all of it anew; returns how much can be found."""
    with transaction.atomic():
        SearchFacet.objects.all().delete()
        SearchEntry.objects.all().delete()
        for page_id in _searched(Page.objects.values_list("pk", flat=True)):
            follow_page(page_id)
    return SearchEntry.objects.count()


def forget_unreadable() -> int:
    """What anybody may no longer read, by whatever way it went: looked after every night."""
    readable = Q(
        contribution__display=Display.TEXT,
        contribution__discussion__in=access.public_discussions().values("pk"),
    ) | Q(contribution__isnull=True, page__in=access.public_pages().values("pk"))
    due = SearchEntry.objects.exclude(pk__in=SearchEntry.objects.filter(readable).values("pk"))
    gone = in_batches(due, lambda rows: rows.delete(), discussion="page_id")
    engine.wipe_traces()
    return gone


# --- signals ---------------------------------------------------------------------------------


def follow_move(instance: Page, **_kwargs: Any) -> None:
    follow_below(instance.path)


def goes_with_its_page(origin: object, model: type[Model]) -> bool:
    """Whether a row is deleted because its page is: then there is nothing to find any more."""
    if origin is None:
        return False
    return not issubclass(getattr(origin, "model", type(origin)), model)


def follow_restriction(
    instance: PageViewRestriction, origin: object = None, **_kwargs: Any
) -> None:
    """An alias shows what it is an alias of, and so does what stands below it."""
    if goes_with_its_page(origin, PageViewRestriction):
        return
    shown_at = Q(pk=instance.page_id) | Q(alias_of=instance.page_id)
    shown_at |= Q(alias_of__alias_of=instance.page_id)
    for path in Page.objects.filter(shown_at).values_list("path", flat=True):
        follow_below(path)
