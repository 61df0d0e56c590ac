"""The record still refuses UPDATE, DELETE and TRUNCATE; years that closed two years ago may go.

On PostgreSQL the site's role needs no DELETE for that: a function that belongs to the owner of the
tables does it, and the triggers let it take nothing younger. Heads of the chain never go.
"""

from django.db import migrations

RECORDS, SEALS, HEADS = TABLES = (
    "goedwerk_forum_auditrecord",
    "goedwerk_forum_auditseal",
    "goedwerk_forum_audithead",
)
FORGET = "goedwerk_forget_audit"
MESSAGE = "the audit record is append-only"

#: The first day of the oldest year that must stay, and the latest year that may go.
POSTGRESQL_KEPT = "make_date(extract(year FROM current_date)::int - 2, 1, 1)"
POSTGRESQL_YEAR = "extract(year FROM current_date)::int - 3"
SQLITE_KEPT = "date('now', 'start of year', '-2 years')"
SQLITE_YEAR = "CAST(strftime('%Y', 'now') AS INTEGER) - 3"


def _may_go(table, kept, year):
    """When a row may be deleted: a record by its day; a seal with its record, in a closed year."""
    if table == RECORDS:
        return f"OLD.day < {kept}"
    if table == SEALS:
        return (
            f"NOT EXISTS (SELECT 1 FROM {RECORDS} r WHERE r.id = OLD.record_id AND r.day >= {kept})"
            f" AND EXISTS (SELECT 1 FROM {HEADS} h"
            f" WHERE h.closes_year <= {year} AND h.sequence >= OLD.sequence)"
        )
    return None


def _postgresql(table):
    name = f"{table}_append_only"
    may_go = _may_go(table, POSTGRESQL_KEPT, POSTGRESQL_YEAR)
    exception = (
        f"IF TG_OP = 'DELETE' THEN IF {may_go} THEN RETURN OLD; END IF; END IF;" if may_go else ""
    )
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {exception}
            RAISE EXCEPTION '{MESSAGE}';
        END $$
        """,
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def _forget_postgresql():
    """Takes seals up to a number, with their records; returns how many."""
    return f"""
        CREATE OR REPLACE FUNCTION {FORGET}(up_to bigint) RETURNS bigint
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        DECLARE ids bigint[];
        BEGIN
            ids := ARRAY(SELECT record_id FROM {SEALS} WHERE sequence <= up_to);
            DELETE FROM {SEALS} WHERE sequence <= up_to;
            DELETE FROM {RECORDS} WHERE id = ANY(ids);
            RETURN cardinality(ids);
        END $$
    """


def _sqlite(table):
    may_go = _may_go(table, SQLITE_KEPT, SQLITE_YEAR)
    refusal = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    when = f"WHEN NOT ({may_go})" if may_go else ""
    return [
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refusal}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {when} {refusal}",
    ]


def add(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for statement in {"postgresql": _postgresql, "sqlite": _sqlite}[vendor](table):
            schema_editor.execute(statement, params=None)
    if vendor == "postgresql":
        schema_editor.execute(_forget_postgresql(), params=None)
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {FORGET}(bigint) FROM PUBLIC", params=None)


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        if is_postgresql:
            statement = f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE"
            schema_editor.execute(statement, params=None)
        else:
            for verb in ("update", "delete"):
                statement = f"DROP TRIGGER IF EXISTS {table}_{verb}"
                schema_editor.execute(statement, params=None)
    if is_postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {FORGET}(bigint)", params=None)


def replace(apps, schema_editor):
    remove(apps, schema_editor)
    add(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0013_audit_heads_and_unmasking")]

    operations = [migrations.RunPython(replace, remove)]
