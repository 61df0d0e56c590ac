from __future__ import annotations

import faulthandler
import logging
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from ...actions.alerts import watch
from ...actions.audit import seal_records
from ...actions.retention import let_go
from ...checks import load_checks
from ...conf import conf
from ...outbox.drive import drive

logger = logging.getLogger("goedwerk.runner")

#: Seconds between looks at an empty outbox, and between looks at what is due by the clock.
PAUSE = 0.5
DUE_EVERY = 30.0


class Command(BaseCommand):
    help = "Drives the outbox without a broker: the same handlers, by the same code, as Celery."
    requires_migrations_checks = True

    def handle(self, **_options: Any) -> None:
        self.stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: self.stopping.set())
        load_checks()
        # On threads of their own: neither a mail server that does not answer nor the night's work
        # holds up moderation.
        for work, pause in ((self._deliver, PAUSE), (self._do_what_is_due, DUE_EVERY)):
            threading.Thread(target=self._repeat, args=(work, pause), daemon=True).start()
        self._repeat(self._moderate, PAUSE)

    def _repeat(self, work: Callable[[], None], pause: float) -> None:
        while not self.stopping.is_set():
            try:
                work()
            except Error as error:
                logger.warning("database away", extra={"error": type(error).__name__})
                close_old_connections()
            except Exception as error:  # what fails once must not end the thread, unseen
                logger.error("work failed", extra={"error": type(error).__name__})
            self.stopping.wait(pause)

    def _deliver(self) -> None:
        drive("notices")

    def _moderate(self) -> None:
        # What nothing interrupts ends here with the process: its supervisor starts another, which
        # goes on with the rest. Celery does the same with its time limit.
        faulthandler.dump_traceback_later(2 * conf().LEASE_SECONDS, exit=True)
        drive("moderation")
        faulthandler.cancel_dump_traceback_later()
        seal_records()

    def _do_what_is_due(self) -> None:
        call_command("publish_scheduled")
        let_go()
        watch()
