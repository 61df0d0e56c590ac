"""The only way to harvests and the words in them: what readers, writers and composers see.

A harvest is there for readers only while the page whose dialogue it harvests is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left, Length
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from . import access, guides
from .errors import NotFound
from .identity import links
from .models import Contribution, Discussion, HarvestPage, HarvestQuote, Statement
from .pages import DiscussionPageMixin
from .people import Person
from .public import only_public_pages
from .transitions import Action, Display

#: In the log of Wagtail: a version that readers got.
PUBLISHED = "wagtail.publish"
#: What other apps made of the tips in a harvest: (id of the tip, page) for each.
MADE_OF: list[Callable[[HarvestPage], Iterable[tuple[str, Page]]]] = []

Consent = HarvestQuote.Consent


# --- readers ---------------------------------------------------------------------------------


def is_harvest(page: Page) -> bool:
    """Whether a page, or what the generic ``Page`` stands for, is a harvest."""
    return issubclass(page.specific_class or Page, HarvestPage)


def source_is_there(page: Page) -> bool:
    """Of a harvest: whether the page whose dialogue it harvests is there, restrictions aside.

    Other pages have none, and pass.
    """
    if not is_harvest(page):
        return True
    return access.is_there(page.get_parent())


def below_a_live_page() -> Q:
    """The same as a filter of pages, as far as a database can tell."""
    live = Page.objects.filter(live=True).values("path")
    above = Left("path", Length("path") - Page.steplen)
    orphans = HarvestPage.objects.alias(above=above).exclude(above__in=live)
    return ~Q(pk__in=orphans.order_by().values("pk"))


def only_with_source(pages: Iterable[Page]) -> list[Page]:
    """The same for the few that are shown, word for word."""
    given = list(pages)
    ways = {page.pk: way_to_source(page) for page in given if is_harvest(page)}
    if not ways:
        return given
    sources = Page.objects.filter(path__in=set(ways.values()), live=True)
    there = {source.path for source in only_public_pages(sources)}
    return [page for page in given if ways.get(page.pk) is None or ways[page.pk] in there]


def below(page: Page) -> list[HarvestPage]:
    """The published harvests of a page, the newest first, each with its ``number``; one query.

    For who may read the page; one that fewer may read is left out.
    """
    restricted = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    return list(
        _numbered(HarvestPage.objects.child_of(page).live())
        .exclude(Exists(restricted))
        .order_by("-first_published_at", "-pk")
    )


def newest(limit: int, public: PageQuerySet) -> list[HarvestPage]:
    """The newest harvests among pages that anybody may read, without their ``source``; one query.

    Fewer come through ``with_sources`` where the page above one turns out not to be readable.
    """
    found = _numbered(HarvestPage.objects.filter(pk__in=public.order_by().values("pk")))
    return list(found.order_by("-first_published_at", "-pk")[:limit])


def way_to_source(page: Page) -> str:
    """The path of the page that a harvest stands below."""
    return str(page.path[: -Page.steplen])


def with_sources(pages: Iterable[HarvestPage], known: Iterable[Page] = ()) -> list[HarvestPage]:
    """Those of the harvests whose ``source`` anybody may read; it comes with them.

    ``known`` are readable pages at hand: what is among them is not asked for again.
    """
    given = list(pages)
    by_path = {source.path: source for source in known}
    ways = {way_to_source(page) for page in given} - set(by_path)
    sources = only_public_pages(Page.objects.filter(path__in=ways, live=True)) if ways else []
    by_path |= {source.path: source for source in sources}
    for page in given:
        page.source = by_path.get(way_to_source(page))
    return [page for page in given if page.source is not None]


def _numbered(pages: QuerySet[HarvestPage]) -> QuerySet[HarvestPage]:
    """With ``number``: how many versions readers got so far."""
    versions = (
        PageLogEntry.objects.filter(page_id=OuterRef("pk"), action=PUBLISHED)
        .order_by()
        .values("page_id")
        .values_list(Count("pk"))
    )
    return pages.annotate(number=Coalesce(Subquery(versions, IntegerField()), 1))


def shown_quotes(page: HarvestPage) -> dict[str, list[HarvestQuote]]:
    """The words of participants that readers see, by place; one query.

    Only while the writer consents and her contribution is readable. One whose text was taken
    away once is quoted only in the version that stands: another may hold what had to go.
    """
    found: dict[str, list[HarvestQuote]] = defaultdict(list)
    if page.pk is None:
        return found
    was_taken_away = Exists(
        Statement.objects.filter(
            contribution=OuterRef("contribution"), decision__in=(Action.HIDE, Action.REJECT)
        )
    )
    stands = Q(consent=Consent.GIVEN, contribution__display=Display.TEXT) & (
        Q(contribution__shown_revision=F("revision")) | ~was_taken_away
    )
    left_a_mark = Q(consent=Consent.WITHDRAWN, was_shown=True)
    quotes = HarvestQuote.objects.filter(stands | left_a_mark, page=page).filter(
        contribution__discussion__page_id__in=_source_ids(page)
    )
    for quote in quotes.select_related("contribution__participant").order_by("pk"):
        found[quote.place].append(quote)
    return found


def _source_ids(page: HarvestPage) -> QuerySet[Page]:
    return Page.objects.filter(path=page.path[: -Page.steplen]).values("pk")


# --- writers ---------------------------------------------------------------------------------


def own_quotes(user: Person) -> QuerySet[HarvestQuote]:
    """Words of ``user`` that somebody asked for or that stand in a harvest; found by her tokens."""
    return (
        HarvestQuote.objects.exclude(consent=Consent.PICKED)
        .filter(contribution__participant__token__in=links.tokens_of(user))
        .select_related("page", "contribution__participant", "contribution__discussion__page")
        .order_by("-pk")
    )


def own_quote(user: Person, public_id: str) -> HarvestQuote:
    """One of them.

    Raises:
        NotFound: it is not there (any more), or not hers.
    """
    found = own_quotes(user).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def quotes_from(contribution: Contribution) -> list[HarvestQuote]:
    """What was asked of the writer of a contribution that is her own."""
    asked = contribution.quotes.exclude(consent=Consent.PICKED)
    return list(asked.select_related("page").order_by("-pk"))


# --- composers -------------------------------------------------------------------------------


def composes(user: Person, page: HarvestPage) -> bool:
    """Whether ``user`` guides or moderates the discussion that a harvest is made from."""
    if not page.pk:
        return False
    return guides.guided_discussions(user).filter(page_id__in=_source_ids(page)).exists()


def source_discussion(user: Person, uuid: str) -> Discussion:
    """A discussion from which ``user`` may make a harvest: of a page, not a branch.

    Raises:
        NotFound: there is none such, or she does not guide it.
    """
    found = guides.guided_discussion(user, uuid).home
    if not isinstance(found.page.specific, DiscussionPageMixin) or is_harvest(found.page):
        raise NotFound
    return found


def composable(user: Person, page_id: int) -> HarvestPage:
    """A harvest whose discussion ``user`` guides or moderates.

    Raises:
        NotFound: there is none such.
    """
    found = HarvestPage.objects.filter(pk=page_id).first()
    if found is None or not composes(user, found):
        raise NotFound
    return found


def discussion_of(page: HarvestPage) -> Discussion:
    """The discussion that is harvested.

    Raises:
        NotFound: the page above has none (any more).
    """
    found = Discussion.objects.filter(page_id__in=_source_ids(page), branch_of__isnull=True)
    discussion = found.select_related("page").first()
    if discussion is None:
        raise NotFound
    return discussion


def harvests_of(discussion: Discussion) -> list[HarvestPage]:
    """Every harvest of a discussion, drafts too, the newest first: for who composes them."""
    return list(HarvestPage.objects.child_of(discussion.page).order_by("-pk"))


def unfinished(user: Person) -> QuerySet[HarvestPage]:
    """Harvests with words that readers did not get yet, of dialogues that ``user`` guides or
    moderates, or of pages that she may edit; the one that was touched last stands first."""
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    guided = guides.guided_discussions(user).filter(branch_of__isnull=True)
    above = Left("path", Length("path") - Page.steplen)
    hers = Q(above__in=guided.values("page__path")) | Q(pk__in=editable.order_by().values("pk"))
    drafts = HarvestPage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    return drafts.alias(above=above).filter(hers).order_by("-latest_revision_created_at", "-pk")


def pickable(page: HarvestPage) -> QuerySet[Contribution]:
    """What readers see in the discussion and its branches, in the order of the thread."""
    return (
        Contribution.objects.filter(discussion__page_id__in=_source_ids(page), display=Display.TEXT)
        .select_related("participant")
        .order_by("discussion_id", "path")
    )


def pickable_one(page: HarvestPage, public_id: str) -> Contribution:
    """One of them.

    Raises:
        NotFound: readers see no such text there.
    """
    found = pickable(page).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def quotes_of(page: HarvestPage) -> list[HarvestQuote]:
    """All words picked for a harvest, whatever came of them, in the order of picking."""
    quotes = page.quotes.select_related("contribution__participant")
    return list(quotes.order_by("place", "pk"))


def made_of(page: HarvestPage) -> dict[str, Page]:
    """The live pages that other apps made of its tips, by the id of the tip."""
    return {tip: made for source in MADE_OF for tip, made in source(page)}
