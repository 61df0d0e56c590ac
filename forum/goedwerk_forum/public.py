"""What *anybody* may read, as querysets: for lists, counts, search and feeds.

``access`` answers for one page and one asker; this answers for all pages and nobody in
particular. Import it from ``access``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

from .models import Discussion

#: What other apps ask of a live page before anybody may read it, as a filter of pages: it makes
#: counts right. What only Python can compare is asked by ``EXACTLY`` afterwards.
LISTED_IF: list[Callable[[], Q]] = []
#: The pages among those given that anybody may read, in a fixed number of queries.
EXACTLY: list[Callable[[Iterable[Page]], list[Page]]] = []


def public_pages() -> PageQuerySet:
    """Live pages without a restriction on them or above; one query to make, one to read."""
    pages = Page.objects.live().filter(_is_unrestricted())
    for listed_if in LISTED_IF:
        pages = pages.filter(listed_if())
    return pages


def public_discussions() -> QuerySet[Discussion]:
    """The discussions, branches included, that anybody may read; one query to make.

    Where words or titles are shown, the few that are shown go through ``only_public`` too.
    """
    stands = Q(branch_of__isnull=True) | ~Q(branched_path="")
    return Discussion.objects.filter(
        stands, is_enabled=True, in_circle=False, page__in=public_pages().values("pk")
    )


def on_page(prefix: str = "") -> Q:
    """A filter of discussions, or of what leads to them: the one that stands on its page."""
    asked = {"branch_of": None, "in_circle": False, "is_enabled": True}
    return Q(**{f"{prefix}{name}": value for name, value in asked.items()})


def open_today(prefix: str = "") -> Q:
    """A filter of discussions, or of what leads to them: people may write in them today."""
    today = timezone.localdate()
    return (
        Q(**{f"{prefix}is_read_only": False, f"{prefix}ended_on": None})
        & (Q(**{f"{prefix}opens_on": None}) | Q(**{f"{prefix}opens_on__lte": today}))
        & (Q(**{f"{prefix}closes_on": None}) | Q(**{f"{prefix}closes_on__gte": today}))
    )


def on_its_site(page: Page) -> Q:
    """A filter of pages: on the site of ``page``, in its language. No query once they are known."""
    roots = (site.root_path for site in Site.get_site_root_paths())
    root = next((root for root in roots if page.url_path.startswith(root)), "")
    return Q(url_path__startswith=root, locale_id=page.locale_id)


def only_public_pages(pages: Iterable[Page]) -> list[Page]:
    """Those of the listed pages that other apps let anybody read, word for word."""
    found = list(pages)
    for exactly in EXACTLY:
        found = exactly(found)
    return found


def only_public(discussions: Iterable[Discussion]) -> list[Discussion]:
    """Those of the listed discussions whose page anybody may read, word for word.

    Their pages are at hand (``select_related("page")``).
    """
    given = list(discussions)
    pages = {discussion.page_id: discussion.page for discussion in given}
    readable = {page.pk for page in only_public_pages(pages.values())}
    return [discussion for discussion in given if discussion.page_id in readable]


def is_restricted(path: str) -> Exists:
    """Whether ``access.restrictions_of`` finds any for the page with this path; asked along."""
    way = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(way=way)
    return Exists(
        restrictions.filter(
            Q(way__startswith=F("page__path"))
            | Q(way__startswith=F("page__aliases__path"))
            | Q(way__startswith=F("page__aliases__aliases__path"))
        )
    )


def _is_unrestricted() -> Q:
    """A filter of pages; an alias counts as what it shows, too, as in ``access``.

    By length, so that any number of restrictions is a few comparisons.
    """
    by_length: dict[int, set[str]] = defaultdict(set)
    for path in _restricted_paths():
        by_length[len(path)].add(path)
    outside = Q()
    for length, paths in by_length.items():
        outside &= ~Q(In(Left(F("path"), length), sorted(paths)))
    return outside


def _restricted_paths() -> set[str]:
    rows = PageViewRestriction.objects.values_list(
        "page__path", "page__aliases__path", "page__aliases__aliases__path"
    )
    return {path for row in rows for path in row if path}
