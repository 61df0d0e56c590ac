"""What a dialogue yielded, in the template of the page that carries it::

{% load goedwerk_harvests %}{% harvests page %}
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from wagtail.models import Page

from ..harvests import below

register = template.Library()


@register.inclusion_tag("goedwerk_forum/harvests.html", takes_context=True)
def harvests(context: Context, page: Page) -> dict[str, Any]:
    """The published harvests of ``page``, with version and day; one query, the same for all."""
    return {"request": context.get("request"), "harvests": below(page) if page.pk else []}
