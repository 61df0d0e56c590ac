"""What can be found, by which name, and by what it can be chosen.

Every page type with a discussion can be found, by what its ``search_fields`` say, and every other
one that an app names and lets ``actions.indexing`` follow. An app names its own types once, in
its ``ready``, and adds what else they can be chosen by::

    sources.register(StoryPage, sources.Type("verhaal", _("Verhaal"), _("Verhalen")))
    sources.FACETS["thema"] = sources.Facet(_("Thema"), labels_of_themes, themes_of_page)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from ..models import HarvestPage
from ..pages import DiscussionPageMixin


@dataclass(frozen=True)
class Type:
    """What something is: a key for the address, its name, and the name of many."""

    key: str
    name: str | Promise
    many: str | Promise


@dataclass(frozen=True)
class Facet:
    """Something by which pages can be chosen, and what is said on them.

    ``labels`` gives the words of all its values, by value, in the order of the list; ``of`` the
    values of one page.
    """

    title: str | Promise
    labels: Callable[[], dict[str, str]]
    of: Callable[[Page], Iterable[str]]


CONTRIBUTION = Type("bijdrage", _("Bijdrage"), _("Bijdragen"))
PAGE = Type("pagina", _("Pagina"), _("Pagina’s"))
HARVEST = Type("opbrengst", _("Opbrengst"), _("Opbrengsten"))
TYPES: dict[type[Model], Type] = {HarvestPage: HARVEST}
FACETS: dict[str, Facet] = {}


def register(model: type[Model], kind: Type) -> None:
    TYPES[model] = kind


def is_searched(page: Page) -> bool:
    """Whether a page (not the generic one that stands for it) can be found at all.

    An alias cannot: it would be found twice.
    """
    return page.alias_of_id is None and isinstance(page, (DiscussionPageMixin, *TYPES))


def type_of(page: Page) -> Type:
    """What a page is; a site's own type counts as what it is built on, or as a page."""
    return type_of_model(type(page))


def type_of_model(model: type[Model]) -> Type:
    return next((TYPES[one] for one in model.__mro__ if one in TYPES), PAGE)


def types() -> dict[str, Type]:
    """All that can be found, by key: pages in the order of registration, contributions last."""
    return {kind.key: kind for kind in (*TYPES.values(), PAGE, CONTRIBUTION)}


def text_of(page: Page) -> str:
    """The plain words of a page, as its search fields say; its title and slug are none of them."""
    return "\n".join(part for part in _parts(page) if part)


def _parts(page: Page) -> Iterator[str]:
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name != "title":
            value = field.get_value(page)
            for text in value if isinstance(value, list | tuple) else [value]:
                # A tag ends a word: "<p>een</p><p>twee</p>" are two of them.
                yield " ".join(strip_tags(str(text or "").replace("<", " <")).split())
