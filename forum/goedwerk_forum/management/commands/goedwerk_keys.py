from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...conf import conf
from ...identity import keys


class Command(BaseCommand):
    help = "Makes the identity keys that are not there yet. Never replaces one."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        made = keys.create_missing()
        where = conf().KEYS_DIR
        if made:
            self.stdout.write(f"Made {', '.join(made)} in {where}.")
            self.stdout.write("Back them up apart from the database, and say who keeps them.")
        else:
            self.stdout.write(f"All keys are there, in {where}.")
