from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from ...actions.audit import seal_records
from ...outbox.drive import drive

logger = logging.getLogger("goedwerk.runner")

#: Seconds between looks at an empty outbox, and between looks for scheduled pages.
PAUSE = 0.5
SCHEDULED_EVERY = 30.0


class Command(BaseCommand):
    help = "Drives the outbox without a broker: the same handlers, by the same code, as Celery."

    def handle(self, **_options: Any) -> None:
        self.stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: self.stopping.set())
        next_scheduled = 0.0
        while not self.stopping.is_set():
            try:
                drive("moderation")
                drive("notices")
                seal_records()
                if time.monotonic() >= next_scheduled:
                    call_command("publish_scheduled")
                    next_scheduled = time.monotonic() + SCHEDULED_EVERY
            except DatabaseError as error:
                logger.warning("database away", extra={"error": type(error).__name__})
                close_old_connections()
            self.stopping.wait(PAUSE)
