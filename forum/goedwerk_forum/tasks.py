"""Celery's way in: load nothing, hold nothing, drive the outbox. Each is safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command

from .actions.alerts import watch
from .actions.audit import seal_records
from .actions.retention import let_go
from .outbox.drive import drive


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
