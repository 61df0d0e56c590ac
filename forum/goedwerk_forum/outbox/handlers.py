"""What each kind of outbox row asks for."""

from __future__ import annotations

from collections.abc import Sequence

from ..actions import (
    alerts,
    appeals,
    formats,
    heads,
    notices,
    release,
    standing,
    threshold,
    unmasking,
    verdicts,
    verifying,
)
from ..checks import examine
from ..models import OutboxRow, Revision
from ..transitions import RevisionState
from .drive import Handler
from .rows import Kind


def check(rows: Sequence[OutboxRow]) -> None:
    """Examines the revisions without holding a lock, then decides on all of them at once."""
    revisions = (
        Revision.objects.filter(pk__in=[row.object_id for row in rows], state=RevisionState.PENDING)
        .select_related("contribution__discussion")
        .order_by("pk")
    )
    verdicts.apply_verdicts(examine(list(revisions)), rows)


def check_died(row: OutboxRow) -> None:
    verdicts.give_to_person(row.object_id)


def release_due(rows: Sequence[OutboxRow]) -> None:
    release.release([row.object_id for row in rows], rows)


def release_died(row: OutboxRow) -> None:
    """A release that keeps failing shows as a dead row in the doctor; nothing becomes visible."""


def notice(rows: Sequence[OutboxRow]) -> None:
    notices.send_digests(rows)


def notice_died(row: OutboxRow) -> None:
    """The message stands in the inbox on the site; only the mail is given up."""


def measures(rows: Sequence[OutboxRow]) -> None:
    standing.follow_requests(rows)


def measure_died(row: OutboxRow) -> None:
    standing.try_later(row)


def lapse(rows: Sequence[OutboxRow]) -> None:
    threshold.lapse(rows)


def lapse_died(row: OutboxRow) -> None:
    """The text stays hidden and in the queue, until an ambassador decides."""


def alone(rows: Sequence[OutboxRow]) -> None:
    appeals.tell_owner(rows)


def alone_died(row: OutboxRow) -> None:
    """The case stands in the queue, which says that nobody may judge it; only the mail is lost."""


def alert(rows: Sequence[OutboxRow]) -> None:
    alerts.send(rows)


def alert_died(row: OutboxRow) -> None:
    """The home page of the admin says it all the time; only the mail is given up."""


def head(rows: Sequence[OutboxRow]) -> None:
    heads.send(rows)


def head_died(row: OutboxRow) -> None:
    """The head stands in the admin and beside the public figures; only the mail is given up."""


def step(rows: Sequence[OutboxRow]) -> None:
    formats.move_due(rows)


def step_died(row: OutboxRow) -> None:
    """The dialogue stays in its step, and says so; its guide moves it on."""


#: One handler for all of these: one mail to an account, whatever the news.
NEWS = Handler(notice, notice_died)
HANDLERS = {
    str(Kind.CHECK): Handler(check, check_died),
    str(Kind.RELEASE): Handler(release_due, release_died),
    str(Kind.NOTICE): NEWS,
    str(Kind.FOLLOWED): NEWS,
    str(Kind.ALERT): Handler(alert, alert_died),
    str(Kind.LAPSE): Handler(lapse, lapse_died),
    str(Kind.ALONE): Handler(alone, alone_died),
    str(Kind.STANDING): Handler(measures, measure_died),
    str(Kind.HEAD): Handler(head, head_died),
    str(Kind.VERIFY): Handler(verifying.go_on, verifying.give_up),
    str(Kind.TELL_UNMASKED): Handler(unmasking.tell, unmasking.not_told),
    str(Kind.STEP): Handler(step, step_died),
}
