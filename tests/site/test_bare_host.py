"""The dialogue in a Wagtail site of somebody else, in a process of its own: see tests/bare_host."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

TESTS = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.django_db
def test_dialogue_works_on_a_site_of_another(tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GOEDWERK_")
    }
    environment |= {
        "DJANGO_SETTINGS_MODULE": "bare_host.settings",
        "BARE_HOST_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(TESTS),
    }
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = _beside(os.environ["DATABASE_URL"])
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "test", "bare_host.journey", "--noinput"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "OK" in result.stderr


def _beside(url: str) -> str:
    """A database of its own on the same server; Django's test runner makes and drops it."""
    server, _slash, _name = url.rpartition("/")
    return f"{server}/bare_host_{os.getpid()}"
