"""Which stories a reader may see: those whose shown words a second editor signed.

The one place that answers it; ``gate`` asks on every write, the pages and lists on every read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from wagtail.images import get_image_model
from wagtail.models import Page

from .shown import Left, digest, kept_words, shown, unresolved

if TYPE_CHECKING:
    from .models import Clearance, StoryMixin

__all__ = [
    "Left",
    "digest",
    "in_whole",
    "is_cleared",
    "kept_words",
    "only_cleared",
    "shown",
    "signatures",
    "unresolved",
    "whole",
    "with_signature",
]

PageT = TypeVar("PageT", bound=Page)
logger = logging.getLogger("goedwerk.stories")

#: An alias of an alias of …: followed so far, and no further.
DEEPEST = 8
#: Seconds for which a process remembers which live stories nobody signed for.
REMEMBER = 120


# --- which pages are meant -------------------------------------------------------------------


def is_story(page: Any) -> TypeGuard[StoryMixin]:
    """Whether a page (or what the generic ``Page`` stands for) is of a type that needs it."""
    from .models import StoryMixin

    if isinstance(page, StoryMixin):
        return True
    return bool(
        isinstance(page, Page)
        and page.content_type_id
        and issubclass(page.specific_class or Page, StoryMixin)
    )


def story_models() -> list[type[Any]]:
    """Every page type that is built on ``StoryMixin``."""
    from django.apps import apps

    from .models import StoryMixin

    return [model for model in apps.get_models() if issubclass(model, StoryMixin)]


def names_of_tables() -> list[str]:
    """How a query over pages names the table of each such type, as far as it joins pages itself."""
    return [str(model._meta.model_name) for model in story_models() if Page in model._meta.parents]


# --- cleared or not --------------------------------------------------------------------------


def is_cleared(page: Page) -> bool:
    """Whether exactly the words in ``page`` may be read by anybody."""
    return bool(only_cleared([page]))


def only_cleared(pages: Iterable[PageT]) -> list[PageT]:
    """Those that may be read, in the order given; a fixed number of queries however many.

    Pages that are no stories pass. For a generic ``Page`` its specific row is read.
    """
    given = list(pages)
    whole = _whole(given)
    _fetch_images(whole.values())
    cleared = _cleared(list(whole.values()))
    return [page for page in given if id(page) not in whole or id(whole[id(page)]) in cleared]


def with_signature(pages: Any) -> Any:
    """A queryset of pages with their newest signature read along, for ``only_cleared``."""
    from .models import Clearance, Submission

    opening = Clearance.objects.filter(page_id=OuterRef("pk"), standing=Clearance.Standing.OPEN)
    newest = opening.order_by("-signed_on", "-pk")
    told = Submission.objects.filter(page_id=OuterRef("pk"))
    return pages.annotate(
        newest_signature=Subquery(newest.values("digest")[:1]),
        told_consent=Subquery(told.values("consent")[:1]),
    )


def in_whole(pages: Any) -> Any:
    """A queryset of ``Page`` with the row of each story's own type, in that one query.

    ``whole`` gives the stories in it. One of a story type stays as it is.
    """
    signed = with_signature(pages)
    return signed.select_related(*names_of_tables()) if pages.model is Page else signed


def whole(rows: Iterable[Page]) -> list[Any]:
    """The stories of ``in_whole`` as what they are, each with the signature that came along."""
    return [_own_row(row) for row in rows]


def _own_row(row: Page) -> Any:
    if type(row) is not Page:
        return row
    fields = row._state.fields_cache
    own = next((fields[name] for name in names_of_tables() if fields.get(name)), None)
    if own is None:  # of a type that has another table in between
        return row.specific
    asked_along = row.__dict__.keys() - own.__dict__.keys()
    own.__dict__.update({name: row.__dict__[name] for name in asked_along})
    return own


def _whole(pages: Sequence[Page]) -> dict[int, StoryMixin]:
    """The stories among ``pages`` with all their fields, by the identity of the page given."""
    from .models import StoryMixin

    stories = [page for page in pages if is_story(page)]
    generic = [page for page in stories if not isinstance(page, StoryMixin)]
    if len(generic) == 1:
        found = {page.pk: _remembered(page) for page in generic}
    else:
        rows = with_signature(Page.objects.filter(pk__in=[page.pk for page in generic])).specific()
        found = {row.pk: row for row in rows} if generic else {}
    return {
        id(page): page if isinstance(page, StoryMixin) else found[page.pk]
        for page in stories
        if isinstance(page, StoryMixin) or page.pk in found
    }


def _remembered(page: Page) -> Any:
    """``page.specific``, read with its signature where it was not read before."""
    if "specific" not in page.__dict__:
        rows = with_signature(page.specific_class._default_manager.all())
        page.__dict__["specific"] = rows.get(pk=page.pk)
    return page.specific


def _cleared(stories: list[Any]) -> set[int]:
    """The identities of those that may be read; asks nothing where a signature came along."""
    sure = {id(page) for page in stories if _came_signed(page)}
    unsure = [page for page in stories if id(page) not in sure]
    if not unsure:
        return sure
    sources = _sources(unsure)
    signed = _signed({source for source, _slug in sources.values()})
    return sure | {id(page) for page in unsure if _fits(page, sources[id(page)], signed)}


def _came_signed(page: Any) -> bool:
    """Whether the signature that was read along fits. It counts once: later it may be revoked."""
    signed = page.__dict__.pop("newest_signature", None)
    consent = page.__dict__.pop("told_consent", None)
    agreed = consent is None or has_agreed(consent)
    return bool(signed) and agreed and signed == digest(page)


def _sources(stories: Sequence[Any]) -> dict[int, tuple[int | None, str | None]]:
    """(page whose signature counts, its slug where that is another page), by identity.

    An alias follows its source: the same words below a name of its own.
    """
    found: dict[int, tuple[int | None, str | None]]
    found = {id(page): (page.pk, None) for page in stories}
    ahead = {id(page): page.alias_of_id for page in stories if page.alias_of_id}
    for _depth in range(DEEPEST):
        if not ahead:
            break
        rows = Page.objects.filter(pk__in=set(ahead.values()))
        above = {row[0]: row for row in rows.values_list("pk", "alias_of_id", "slug")}
        found |= {key: (pk, above[pk][2]) for key, pk in ahead.items() if pk in above}
        ahead = {key: above[pk][1] for key, pk in ahead.items() if pk in above and above[pk][1]}
    return found


def _signed(page_ids: set[int | None]) -> set[tuple[int, str]]:
    """(page, digest) of every signature that counts: the contributor, if any, agreed to it."""
    from .models import Clearance

    rows = Clearance.objects.filter(
        page_id__in=[pk for pk in page_ids if pk], standing=Clearance.Standing.OPEN
    )
    named = rows.values_list("page_id", "digest", "page__goedwerk_submission__consent")
    return {(pk, signed) for pk, signed, consent in named if consent is None or has_agreed(consent)}


def signatures(page_id: int) -> QuerySet[Clearance]:
    """Those under a page, but for the texts that its contributor turned down."""
    from .models import Clearance

    signed = Clearance.objects.filter(page_id=page_id)
    return signed.exclude(standing=Clearance.Standing.TURNED_DOWN)


def has_agreed(consent: str) -> bool:
    """Whether the contributor lets it go on, or there was nobody to ask."""
    from .models import Submission

    given = Submission.Consent
    return consent in (given.GIVEN, given.SILENT, given.NOT_NEEDED)


def _fits(page: Any, source: tuple[int | None, str | None], signed: set[tuple[int, str]]) -> bool:
    pk, slug = source
    if pk is None or not any(pk == cleared for cleared, _digest in signed):
        return False
    return (pk, digest_as(page, slug)) in signed


def digest_as(page: Any, slug: str | None) -> str:
    """The digest of a page; of an alias, as it would be under the slug of its source."""
    own = page.slug
    page.slug = own if slug is None else slug
    try:
        return digest(page)
    finally:
        page.slug = own


def _fetch_images(stories: Iterable[Any]) -> None:
    """Their images, at once, where they are not at hand."""
    without = [
        page for page in stories if page.image_id and "image" not in page._state.fields_cache
    ]
    if without:
        images = get_image_model().objects.in_bulk({page.image_id for page in without})
        for page in without:
            page.image = images.get(page.image_id)


# --- lists -----------------------------------------------------------------------------------


def maybe_cleared() -> Q:
    """A filter for querysets of pages: some signature opens it, or the page is no story.

    It narrows a list so that its count is right; the words are still compared afterwards, by
    ``only_cleared``.
    """
    from .models import Clearance

    own = Exists(Clearance.objects.filter(page_id=OuterRef("pk"), standing=Clearance.Standing.OPEN))
    return Q(own) | Q(alias_of__isnull=False) | ~Q(content_type__in=_content_types())


def _content_types() -> list[Any]:
    from django.contrib.contenttypes.models import ContentType

    return list(ContentType.objects.get_for_models(*story_models()).values())


def uncleared_live() -> list[Page]:
    """Live stories whose words nobody signed for: they answer 404, and somebody must look."""
    live = [page for model in story_models() for page in model._default_manager.filter(live=True)]
    return _uncleared(live)


def uncleared_live_ids() -> list[int]:
    """The same for what is asked often: every story is read anew after ``REMEMBER`` seconds only.

    Those few that were found are looked at each time, so a story is back as soon as it is signed.
    """
    found = cache.get_or_set(
        "goedwerk_uncleared_live", lambda: [page.pk for page in uncleared_live()], REMEMBER
    )
    if not found:
        return []
    return [page.pk for page in _uncleared(Page.objects.filter(pk__in=found, live=True))]


def _uncleared(pages: Iterable[PageT]) -> list[PageT]:
    given = list(pages)
    passed = {page.pk for page in only_cleared(given)}
    return [page for page in given if page.pk not in passed]


def alert() -> None:
    """Somebody asked for a live story that is not cleared: a line in the log, without a text."""
    logger.error("a live story without clearance was asked for", extra={"kind": "story"})
