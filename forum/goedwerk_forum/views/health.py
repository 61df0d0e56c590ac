"""Whether the process answers, and whether it can do its work."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from ..outbox.health import oldest_waiting, seconds_since_driven

#: Seconds after which waiting work means that nothing drives the outbox.
TOO_OLD = 120


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """200 and the facts, or 503 and what is wrong; no text, no person, no address."""
    try:
        facts = _facts()
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    ready = facts["migrations_applied"] and facts["oldest_waiting_seconds"] < TOO_OLD
    return JsonResponse(facts, status=200 if ready else 503)


def _facts() -> dict[str, Any]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return {"database": True, "migrations_applied": False, "oldest_waiting_seconds": 0}
    return {
        "database": True,
        "migrations_applied": True,
        "oldest_waiting_seconds": oldest_waiting(timezone.now()),
        "driven_seconds_ago": seconds_since_driven(timezone.now()),
    }
