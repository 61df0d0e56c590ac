from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ...setup import prepare


class Command(BaseCommand):
    help = "Makes what a site needs: keys, groups with their permissions, house rules, role labels."

    def handle(self, **_options: Any) -> None:
        call_command("goedwerk_keys", stdout=self.stdout)
        for line in prepare():
            self.stdout.write(line)
