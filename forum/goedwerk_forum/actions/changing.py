"""The one way in which a row of a contribution changes: if nobody else changed it since."""

from __future__ import annotations

from django.db.models import F

from ..errors import StaleDecision
from ..models import Contribution
from ..transitions import OPEN_REVISIONS, RevisionState


def under_lock(contribution: Contribution) -> Contribution:
    """It as it is now, while nobody else reports, appeals or decides on it.

    Taken before its reports and appeals are read or changed: everybody waits here, in one order.

    Raises:
        StaleDecision: it is not there any more.
    """
    found = (
        Contribution.objects.select_related("discussion", "participant")
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=contribution.pk)
        .first()
    )
    if found is None:
        raise StaleDecision
    return found


def change(contribution: Contribution, **changes: object) -> None:
    """The one conditional update of a contribution.

    Raises:
        StaleDecision: its state or version is no longer what was read.
    """
    changed = Contribution.objects.filter(
        pk=contribution.pk, state=contribution.state, version=contribution.version
    ).update(version=F("version") + 1, **changes)
    if changed != 1:
        raise StaleDecision


def drop_open(contribution: Contribution) -> None:
    """An edit on its road ends with what it was an edit of: nobody judges it by accident."""
    contribution.revisions.filter(state__in=OPEN_REVISIONS).update(state=RevisionState.DROPPED)
