from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...actions.rotating import RIGHT, TheSame, new_keys_in_place, rewrite
from ...errors import KeyMissing, KeysHalfPlaced
from ...identity import keys
from ..operators import two_people


class Command(BaseCommand):
    help = (
        "Makes new keys and rewrites all that hangs on the present ones; killed, it goes on where "
        "it was when it is run again. Two people with the right."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--only-keys",
            action="store_true",
            help="put the new keys beside the present ones and stop, so that every process can be "
            "given both before rows are rewritten",
        )

    def handle(self, *, only_keys: bool, **_options: Any) -> None:
        self._require_keys()
        two_people(RIGHT, self.stderr)
        try:
            new_keys_in_place()
            if only_keys:
                self.stdout.write("The new keys are in place; those before lie beside them.")
                return
            outcome, retired = rewrite(say=self.stdout.write)
        except TheSame as error:
            raise CommandError(str(error)) from None
        except KeysHalfPlaced:
            raise CommandError("Some of the keys before are in the folder, and some not.") from None
        except KeyMissing:
            raise CommandError("A key went away while rows were rewritten.") from None
        if not outcome.is_whole:
            raise CommandError(
                f"Not finished: {sum(outcome.left.values())} rows are left, "
                f"{sum(outcome.unopened.values())} open with neither key. Nothing was lost; the "
                "keys before stay in place. Run this again."
            )
        self.stdout.write(f"All rows are under the new keys: {sum(outcome.renewed.values())}.")
        if retired:
            self.stdout.write(
                f"Take {retired} to where keys are kept offline. Destroy it when the last backup "
                "of before today is gone."
            )

    def _require_keys(self) -> None:
        missing = [name for name in keys.ROTATED if not keys.available()[name]]
        if missing:
            raise CommandError(f"This needs {', '.join(missing)} in the folder of the keys.")
