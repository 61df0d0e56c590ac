"""Celery's way in: load nothing, hold nothing, drive the outbox. Each is safe to run twice."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_init
from django.core.management import call_command

from .actions.alerts import watch
from .actions.audit import seal_records
from .actions.retention import let_go
from .checks import load_checks
from .outbox.drive import drive


@worker_init.connect
def load(sender: Any, **_rest: Any) -> None:
    """Before a worker splits up: its processes share what the checks read, and start at once."""
    if "moderation" in sender.app.amqp.queues.consume_from:
        load_checks()


@shared_task(name="goedwerk_forum.tasks.drive_moderation")
def drive_moderation() -> None:
    drive("moderation")
    seal_records()


@shared_task(name="goedwerk_forum.tasks.drive_notices")
def drive_notices() -> None:
    drive("notices")


@shared_task(name="goedwerk_forum.tasks.daily", time_limit=3600)
def daily() -> None:
    let_go()


@shared_task(name="goedwerk_forum.tasks.watch_waiting")
def watch_waiting() -> None:
    watch()


@shared_task(name="goedwerk_forum.tasks.publish_scheduled_pages")
def publish_scheduled_pages() -> None:
    call_command("publish_scheduled")


TASK_OF = {"moderation": drive_moderation, "notices": drive_notices}
