"""The word lists in force: the shipped ones, with the terms of the site's owner."""

from __future__ import annotations

from ..models import ConductTerm, ConductVersion
from .lexicon import Lexicon, compiled, shipped

#: What this process has compiled, and of which version; put in place whole, so threads agree.
_compiled: tuple[str, Lexicon] | None = None


def current() -> Lexicon:
    """The lists as they were last read; asks nothing of the database."""
    return _compiled[1] if _compiled else shipped()


def refresh() -> None:
    """Reads the owner's terms where they changed since the last time; one query where not."""
    global _compiled
    version = ConductVersion.objects.values_list("version", flat=True).first() or ""
    if version == (_compiled[0] if _compiled else ""):
        return
    terms = [term.as_row() for term in ConductTerm.objects.order_by("pk")]
    _compiled = (version, compiled(terms) if terms else shipped())
