"""The reference site with hooks by which a test stops it at the worst moment."""

import json
import os

from goedwerk_site import settings
from goedwerk_site.settings import *  # noqa: F403

GOEDWERK = (
    settings.GOEDWERK
    | {"EXTRA_CHECKS": ["live.checks.Gate", "live.checks.Loop"]}
    | json.loads(os.environ.get("LIVE_GOEDWERK", "{}"))
)
CELERY_TASK_TIME_LIMIT = int(
    os.environ.get("LIVE_TASK_TIME_LIMIT", settings.CELERY_TASK_TIME_LIMIT)
)
INSTALLED_APPS = [*settings.INSTALLED_APPS, "live.traps.TrapsConfig"]
MIDDLEWARE = ["live.hooks.DieAfterCommit", *settings.MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
#: Who gave her password when the world was made gave it just now, however long a suite takes.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600
ACCOUNT_LOGIN_TIMEOUT = 24 * 3600
#: Styles and scripts straight from their folders, as nothing was collected.
WHITENOISE_USE_FINDERS = True
CELERY_BEAT_SCHEDULE = settings.CELERY_BEAT_SCHEDULE | {
    "sweep-notices": settings.CELERY_BEAT_SCHEDULE["sweep-notices"] | {"schedule": 3.0}
}
