"""Fixtures for suites that run the site as real processes; their ``conftest.py`` imports them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from .servers import Postgres, Redis
from .site import LiveSite


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
