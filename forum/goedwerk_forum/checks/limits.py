"""A check that hangs must not hold up the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlow(BaseException):
    """A check took longer than its time limit; no check's ``except Exception`` may swallow it."""


def _raise(_signal: int, _frame: object) -> None:
    raise TooSlow


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TooSlow in the block after ``seconds``.

    Only a process's main thread can be interrupted; workers and the runner check there. In
    another thread the lease and the worker's own time limit bound the check.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
