"""What a dialogue yielded, in the template of the page that carries it::

{% load goedwerk_harvests %}{% harvests page %}
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from wagtail.models import Page

from ..harvests import below, is_harvest
from ..models import Discussion
from ..pages import DiscussionPageMixin
from ..people import Person

register = template.Library()


@register.inclusion_tag("goedwerk_forum/harvests.html", takes_context=True)
def harvests(context: Context, page: Page) -> dict[str, Any]:
    """The published harvests of ``page``, with version and day; one query, the same for all.

    None where nothing stands below the page.
    """
    has_children = page.pk and page.numchild
    return {"request": context.get("request"), "harvests": below(page) if has_children else []}


@register.simple_tag
def harvest_desk(discussion: Discussion, user: Person) -> str:
    """Where a guide with access to the admin makes harvests of ``discussion``; else empty.

    A circle has no page of its own, so it has none; a harvest is not harvested again.
    """
    page = discussion.page
    carries = issubclass(page.specific_class or Page, DiscussionPageMixin) and not is_harvest(page)
    if not carries or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    return reverse("goedwerk_harvests:of_discussion", args=[discussion.home.uuid.hex])
