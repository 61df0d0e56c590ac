"""The reference site with hooks by which a test stops it at the worst moment."""

import json
import os

from goedwerk_site.settings import *

GOEDWERK = GOEDWERK | {"EXTRA_CHECKS": ["live.checks.Gate", "live.checks.Loop"]}
GOEDWERK |= json.loads(os.environ.get("LIVE_GOEDWERK", "{}"))
for _name, _value in json.loads(os.environ.get("LIVE_SETTINGS", "{}")).items():
    globals()[_name] = _value

MIDDLEWARE = ["live.hooks.DieAfterCommit", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
