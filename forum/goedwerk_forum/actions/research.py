"""That figures went to a researcher is on record."""

from __future__ import annotations

from django.utils import timezone

from .. import access
from ..errors import NotAllowed
from ..models import AuditRecord
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
    audit.write(
        [
            AuditRecord(
                day=timezone.localdate(),
                actor=RESEARCHER,
                action="research",
                object_kind="export",
                object_id=as_file,
                object_version=0,
            )
        ]
    )
    return lines()
