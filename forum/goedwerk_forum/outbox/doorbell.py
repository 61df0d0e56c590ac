"""Tells the workers that there is work: best effort, after the commit, never in the way.

A thread of its own does the ringing, so that a broker that does not answer costs the request
nothing; what it misses, the sweep finds.
"""

from __future__ import annotations

import logging
import os
import threading

from django.db import transaction

from ..conf import conf

logger = logging.getLogger("goedwerk.outbox")


class Bell:
    """Rings once for any number of requests to ring that came in the meantime."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.wanted: set[str] = set()
        self.awake = threading.Event()
        self.owner = 0

    def ring(self, queue: str) -> None:
        with self.lock:
            self.wanted.add(queue)
            if self.owner != os.getpid():  # a fork has no threads of its parent
                self.owner = os.getpid()
                self.awake = threading.Event()
                threading.Thread(target=self._loop, name="goedwerk-bell", daemon=True).start()
        self.awake.set()

    def _loop(self) -> None:
        while True:
            self.awake.wait()
            self.awake.clear()
            with self.lock:
                queues, self.wanted = self.wanted, set()
            for queue in queues:
                self._try(queue)

    @staticmethod
    def _try(queue: str) -> None:
        """Whatever the broker answers, the bell goes on: the sweep finds what it missed."""
        try:
            _tell_celery(queue)
        except Exception as error:
            logger.info("bell not heard", extra={"queue": queue, "error": type(error).__name__})


def _tell_celery(queue: str) -> None:
    from ..tasks import TASK_OF

    TASK_OF[queue].apply_async(retry=False, expires=30, ignore_result=True)


_bell = Bell()


def ring_after_commit(queue: str) -> None:
    """Rings when, and only when, the current transaction has been committed."""
    if conf().DRIVER == "celery":
        transaction.on_commit(lambda: _bell.ring(str(queue)), robust=True)
