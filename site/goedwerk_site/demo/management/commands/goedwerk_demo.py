from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from goedwerk_site.demo.accounts import make_accounts
from goedwerk_site.demo.load import is_loaded, load


class Command(BaseCommand):
    help = "Loads the demonstration content once; later runs only refresh the accounts."

    def handle(self, **_options: Any) -> None:
        if is_loaded():
            make_accounts()
            return
        for line in load():
            self.stdout.write(f"  {line}")
            self.stdout.flush()
