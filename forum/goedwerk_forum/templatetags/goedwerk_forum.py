from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ..models import LEVELS
from ..pages import DiscussionPageMixin
from ..reading import Cursor, Voices, voices_of, window
from ..texts import as_html

register = template.Library()

HEADINGS = 6


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
