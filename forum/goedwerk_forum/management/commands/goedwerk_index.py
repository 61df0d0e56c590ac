from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...actions.indexing import rebuild


class Command(BaseCommand):
    help = (
        "Makes the search index anew, of what anybody may read now. Needed only after pages were "
        "brought in past the site; safe while it runs: until it is done the old index answers."
    )

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"{rebuild()} things can be found.")
