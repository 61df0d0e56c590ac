"""How the outbox does: read by /readyz, the doctor and the banner in the admin."""

from __future__ import annotations

import datetime

from ..models import Lease, OutboxRow


def oldest_waiting(now: datetime.datetime) -> int:
    """Seconds that the oldest due row has waited; 0 where nothing waits."""
    due = (
        OutboxRow.objects.filter(state=OutboxRow.State.WAITING, due_at__lte=now)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return int((now - due).total_seconds()) if due else 0


def seconds_since_driven(now: datetime.datetime) -> int | None:
    """Seconds since somebody last drove the moderation queue; None where nobody ever did."""
    seen = Lease.objects.filter(name="driver:moderation").values_list("seen_at", flat=True).first()
    return int((now - seen).total_seconds()) if seen else None


def dead_rows() -> int:
    return OutboxRow.objects.filter(state=OutboxRow.State.DEAD).count()
