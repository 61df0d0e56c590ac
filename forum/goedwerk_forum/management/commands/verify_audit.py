from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...actions.audit import verify
from ...errors import KeyMissing
from ...models import AuditSeal


class Command(BaseCommand):
    help = "Verifies the audit record; names each record that was changed, removed or not sealed."

    def handle(self, **_options: Any) -> None:
        try:
            problems = list(verify())
        except KeyMissing:
            raise CommandError("audit.key is not here: run this where the sealer runs.") from None
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"The audit record is not whole: {len(problems)} problems.")
        head = AuditSeal.objects.order_by("-sequence").first()
        if head is None:
            self.stdout.write("The audit record is whole; nothing is sealed yet.")
        else:
            self.stdout.write(
                f"The audit record is whole: {head.sequence} sealed, head {head.digest}."
            )
