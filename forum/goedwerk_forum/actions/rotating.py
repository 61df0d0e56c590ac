"""Rotating the keys: the files first, then every row; the record says that it began and ended."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from ..identity import keys, new_keys, rotation
from ..outbox.drive import take_lease
from . import audit
from .unmasking import TWO_PEOPLE

RIGHT = "goedwerk_forum.rotate_keys"
BEGUN, DONE = "rotate_begun", "rotate_done"
#: Seconds that one table may take before another process may think that this one died.
WORKING = 600


class TheSame(Exception):
    """Somebody else rotates the keys at this moment."""

    def __str__(self) -> str:
        return "Another process rotates the keys. If it died, try again in ten minutes."


def new_keys_in_place() -> None:
    """Puts new keys in place where no rotation is under way, and records that one begins."""
    if new_keys.phase() == new_keys.Phase.NONE:
        _record(BEGUN)
    new_keys.put_in_place()


def rewrite(
    *, say: Callable[[str], object] = lambda _line: None
) -> tuple[rotation.Outcome, Path | None]:
    """Rewrites all rows under the present keys; then puts those before away.

    Returns what was done, and the folder of the keys before: None where rows are left, or where
    somebody put both generations in place by hand.

    Raises:
        TheSame: another process does it.
        KeyMissing: a key that is needed is not here.
    """
    owner = secrets.token_hex(16)
    if not take_lease("rotation", owner, seconds=WORKING):
        raise TheSame

    def go_on(line: str) -> None:
        take_lease("rotation", owner, seconds=WORKING)
        say(line)

    try:
        outcome = rotation.rotate(go_on)
        if not outcome.is_whole:
            return outcome, None
        _record(DONE)
        return outcome, new_keys.retire()
    finally:
        take_lease("rotation", owner, seconds=0)


def _record(action: str) -> None:
    audit.write([audit.about("keys", keys.key_id(), action, actor=TWO_PEOPLE)])
