"""Servers and a seeded database for tests that kill processes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from live import LiveSite, Postgres, Redis, Template

#: A worker that died is missed after two seconds; the tests write a lot.
QUICK = '{"LEASE_SECONDS": 2, "WRITES_PER_HOUR": 10000}'


@pytest.fixture(scope="session")
def servers_folder():
    folder = Path(tempfile.mkdtemp(prefix="goedwerk-servers-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres():
    server = Postgres()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def redis():
    server = Redis()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def on_sqlite(servers_folder):
    return Template.make(servers_folder / "sqlite")


@pytest.fixture(scope="session")
def on_postgres(servers_folder, postgres):
    return Template.make(servers_folder / "postgresql", postgres)


@pytest.fixture
def open_site():
    """Makes sites that are closed, and all their processes killed, at the end of the test."""
    opened: list[LiveSite] = []

    def make(template, **options) -> LiveSite:
        opened.append(LiveSite(template, **options))
        return opened[-1]

    yield make
    for site in opened:
        site.close()


@pytest.fixture(params=["sqlite", "postgres"])
def any_template(request):
    """The site's data on each of the two databases."""
    return request.getfixturevalue(f"on_{request.param}")


@pytest.fixture
def embedded(on_sqlite, open_site):
    """SQLite, and no broker: what a fresh installation runs on."""
    return open_site(on_sqlite, LIVE_GOEDWERK=QUICK)


@pytest.fixture
def celery(on_postgres, open_site, redis):
    """PostgreSQL, Redis and Celery."""
    return open_site(on_postgres, redis=redis, LIVE_GOEDWERK=QUICK)
