from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ...setup import prepare


class Command(BaseCommand):
    help = "Makes what a site needs: keys, groups with their permissions, house rules, role labels."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--no-keys", action="store_true", help="leave the keys to whoever hands out secrets"
        )

    def handle(self, *, no_keys: bool, **_options: Any) -> None:
        if not no_keys:
            call_command("goedwerk_keys", stdout=self.stdout)
        for line in prepare():
            self.stdout.write(line)
