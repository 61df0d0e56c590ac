from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ...database_rights import grants


class Command(BaseCommand):
    help = (
        "Prints the GRANTs for the role that the site uses in PostgreSQL: everything but changing "
        "the audit record. Pipe it to psql as the owner of the tables, after each migrate."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("role", help="the role in DATABASE_URL of web, worker and notifier")

    def handle(self, *, role: str, **_options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; SQLite guards the record by triggers.")
        for line in grants(role):
            self.stdout.write(line)
