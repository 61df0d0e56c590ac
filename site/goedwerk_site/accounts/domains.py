"""The domains of work addresses that a site accepts: read, checked, compared."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DOMAIN = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")


def listed(text: str) -> list[str]:
    """The domains in a text with one on each line."""
    return [line.strip().lower().lstrip("@") for line in text.splitlines() if line.strip()]


def validate(text: str) -> None:
    """Says which line is no domain."""
    for domain in listed(text):
        if not DOMAIN.fullmatch(domain):
            raise ValidationError(
                _("“%(line)s” is geen domein. Schrijf het zoals gemeente.voorbeeld.nl.")
                % {"line": domain}
            )


def accepts(domains: list[str], address: str) -> bool:
    """Whether an address is of one of the domains, or below one that starts with ``*.``."""
    domain = address.rpartition("@")[2].lower()
    return any(
        domain == wanted or (wanted.startswith("*.") and domain.endswith(wanted[1:]))
        for wanted in domains
    )
