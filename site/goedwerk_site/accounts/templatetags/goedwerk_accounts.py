"""What the account pages ask of a template."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """A value for a data attribute; the template escapes it there."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(code: str) -> str:
    """A long code in groups that can be read aloud and typed over."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
