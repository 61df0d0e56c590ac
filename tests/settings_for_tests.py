"""Settings of the reference site with data in a folder of its own; the database by DATABASE_URL."""

import os
import tempfile

os.environ["GOEDWERK_TESTING"] = "1"
os.environ.setdefault("GOEDWERK_DATA_DIR", tempfile.mkdtemp(prefix="goedwerk-tests-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from goedwerk_site.settings import *  # noqa: F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as a site has: in memory, two connections at once lock each other's tables.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
