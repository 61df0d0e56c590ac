"""What the site's role may do in PostgreSQL: all it needs, and nothing to the record but add.

The tables belong to another role, which runs the migrations and serves no page.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from .models import AuditHead, AuditRecord, AuditSeal

#: May be read and added to.
RECORD = (AuditRecord, AuditSeal, AuditHead)
TOO_MUCH = ("UPDATE", "DELETE", "TRUNCATE")
#: From this version on tables can be vacuumed by who does not own them.
MAINTAIN_SINCE = 170000


def grants(role: str) -> Iterator[str]:
    """The statements that give ``role`` what the site needs; to be run by the owner."""
    name = connection.ops.quote_name(role)
    everywhere = "IN SCHEMA public"
    yield f"GRANT USAGE ON SCHEMA public TO {name};"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES {everywhere} TO {name};"
    yield f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES {everywhere} TO {name};"
    if _version() >= MAINTAIN_SINCE:
        yield f"GRANT MAINTAIN ON ALL TABLES {everywhere} TO {name};"
    for model in RECORD:
        table = connection.ops.quote_name(model._meta.db_table)
        yield f"REVOKE {', '.join(TOO_MUCH)}, TRIGGER ON {table} FROM {name};"
    yield f"GRANT EXECUTE ON FUNCTION goedwerk_forget_audit(bigint) TO {name};"


def give(role: str, password: str = "") -> None:
    """Gives ``role`` what the site needs, all or nothing, as the owner of the tables.

    With a password the role is made where it is missing, and signs in with it from now on.
    """
    name = connection.ops.quote_name(role)
    with transaction.atomic(), connection.cursor() as cursor:
        if password:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            cursor.execute(f"{verb} ROLE {name} LOGIN PASSWORD %s", [password])
        for statement in grants(role):
            cursor.execute(statement)


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def too_much() -> list[str]:
    """What the role of this connection may do to the record and should not; on SQLite nothing.

    Who owns the tables, or is a superuser, may do everything.
    """
    if connection.vendor != "postgresql":
        return []
    found: set[str] = set()
    with connection.cursor() as cursor:
        for model in RECORD:
            for right in TOO_MUCH:
                cursor.execute(
                    "SELECT has_table_privilege(current_user, %s, %s)",
                    [model._meta.db_table, right],
                )
                found |= {right} if cursor.fetchone()[0] else set()
    return [right for right in TOO_MUCH if right in found]
