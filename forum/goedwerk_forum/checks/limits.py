"""A check that hangs must not hold up the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

#: A block that may take so many seconds.
Limit = Callable[[float], AbstractContextManager[object]]


class TooSlow(BaseException):
    """A check took longer than its time limit; no check's ``except Exception`` may swallow it."""


def _raise(_signal: int, _frame: object) -> None:
    raise TooSlow


@contextmanager
def alarm() -> Iterator[Limit]:
    """Gives what raises TooSlow in a block after so many seconds, for one block after another.

    Only a process's main thread can be interrupted; workers and the runner check there. In
    another thread the lease and the worker's own time limit bound a check.
    """
    if threading.current_thread() is not threading.main_thread():
        yield nullcontext
        return
    before = signal.signal(signal.SIGALRM, _raise)
    try:
        yield _limited
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
