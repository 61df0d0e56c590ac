"""/healthz says that the process answers; /readyz whether it can do its work, and nothing else."""

from __future__ import annotations

import datetime

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from goedwerk_forum.models import Lease, OutboxRow
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.views import health

pytestmark = pytest.mark.django_db


def wait(seconds: int) -> None:
    """As if every row in the outbox was due ``seconds`` ago."""
    OutboxRow.objects.update(due_at=timezone.now() - datetime.timedelta(seconds=seconds))


def test_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_when_nothing_waits(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "database": True,
        "migrations_applied": True,
        "oldest_waiting_seconds": 0,
        "driven_seconds_ago": None,
    }


def test_not_ready_before_the_migrations(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args, **_kwargs: [object()])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations_applied"] is False


def test_not_ready_without_the_database(client, monkeypatch):
    def away():
        raise OperationalError("connection to 10.0.0.1 refused")

    monkeypatch.setattr(health, "_facts", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


def test_work_that_waits_too_long_is_not_ready(client, make):
    make.contribution(make.discussion())
    wait(seconds=30)
    assert client.get("/readyz").status_code == 200
    wait(seconds=health.TOO_OLD + 5)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["oldest_waiting_seconds"] >= health.TOO_OLD


def test_driver_leaves_word_and_ready_again(client, make):
    make.contribution(make.discussion())
    wait(seconds=health.TOO_OLD + 5)
    drive("moderation")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["driven_seconds_ago"] in (0, 1)
    Lease.objects.update(seen_at=timezone.now() - datetime.timedelta(minutes=5))
    assert client.get("/readyz").json()["driven_seconds_ago"] >= 300


def test_health_pages_set_no_cookie_and_are_never_kept_from_monitoring(client):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
