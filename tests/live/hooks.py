"""Traps: a file in the data folder makes a process die, or wait, at one precise point."""

from __future__ import annotations

import os
import signal
from pathlib import Path

TRAPS = Path(os.environ["GOEDWERK_DATA_DIR"]) / "traps"


def springs(name: str) -> bool:
    """Whether the trap ``name`` is set; the first process that asks takes it away."""
    try:
        (TRAPS / name).rename(TRAPS / f"{name}-sprung")
    except OSError:
        return False
    return True


class DieAfterCommit:
    """Kills the web worker between the commit and the response of a POST."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and springs("kill-web"):
            os.kill(os.getpid(), signal.SIGKILL)
        return response
