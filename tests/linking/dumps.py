"""A nightly dump: every table as the database keeps it, hidden columns included."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from django.db import connection

#: Where people are known by name. Nothing else may hold what stands here.
ACCOUNTS = "accounts_user"
#: Other tables on the accounts' side, and the column that leads to the user.
BESIDE = {
    "goedwerk_forum_account": "user_id",
    "account_emailaddress": "user_id",
    "accounts_user_groups": "user_id",
}


@dataclass
class Table:
    columns: list[str]
    rows: list[tuple]

    def dicts(self) -> list[dict]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass
class Dump:
    tables: dict[str, Table] = field(default_factory=dict)

    def rows(self, table: str) -> list[dict]:
        return self.tables[table].dicts() if table in self.tables else []

    def copy(self) -> Dump:
        return copy.deepcopy(self)

    def replace(self, table: str, rows: list[dict]) -> None:
        columns = list(rows[0]) if rows else []
        self.tables[table] = Table(columns, [tuple(row.values()) for row in rows])


def take() -> Dump:
    """Everything in the database, in the order in which it lies there."""
    return Dump({name: _read(name) for name in connection.introspection.table_names()})


def _read(name: str) -> Table:
    table = connection.ops.quote_name(name)
    hidden = _hidden(name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {''.join(part + ', ' for part in hidden)}{table}.* FROM {table}")
        columns = [column[0] for column in cursor.description]
        return Table(columns, cursor.fetchall())


def _hidden(name: str) -> list[str]:
    """What the database keeps of a row besides its columns: the writing transaction, the place."""
    if connection.vendor == "postgresql":
        return ["xmin::text::bigint AS xmin", "ctid::text AS ctid"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT wr FROM pragma_table_list WHERE name = %s", [name])
        [(without_rowid,)] = cursor.fetchall()
    return [] if without_rowid else ["rowid AS rowid"]
