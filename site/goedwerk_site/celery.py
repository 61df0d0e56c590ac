"""The Celery application; ``celery -A goedwerk_site worker``."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goedwerk_site.settings")

app = Celery("goedwerk_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
