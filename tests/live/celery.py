"""The site's Celery application, with a trap between the commit and the acknowledgement."""

from __future__ import annotations

import os
import signal

from celery.signals import task_postrun

from goedwerk_site.celery import app

from .hooks import TRAPS, springs

__all__ = ["app"]


@task_postrun.connect
def die_before_acknowledging(**_kwargs) -> None:
    # Only a run that had something to decide is worth dying after.
    if (TRAPS / "checked").exists() and springs("kill-worker"):
        os.killpg(os.getpgid(0), signal.SIGKILL)
