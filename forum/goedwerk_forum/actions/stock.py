"""What staff lay ready for others: formats, sentences, canned reasons, labels, practice cases.

Each change is on record, without its words and without who made it; the history of the admin, which
the same staff reads, says who.
"""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth import get_permission_codename
from django.db import models, transaction
from wagtail.log_actions import log

from ..errors import NotAllowed, NotFound
from ..models import CannedReason, Format, GuideSentence, PracticeCase, RoleLabel
from ..people import Person
from . import audit
from .checks import OWNER

Row = TypeVar("Row", bound=models.Model)

EDITOR = "editor"
MADE, CHANGED, REMOVED = "made", "changed", "removed"
#: The same in the words of Wagtail's history.
LOGGED = {MADE: "wagtail.create", CHANGED: "wagtail.edit", REMOVED: "wagtail.delete"}

#: What can lie ready: its code in the record, and whose work it is.
STOCK: dict[type[models.Model], tuple[str, str]] = {
    Format: ("template", EDITOR),
    GuideSentence: ("sentence", OWNER),
    CannedReason: ("canned_reason", OWNER),
    RoleLabel: ("role_label", OWNER),
    PracticeCase: ("practice_case", OWNER),
}


def save(row: Row, *, user: Person) -> Row:
    """Keeps a new one or a change; a format and a case with the parts that its form gave it.

    Raises:
        NotAllowed: ``user`` may not.
        NotFound: somebody took it away meanwhile.
    """
    is_new = row.pk is None
    require(user, "add" if is_new else "change", row)
    with transaction.atomic():
        if not is_new:
            _lock(row)
        row.save()
        record(row, MADE if is_new else CHANGED, user=user)
    return row


def remove(row: models.Model, *, user: Person) -> None:
    """Takes one away; what was made with it, such as the steps of a dialogue, stays as it is.

    Raises:
        NotAllowed: ``user`` may not.
        NotFound: it is gone already.
    """
    require(user, "delete", row)
    with transaction.atomic():
        _lock(row)
        record(row, REMOVED, user=user)
        row.delete()


def record(row: models.Model, done: str, *, user: Person) -> None:
    """Writes both: what was done, for good, and by whom, in the admin's history."""
    code, actor = STOCK[type(row)]
    mark = getattr(row, "public_id", str(row.pk))
    audit.write([audit.about(code, mark, code, actor=actor, after=done)])
    log(row, LOGGED[done], user=user, deleted=done == REMOVED)


def require(user: Person, what: str, row: models.Model | type[models.Model]) -> None:
    """Raises NotAllowed where ``user`` may not "add", "change" or "delete" such a row."""
    codename = get_permission_codename(what, row._meta)
    if not user.has_perm(f"{row._meta.app_label}.{codename}"):
        raise NotAllowed


def _lock(row: models.Model) -> None:
    there = type(row)._default_manager.select_for_update().filter(pk=row.pk)
    if not there.values_list("pk", flat=True).first():
        raise NotFound
