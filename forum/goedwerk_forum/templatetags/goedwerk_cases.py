from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from ..admin import complaints
from ..models import Contribution
from ..transitions import State

register = template.Library()


@register.inclusion_tag("goedwerk_forum/admin/case_complaints.html", takes_context=True)
def case_complaints(context: Context, contribution: Contribution) -> dict[str, Any]:
    """What others reported about a contribution and what its author appeals, for who judges it."""
    reports = complaints.open_reports_of(contribution)
    return {
        "contribution": contribution,
        "reports": reports,
        "kept_text": complaints.kept_text_of(contribution),
        "can_keep": bool(reports) and contribution.state in (State.PUBLISHED, State.WITHDRAWN),
        "appeals": complaints.appeals_of(context["request"].user, contribution),
    }
