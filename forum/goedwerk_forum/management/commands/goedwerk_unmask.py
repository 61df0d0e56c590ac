from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from nacl.public import PrivateKey

from ...actions.unmasking import RIGHT, Order, refuse, unmask
from ...errors import ForumError, KeyMissing, NobodyKnows, NotAllowed, NotFound
from ...identity import keys
from ...identity.accounts import described
from ..operators import two_people

SENTENCES: dict[type[ForumError], str] = {
    NotFound: "There is no contribution with this id.",
    NobodyKnows: "The link is cut: nobody can know any more who wrote this.",
    KeyMissing: "This key does not open the seal of its author.",
    NotAllowed: "Refused: two people with the right, and a written ground, are needed.",
}


class Command(BaseCommand):
    help = (
        "Says who wrote one contribution, after a written order: two people with the right, the "
        "key from its envelope, a line in the audit record, and a notice to the author."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("contribution", help="its id, as its address has it")
        parser.add_argument(
            "--key", type=Path, required=True, help="file of the offline unseal.key"
        )
        parser.add_argument(
            "--ground", type=Path, required=True, help="text file: which court, day and number"
        )
        parser.add_argument(
            "--tell-on",
            type=datetime.date.fromisoformat,
            default=None,
            help="YYYY-MM-DD: the first day on which the order lets the author know; default today",
        )

    def handle(self, **options: Any) -> None:
        public_id = options["contribution"]
        order = self._order(options["ground"], options["tell_on"])
        try:
            people = two_people(RIGHT, self.stderr)
        except CommandError:
            refuse(public_id=public_id, why=NotAllowed.code)
            raise
        try:
            key = PrivateKey(keys.read_file(options["key"]))
        except KeyMissing as error:
            refuse(public_id=public_id, why=error.code)
            raise CommandError("The file of the key is not there, or holds no key.") from None
        try:
            account = unmask(people=people, public_id=public_id, order=order, key=key)
        except ForumError as error:
            raise CommandError(SENTENCES.get(type(error), error.code)) from None
        # Only now: the record of it is in the database for good.
        self.stdout.write(described(account))

    def _order(self, ground: Path, tell_on: datetime.date | None) -> Order:
        today = timezone.localdate()
        try:
            words = ground.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise CommandError("The file with the ground cannot be read.") from None
        if not words or len(words) > 2000:
            raise CommandError("The ground holds 1 to 2000 characters.")
        if tell_on and tell_on < today:
            raise CommandError("The author cannot be told in the past.")
        return Order(words, tell_on or today)
