"""What the overview of statements and assignments lists; a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from goedwerk_forum.public import is_restricted
from goedwerk_forum.search import sources
from goedwerk_forum.search.finding import WHAT

from .. import choosing
from ..choosing import NONE, THEME, Facet, Facts
from ..models import AssignmentPage, BallotIndexPage, Round, StatementPage, Theme

PER_PAGE = 20


def listing_context(index: BallotIndexPage, request: HttpRequest) -> dict[str, Any]:
    """``items`` (one page of them) and the ``choice`` that led to them, with its ``query``.

    They stand newest first, each with its rounds at hand.
    """
    below = index.get_children().order_by("-first_published_at", "-id")
    readable = below.live().filter(~is_restricted("path"))
    themes = list(Theme.objects.all())
    facts = _facts_of(readable, themes)
    choice = choosing.choice(facts, _offered(themes), request)
    found = [one.page_id for one in choice.items]
    items: PageOfList[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    items.object_list = list(below.filter(pk__in=items.object_list).specific())
    rounds = _rounds_of(items.object_list)
    for page in items:
        page._rounds = rounds[page.alias_of_id or page.pk]
    return {"items": items, "choice": choice, "query": choice.asked.query()}


def _facts_of(readable: PageQuerySet, themes: Iterable[Theme]) -> list[Facts]:
    """What each statement and assignment can be chosen by; an assignment has no theme."""
    of_page = choosing.slugs_on(StatementPage, readable, themes)
    return choosing.facts_of(
        readable,
        ("content_type_id",),
        lambda pk, content_type: {
            WHAT: choosing.only(_type_of(content_type).key),
            THEME: of_page.get(pk, NONE),
        },
    )


def _type_of(content_type: int) -> sources.Type:
    """By the id of a content type, which Django remembers."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    return sources.type_of_model(model or Page)


def _offered(themes: Iterable[Theme]) -> list[Facet]:
    types = {
        kind.key: kind.many for kind in map(sources.type_of_model, (StatementPage, AssignmentPage))
    }
    return [
        choosing.facet(WHAT, _("Stelling of opgave"), types),
        choosing.by_theme(themes),
        *choosing.by_dialogue(),
    ]


def _rounds_of(pages: list[Any]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = defaultdict(list)
    ids = {page.alias_of_id or page.pk for page in pages}
    for one in Round.objects.filter(page_id__in=ids).order_by("number"):
        found[one.page_id].append(one)
    return found
