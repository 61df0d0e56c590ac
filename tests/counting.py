"""Exact counts of what a piece of work asks of the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

#: Django wraps a test in a transaction, so its own become savepoints: no work of ours.
TRANSACTION = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", re.IGNORECASE)
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


@dataclass
class Counted:
    """Statements sent, and rows that they inserted, changed or removed."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0

    @property
    def queries(self) -> int:
        return len(self.statements)


@contextmanager
def counted() -> Iterator[Counted]:
    """Counts the statements in the block and the rows they write."""
    so_far = Counted()

    def count(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not TRANSACTION.match(sql):
            so_far.statements.append(sql)
        if WRITE.match(sql):
            so_far.rows += _rows(sql, context["cursor"].rowcount)
        return result

    with connection.execute_wrapper(count):
        yield so_far


def _rows(sql: str, rowcount: int) -> int:
    """SQLite knows the rows of an INSERT that returns keys only after they were fetched."""
    if connection.vendor == "sqlite" and sql.lstrip()[:6].upper() == "INSERT":
        return sql.count("), (") + 1
    return max(rowcount, 0)
