from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ...database_rights import give, grants


class Command(BaseCommand):
    help = (
        "Prints the GRANTs for the role that the site uses in PostgreSQL: everything but changing "
        "the audit record. Pipe it to psql as the owner of the tables, after each migrate; or let "
        "it be done here, with --apply."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("role", help="the role in DATABASE_URL of web, worker and notifier")

        parser.add_argument("--apply", action="store_true", help="grant it, instead of printing it")
        parser.add_argument(
            "--password-file",
            type=Path,
            help="with --apply: let the role sign in with this; it is made where it is missing",
        )

    def handle(
        self, *, role: str, apply: bool, password_file: Path | None, **_options: Any
    ) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; SQLite guards the record by triggers.")
        if apply:
            give(role, password_file.read_text(encoding="utf-8").strip() if password_file else "")
            return
        for line in grants(role):
            self.stdout.write(line)
