"""Tips (handvatten) as readers see them: by cluster, beside stories, and back at their harvest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left, Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from goedwerk_forum import harvests
from goedwerk_forum.access import public_pages
from goedwerk_forum.models import HarvestPage
from goedwerk_forum.public import on_its_site

from . import choosing
from .choosing import NONE, THEME, Facts
from .clearance import only_cleared
from .models import Cluster, GuidanceIndexPage, Theme, TipCase, TipPage

#: Tips beside a story: so many where none or few name it, and at most.
FEW_TIPS, MOST_TIPS = 3, 12
#: The name of a cluster in the address.
CLUSTER = "groep"


def readable_tips() -> PageQuerySet:
    """Live tips without a restriction on them or above, in a query of its own."""
    way = Left(OuterRef("path"), Length("page__path"))
    above = PageViewRestriction.objects.alias(way=way).filter(way=F("page__path"))
    return TipPage.objects.live().exclude(Exists(above))


def tips_for(page: Any) -> list[TipPage]:
    """The tips that name a story or dilemma, then some of its site that share a theme."""
    cases = TipCase.objects.filter(tip=OuterRef("pk"), page_id=page.alias_of_id or page.pk)
    themes = TipPage.themes.through.objects.filter(
        tippage=OuterRef("pk"), theme__in=[theme.pk for theme in page.listed_themes]
    )
    tips = readable_tips().annotate(is_named=Exists(cases))
    wanted = tips.filter(Q(is_named=True) | (Q(Exists(themes)) & on_its_site(page)))
    found = list(wanted.order_by("-is_named", "title")[:MOST_TIPS])
    return found[: max(FEW_TIPS, sum(tip.is_named for tip in found))]


def guidance_context(index: GuidanceIndexPage, request: HttpRequest) -> dict[str, Any]:
    """``clusters``: (cluster, its tips) for each with tips that were chosen, in their order.

    Besides the ``choice`` that led to them, with its ``query``.
    """
    readable = _tips_below(index)
    themes = list(Theme.objects.all())
    offered = [
        choosing.facet(CLUSTER, _("Groep"), _names_of_clusters(), is_of_editors=True),
        choosing.by_theme(themes),
        choosing.by_waiting(),
    ]
    facts = _facts_of(readable, themes)
    choice = choosing.choice(facts, offered, request)
    chosen = readable.filter(pk__in=[one.page_id for one in choice.items])
    tips = chosen.select_related("cluster")
    return {
        "clusters": [(cluster, list(group)) for cluster, group in groupby(tips, _cluster_of)],
        "choice": choice,
        "query": choice.asked.query(),
    }


def _tips_below(index: GuidanceIndexPage) -> PageQuerySet:
    """The tips of an overview that anybody may read, in the editors' order of clusters."""
    without = PageViewRestriction.objects.filter(page_id=OuterRef("pk"))
    tips = TipPage.objects.child_of(index).live().exclude(Exists(without))
    return tips.order_by("cluster__sort_order", "cluster__name", "title")


def _names_of_clusters() -> dict[str, str]:
    return dict(Cluster.objects.values_list("slug", "name"))


def _facts_of(readable: PageQuerySet, themes: Iterable[Theme]) -> list[Facts]:
    """What each tip can be chosen by."""
    of_tip = choosing.slugs_on(TipPage, readable, themes)
    return choosing.facts_of(
        readable,
        ("cluster__slug",),
        lambda pk, cluster: {
            CLUSTER: choosing.only(cluster),
            THEME: of_tip.get(pk, NONE),
        },
    )


def _cluster_of(tip: TipPage) -> Any:
    return tip.cluster


def tip_context(tip: TipPage) -> dict[str, Any]:
    """``cases`` that anybody may read, and the ``harvest`` that it came from, if readable."""
    return {"cases": cases_of(tip), "from_harvest": _readable_harvest(tip)}


def cases_of(tip: TipPage) -> list[Page]:
    """The stories and dilemmas of a tip that anybody may read, in the editors' order."""
    ids = [case.page_id for case in tip.cases.all()]
    found = public_pages().filter(pk__in=ids).specific()
    there = {page.pk: page for page in only_cleared(found)} if ids else {}
    return [there[pk] for pk in ids if pk in there]


def _readable_harvest(tip: TipPage) -> HarvestPage | None:
    if tip.harvest_id is None:
        return None
    found = HarvestPage.objects.filter(pk__in=public_pages().filter(pk=tip.harvest_id).values("pk"))
    return next(iter(harvests.with_sources(found)), None)


def made_of(harvest: HarvestPage) -> Iterable[tuple[str, Page]]:
    """(the piece of a harvest, the tip that was made of it), for readers."""
    tips = readable_tips().filter(harvest_id=harvest.pk).exclude(harvest_tip="")
    return [(tip.harvest_tip, tip) for tip in tips]
