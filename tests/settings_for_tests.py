"""Settings of the reference site with data in a folder of its own; the database by DATABASE_URL."""

import os
import tempfile

os.environ["GOEDWERK_TESTING"] = "1"
if "GOEDWERK_DATA_DIR" not in os.environ:
    os.environ["GOEDWERK_DATA_DIR"] = tempfile.mkdtemp(prefix="goedwerk-tests-")
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker and os.path.basename(os.environ["GOEDWERK_DATA_DIR"]) != worker:
    # Suites beside each other each have keys, media and a database of their own.
    own = os.path.join(os.environ["GOEDWERK_DATA_DIR"], worker)
    os.makedirs(own, exist_ok=True)
    os.environ["GOEDWERK_DATA_DIR"] = own
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from goedwerk_site.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as a site has: in memory, two connections at once lock each other's tables.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
