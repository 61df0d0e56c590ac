"""The Celery application; ``celery -A goedwerk_site worker``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from celery import Celery

from .start import require_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goedwerk_site.settings")

if Path(sys.argv[0]).name == "celery":
    require_settings()

app = Celery("goedwerk_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
