"""Adding to counts that others add to at the same time: one query for many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def add(
    model: type[Model], key: Sequence[str], counts: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Adds to the columns ``counts`` of the rows with these keys, and makes the rows that miss.

    ``key`` are the fields of a unique constraint; each row holds their values and then what is
    added, never less than 0. In the order of the keys, so that no two wait for each other.
    """
    if not rows:
        return
    name = connection.ops.quote_name
    table = name(model._meta.db_table)
    fields: list[Any] = [model._meta.get_field(field) for field in (*key, *counts)]
    columns = [name(str(field.column)) for field in fields]
    added = columns[len(key) :]
    values = [
        field.get_db_prep_save(value, connection)
        for row in sorted(rows)
        for field, value in zip(fields, row, strict=True)
    ]
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    sums = ", ".join(f"{column} = {table}.{column} + excluded.{column}" for column in added)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {places} "  # noqa: S608
            f"ON CONFLICT ({', '.join(columns[: len(key)])}) DO UPDATE SET {sums}",
            values,
        )
