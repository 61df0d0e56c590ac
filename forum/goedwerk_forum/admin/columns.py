"""Columns of the lists of contributions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.tables import BaseColumn

from ..models import Contribution
from ..people import key_of


class InHands:
    """Who has a case in hand, as the asker may know it: she, a colleague, or nobody."""

    NOBODY, HERS, HANDED, COLLEAGUE = "", "hers", "handed", "colleague"


def in_hands(request: HttpRequest, contribution: Contribution) -> str:
    """One of the words of ``InHands``; the claim comes with the contribution."""
    claim = getattr(contribution, "claim", None)
    if claim is None or claim.until <= timezone.now():
        return InHands.NOBODY
    if claim.holder_id != key_of(request.user):
        return InHands.COLLEAGUE
    return InHands.HANDED if claim.is_handed_over else InHands.HERS


class ChoiceColumn(BaseColumn):
    """A box to choose a row for a decision on many; its value says which version was seen."""

    header_template_name = "goedwerk_forum/admin/choice_header.html"
    cell_template_name = "goedwerk_forum/admin/choice_cell.html"


class TagsColumn(BaseColumn):
    """Why it waits, how urgent it is, and what colleagues do with it."""

    cell_template_name = "goedwerk_forum/admin/tags_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["in_hands"] = in_hands(context["request"], instance)
        return context
