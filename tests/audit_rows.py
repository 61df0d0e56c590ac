"""Rows of the audit record, and changing them behind the back of the guard."""

from __future__ import annotations

from importlib import import_module

from django.db import connection
from django.utils import timezone

from goedwerk_forum.actions import verifying
from goedwerk_forum.models import AuditRecord

guard = import_module("goedwerk_forum.migrations.0014_audit_goes_after_two_years")
RECORDS, SEALS, HEADS = guard.TABLES


def verify(kept=()):
    """The sentences for what is wrong."""
    return [str(problem) for problem in verifying.verify(kept)]


def record(number=1, **fields):
    return AuditRecord.objects.create(
        **{
            "day": timezone.localdate(),
            "actor": "ambassador",
            "action": "publish",
            "object_kind": "contribution",
            "object_id": f"{number:020d}",
            "object_version": 1,
            "before": "held",
            "after": "published",
        }
        | fields
    )


def tamper(sql, *params):
    """Changes the record behind its own back: by SQL, with the guard taken away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # looks at what is pending, then waits again
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        guard.remove(None, connection.schema_editor())
        cursor.execute(sql, params)
        assert cursor.rowcount == 1
