from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from goedwerk_site.demo.load import is_loaded, load, refresh


class Command(BaseCommand):
    help = "Loads the demonstration content once; later runs refresh the accounts."

    def handle(self, **_options: Any) -> None:
        if is_loaded():
            refresh()
            return
        for line in load():
            self.stdout.write(f"  {line}")
            self.stdout.flush()
