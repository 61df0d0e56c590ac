"""An app that stops the commands of two people at the worst moment, where a trap is set."""

from __future__ import annotations

import os
import signal
import time

from django.apps import AppConfig

from .hooks import TRAPS, springs


def die_at(trap: str, real):
    """``real``, before which the process dies where the trap is set."""

    def run(*args, **kwargs):
        if springs(trap):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    return run


def slowly(real):
    """``real``, after a while where the trap ``slow-rotation`` is set."""

    def run(*args, **kwargs):
        if (TRAPS / "slow-rotation").exists():
            time.sleep(0.3)
        return real(*args, **kwargs)

    return run


class TrapsConfig(AppConfig):
    name = "live.traps"

    def ready(self) -> None:
        from goedwerk_forum.actions import unmasking
        from goedwerk_forum.identity import rotation
        from goedwerk_forum.management.commands import goedwerk_unmask

        rotation.BATCH = 2
        rotation._renew = slowly(rotation._renew)
        unmasking.enqueue = die_at("kill-before-record", unmasking.enqueue)
        goedwerk_unmask.described = die_at("kill-after-record", goedwerk_unmask.described)
        _let_checks_take(os.environ.get("LIVE_CHECK_SECONDS"))


def _let_checks_take(seconds: str | None) -> None:
    """More time than a site gives them: on a crowded machine a person would have to look."""
    from goedwerk_forum.checks import Check

    if seconds:
        Check.time_limit = float(seconds)
