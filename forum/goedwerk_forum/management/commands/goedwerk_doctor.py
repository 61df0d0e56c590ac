from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...database_rights import too_much
from ...doctor import MORE
from ...errors import KeysHalfPlaced
from ...identity import keys, new_keys
from ...models import AuditRecord, Discussion
from ...outbox.health import dead_rows, oldest_waiting, seconds_since_driven


class Command(BaseCommand):
    help = "Says what is missing or waiting, and the line that mends it."

    def handle(self, **_options: Any) -> None:
        problems = list(self.problems())
        for problem, remedy in problems:
            self.stdout.write(f"- {problem}\n  {remedy}")
        if problems:
            raise CommandError(f"{len(problems)} things need attention.")
        self.stdout.write("All is well.")

    def problems(self) -> Iterator[tuple[str, str]]:
        now = timezone.now()
        missing = [name for name, there in keys.available().items() if not there]
        if missing:
            yield (
                f"This process cannot read {', '.join(missing)}.",
                "manage.py goedwerk_keys, or restore them from their own backup",
            )
        driven = seconds_since_driven(now)
        if driven is None or driven > 60:
            yield (
                "Nothing drives the outbox.",
                "start a Celery worker with beat, or: manage.py goedwerk_runner",
            )
        if (waiting := oldest_waiting(now)) > 60:
            yield f"The oldest work has waited {waiting} seconds.", "look at the worker's log"
        if dead := dead_rows():
            yield (
                f"{dead} rows were given up; their contributions wait for a person.",
                "decide on them in the queue (filter: automatische controle mislukt)",
            )
        if not Discussion.objects.exists():
            yield "No page has a discussion yet.", "open one on the tab 'Dialoog' of a page"
        unsealed = AuditRecord.objects.filter(seal__isnull=True, day__lt=timezone.localdate())
        if unsealed.exists():
            yield "Audit records of earlier days are not sealed.", "manage.py verify_audit"
        yield from _rotation()
        if rights := too_much():
            yield (
                f"The database role may {', '.join(rights)} in the audit record.",
                "give the site a role of its own: manage.py goedwerk_grants ROLE (docs, Deploy)",
            )
        for more in MORE:
            yield from more()


def _rotation() -> Iterator[tuple[str, str]]:
    """Keys that are being rotated, or that somebody left half placed."""
    try:
        phase = new_keys.phase()
    except KeysHalfPlaced:
        yield (
            "Of some keys the one before is in the folder, of others it is not.",
            "put them all in place, or take them all away (docs, Retention and keys)",
        )
        return
    if phase == new_keys.Phase.PLACED:
        yield (
            "This process still finds with the keys of before.",
            "take the .old files away once goedwerk_rotate_keys has ended",
        )
    elif phase != new_keys.Phase.NONE:
        yield (
            "The keys are being rotated.",
            "manage.py goedwerk_rotate_keys goes on with it",
        )
