"""That figures went to a researcher is on record."""

from __future__ import annotations

from .. import access
from ..errors import NotAllowed
from ..people import Person
from ..research import Line, lines
from . import audit

RESEARCHER = "researcher"


def export(*, user: Person, as_file: str) -> list[Line]:
    """The figures as they are now, for a file of the kind ``as_file`` ("csv", "xlsx").

    Raises:
        NotAllowed: she may not export for research.
    """
    if not access.may_export_research(user):
        raise NotAllowed
    audit.write([audit.about("export", as_file, "research", actor=RESEARCHER)])
    return lines()
