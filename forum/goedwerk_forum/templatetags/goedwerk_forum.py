from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import LEVELS
from ..pages import DiscussionPageMixin
from ..reading import Cursor, Voices, voices_of, window
from ..texts import as_html

register = template.Library()

HEADINGS = 6

#: Only the last is needed for reading; the first two dress forms and feedback.
STYLES = ("nlds.css", "goedwerk.tokens.css", "goedwerk.css")


@register.inclusion_tag("goedwerk_forum/discussion.html", takes_context=True)
def discussion(context: Context, page: DiscussionPageMixin) -> dict[str, Any]:
    """The dialogue of ``page``: the same for every reader, at most six queries.

    A preview shows the question of the draft with the contributions that are there.
    """
    request = context.get("request")
    is_preview = bool(getattr(request, "is_preview", False))
    found = page.discussion
    if found is None or not (found.is_enabled or is_preview):
        draft = page.discussion_question if is_preview and page.has_discussion else ""
        return {"discussion": None, "draft_question": draft}
    if is_preview:
        found.question = page.discussion_question or found.question
    voices: Voices = voices_of([found])[found.pk]
    return {
        "discussion": found,
        "page": page,
        "page_url": page.get_url(request) or "",
        "window": window(found, _cursor(request)),
        "voices": voices,
        "is_preview": is_preview,
        "levels": LEVELS,
    }


def _cursor(request: Any) -> Cursor:
    asked = request.GET if request is not None else {}
    return Cursor(
        start=asked.get("vanaf", ""),
        after=asked.get("na", ""),
        before=asked.get("tot", ""),
        at_end="einde" in asked,
    )


@register.filter
def contribution_text(text: str) -> SafeString:
    """Plain text of a participant as paragraphs with safe links."""
    return as_html(text)


@register.filter
def heading_level(depth: int, base: int = 3) -> int:
    """The heading level of a contribution at ``depth``; never deeper than h6."""
    return min(base + depth, HEADINGS)


@register.simple_tag(takes_context=True)
def goedwerk_sprite(context: Context) -> SafeString:
    """Glyphs, marks and patterns, once per page: whoever asks first gets them."""
    if not _is_first(context, "sprite"):
        return SafeString()
    return render_to_string("goedwerk_forum/sprite.html")


@register.simple_tag(takes_context=True)
def goedwerk_styles(context: Context) -> SafeString:
    """The links to the plugin's stylesheets, once per page; allowed in head and body."""
    if not _is_first(context, "styles"):
        return SafeString()
    hrefs = ((static(f"goedwerk_forum/{name}"),) for name in STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', hrefs)


@register.simple_tag(takes_context=True)
def goedwerk_scripts(context: Context) -> SafeString:
    """The script that makes replying easier, once per page; every page works without it."""
    if not _is_first(context, "scripts"):
        return SafeString()
    return format_html(
        '<script type="module" src="{}"></script>', static("goedwerk_forum/goedwerk.js")
    )


def _is_first(context: Context, name: str) -> bool:
    """Whether this page has not asked for ``name`` before; a page may have several askers."""
    request = getattr(context, "request", None)
    if request is None:
        return True
    given: set[str] = request.__dict__.setdefault("_goedwerk_given", set())
    if name in given:
        return False
    given.add(name)
    return True
