"""The full-text index of the database: FTS5 on SQLite, a GIN index on PostgreSQL.

Both follow the rows of ``SearchEntry`` by themselves. A trigger takes the row of a contribution
away as soon as its readable text changes, whoever changes it and however: what is withdrawn or
hidden is gone from the index in the same statement.

All of it is laid after each migration and lifted before one: SQLite rebuilds tables when it
changes them, and a trigger would stand in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django_comments.models import Comment

from ..models import SearchEntry
from .words import PREFIX_FROM, Question, stem

TABLE = SearchEntry._meta.db_table
COMMENTS = Comment._meta.db_table
INDEX = "goedwerk_search_index"
GONE = "goedwerk_search_text_gone"
FOLLOW = {"insert": "INSERT", "delete": "DELETE", "update": "UPDATE OF title_terms, terms"}
#: How much more a word in a title weighs.
TITLE_WEIGHT = 6.0
VECTOR = (
    "(setweight(to_tsvector('simple', {0}title_terms), 'A') || "
    "setweight(to_tsvector('simple', {0}terms), 'C'))"
)


# --- laying it -------------------------------------------------------------------------------


def lift(using: str, plan: Any = None, **_kwargs: Any) -> None:
    """Before a migration that does something."""
    if plan:
        _run(connections[using], _without(connections[using].vendor))


def lay(using: str, plan: Any = None, **_kwargs: Any) -> None:
    """After every migration; nothing where the tables are not there (any more)."""
    database = connections[using]
    tables = set(database.introspection.table_names())
    if not {TABLE, COMMENTS} <= tables:
        return
    _run(database, _without(database.vendor))
    _run(database, _with(database.vendor))
    if database.vendor == "sqlite" and (plan or INDEX not in tables):
        _run(database, iter([_told("rebuild")]))


def _run(database: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _without(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"DROP FUNCTION IF EXISTS {GONE}() CASCADE"
    else:
        yield from (f"DROP TRIGGER IF EXISTS {INDEX}_{name}" for name in FOLLOW)
        yield f"DROP TRIGGER IF EXISTS {GONE}"


# Every part of the statements below is a name of ours, except what is asked.
def _with(vendor: str) -> Iterator[str]:
    drop = f"DELETE FROM {TABLE} WHERE contribution_id = OLD.id"  # noqa: S608
    if vendor == "postgresql":
        yield (
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} "
            f"USING gin ({VECTOR.format('')}) WITH (fastupdate = off)"
        )
        yield (
            f"CREATE FUNCTION {GONE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{drop}; RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {GONE} AFTER UPDATE OF comment ON {COMMENTS} FOR EACH ROW "
            f"WHEN (OLD.comment IS DISTINCT FROM NEW.comment) EXECUTE FUNCTION {GONE}()"
        )
        return
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(title_terms, terms, "
        f"content='{TABLE}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    yield from _following()
    yield (
        f"CREATE TRIGGER {GONE} AFTER UPDATE OF comment ON {COMMENTS} "
        f"WHEN OLD.comment IS NOT NEW.comment BEGIN {drop}; END"
    )


def _following() -> Iterator[str]:
    columns = "rowid, title_terms, terms"
    new = f"INSERT INTO {INDEX} ({columns}) VALUES (NEW.id, NEW.title_terms, NEW.terms);"  # noqa: S608
    old = (
        f"INSERT INTO {INDEX} ({INDEX}, {columns}) "  # noqa: S608
        "VALUES ('delete', OLD.id, OLD.title_terms, OLD.terms);"
    )
    does = {"insert": new, "delete": old, "update": old + new}
    for name, event in FOLLOW.items():
        yield f"CREATE TRIGGER {INDEX}_{name} AFTER {event} ON {TABLE} BEGIN {does[name]} END"


def wipe_traces() -> None:
    """What was taken out leaves the index's own pages too: SQLite only crosses it out at first."""
    if connection.vendor == "sqlite":
        _run(connection, iter([_told("optimize")]))


def _told(command: str) -> str:
    """FTS5 takes its commands as rows."""
    return f"INSERT INTO {INDEX} ({INDEX}) VALUES ('{command}')"  # noqa: S608


# --- asking it -------------------------------------------------------------------------------


def matching(question: Question, among: QuerySet[SearchEntry], most: int) -> list[tuple[Any, ...]]:
    """(id, what, kind, lens, page id, day) of the ``most`` entries that fit best, best first.

    One query, the condition ``among`` included: what may not be read is not even counted.
    """
    sql, parameters = among.order_by().values("pk").query.sql_with_params()
    columns = ", ".join(f"e.{name}" for name in ("id", "what", "kind", "lens", "page_id", "day"))
    query, terms = _query(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            query.format(columns=columns, among=sql),
            [terms(question), *parameters, most],
        )
        rows = cursor.fetchall()
    day = SearchEntry._meta.get_field("day")
    return [(*row[:5], day.to_python(row[5])) for row in rows]


def _query(vendor: str) -> tuple[str, Any]:
    if vendor == "postgresql":
        vector = VECTOR.format("e.")
        return (
            f"SELECT {{columns}} FROM {TABLE} e, to_tsquery('simple', %s) asked "  # noqa: S608
            f"WHERE {vector} @@ asked AND e.id IN ({{among}}) "
            f"ORDER BY ts_rank({vector}, asked) DESC, e.id LIMIT %s",
            _for_postgresql,
        )
    return (
        f"SELECT {{columns}} FROM {INDEX} JOIN {TABLE} e ON e.id = {INDEX}.rowid "  # noqa: S608
        f"WHERE {INDEX} MATCH %s AND e.id IN ({{among}}) "
        f"ORDER BY bm25({INDEX}, {TITLE_WEIGHT}, 1.0), e.id LIMIT %s",
        _for_sqlite,
    )


def _for_sqlite(question: Question) -> str:
    words = [
        f'("{stem(word)}" OR "{word}"*)' if len(word) >= PREFIX_FROM else f'("{stem(word)}")'
        for word in question.words
    ]
    phrases = [f'"{" ".join(map(stem, phrase))}"' for phrase in question.phrases]
    return " AND ".join(words + phrases)


def _for_postgresql(question: Question) -> str:
    words = [
        f"('{stem(word)}' | '{word}':*)" if len(word) >= PREFIX_FROM else f"'{stem(word)}'"
        for word in question.words
    ]
    phrases = ["(" + " <-> ".join(f"'{stem(word)}'" for word in p) + ")" for p in question.phrases]
    return " & ".join(words + phrases)
