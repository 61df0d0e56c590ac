"""For the admin's templates: what a second editor signs."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from ..admin.clearance import ToSign, to_sign

register = template.Library()


@register.simple_tag
def clearance_to_sign(page: Page) -> ToSign:
    return to_sign(page)
