"""Seeded databases for tests that kill processes."""

from __future__ import annotations

import pytest

from live import Template
from live.fixtures import open_site, postgres, redis, servers_folder

__all__ = ["open_site", "postgres", "redis", "servers_folder"]

#: A worker that died is missed after two seconds; the tests write a lot.
QUICK = '{"LEASE_SECONDS": 2, "WRITES_PER_HOUR": 10000}'


@pytest.fixture(scope="session")
def on_sqlite(servers_folder):
    return Template.shared(servers_folder, "writers")


@pytest.fixture(scope="session")
def on_postgres(servers_folder, postgres):
    return Template.make(servers_folder / "postgresql", postgres)


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
