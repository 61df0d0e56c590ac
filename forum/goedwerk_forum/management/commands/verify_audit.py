from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...actions.verifying import Head, verify
from ...errors import KeyMissing
from ...models import AuditSeal


class Command(BaseCommand):
    help = "Verifies the audit record; names each record that was changed, removed or not sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="a head that was kept outside the site, as the daily mail has it; may be repeated",
        )

    def handle(self, *, head: list[str], **_options: Any) -> None:
        try:
            problems = list(verify([_read(one) for one in head]))
        except KeyMissing:
            raise CommandError("audit.key is not here: run this where the sealer runs.") from None
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"The audit record is not whole: {len(problems)} problems.")
        last = AuditSeal.objects.order_by("-sequence").first()
        if last is None:
            self.stdout.write("The audit record is whole; nothing is sealed yet.")
        else:
            self.stdout.write(
                f"The audit record is whole: {last.sequence} sealed, head {last.digest}."
            )


def _read(head: str) -> Head:
    number, _colon, digest = head.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise CommandError(f"A head is a number, a colon and 64 digits; not {head!r}.")
    return Head(int(number), digest)
