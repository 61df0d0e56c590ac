"""The frame around every page: the menus and the way to the other language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django import template
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.translation import get_language
from wagtail.models import Page, Site

from ..brand import Picture, Place, Shown, shown

register = template.Library()


@dataclass(frozen=True)
class Link:
    """A page in a menu; ``current`` is the value of ``aria-current``, empty elsewhere."""

    slug: str
    title: str
    url: str
    current: str


@dataclass(frozen=True)
class SitePages:
    """The pages right below home: those in the menu, and the others, for the foot."""

    menu: tuple[Link, ...] = ()
    foot: tuple[Link, ...] = ()

    def get(self, slug: str) -> Link | None:
        return next((link for link in (*self.menu, *self.foot) if link.slug == slug), None)


@register.simple_tag(takes_context=True)
def site_pages(context: Context) -> SitePages:
    """The menus of the site; empty where there is no request or no database.

    A page that says that the database is away has a menu too, so nothing may be raised here.
    """
    request: HttpRequest | None = context.get("request")
    if request is None:
        return SitePages()
    known = request.__dict__
    if "_goedwerk_site_pages" not in known:
        known["_goedwerk_site_pages"] = _read_pages(request)
    return known["_goedwerk_site_pages"]


@register.simple_tag(takes_context=True)
def site_page(context: Context, slug: str) -> Link | None:
    """One of the pages right below home; None where the site has no such page."""
    return site_pages(context).get(slug)


@register.simple_tag
def admin_name() -> str:
    """What the admin is called; a setting, so that no page of it asks the database for it."""
    return str(settings.WAGTAIL_SITE_NAME)


@register.simple_tag(takes_context=True)
def site_brand(context: Context) -> Shown:
    """Name, logo and foot of the site; the defaults where there is no request or no database."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return Shown()
    try:
        site = Site.find_for_request(request)
        return shown(site, request) if site else Shown()
    except DatabaseTrouble:
        return Shown()


@register.simple_tag(takes_context=True)
def promise_page(context: Context) -> Place | Link | None:
    """How we protect a name: as the owner chose, else the page that the site came with."""
    return site_brand(context).privacy or site_page(context, "zo-beschermen-we-je-naam")


@register.simple_tag(takes_context=True)
def shared_picture(context: Context) -> Picture | None:
    """The picture beside a shared link, with its whole address: of the site, never of a page."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return None
    card = site_brand(context).card or Picture(static("goedwerk_site/card.png"), 1200, 630)
    return replace(card, url=request.build_absolute_uri(card.url))


@register.filter
def without_places(links: tuple[Link, ...], places: tuple[Place, ...]) -> list[Link]:
    """The links that lead elsewhere than ``places`` do."""
    there = {place.url for place in places}
    return [link for link in links if link.url not in there]


def _read_pages(request: HttpRequest) -> SitePages:
    try:
        site = Site.find_for_request(request)
        # Right below home a restriction of its own is the only one that counts.
        below = site.root_page.get_children().live() if site else Page.objects.none()
        pages = list(below.filter(view_restrictions__isnull=True))
        return SitePages(
            menu=tuple(_link(page, request) for page in pages if page.show_in_menus),
            foot=tuple(_link(page, request) for page in pages if not page.show_in_menus),
        )
    except DatabaseTrouble:
        return SitePages()


def _link(page: Page, request: HttpRequest) -> Link:
    url = page.get_url(request) or ""
    here = request.path
    current = "page" if here == url else "true" if url and here.startswith(url) else ""
    return Link(page.slug, page.title, url, current)


@dataclass(frozen=True)
class OtherLanguage:
    """The same page in another language of the interface."""

    code: str
    name: str
    url: str


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[OtherLanguage]:
    """Plain links: no cookie remembers a language, the address says it."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    here = request.get_full_path().removeprefix(get_script_prefix().rstrip("/"))
    for code, _name in settings.LANGUAGES:
        here = here.removeprefix(f"/{code}") if here.startswith(f"/{code}/") else here
    here = "/" + here.lstrip("/")  # two slashes would lead to another site
    return [
        OtherLanguage(code, name, get_script_prefix().rstrip("/") + _prefix(code) + here)
        for code, name in settings.LANGUAGES
        if code != get_language()
    ]


def _prefix(code: str) -> str:
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"
