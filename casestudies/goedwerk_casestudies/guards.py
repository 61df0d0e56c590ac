"""Triggers that refuse what no signal tells: a story made live without any clearance.

They are laid after each migration, for the page types of that moment, and lifted before one:
SQLite rebuilds tables when it changes them, and a trigger would stand in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from wagtail.models import Page

from .clearance import story_models

NAME = "goedwerk_story_needs_clearance"
MESSAGE = "a story goes live with a clearance only"
EVENTS = {"insert": "INSERT", "update": "UPDATE OF live"}


def lift(using: str, plan: Any = None, **_kwargs: Any) -> None:
    """Before a migration that does something."""
    if plan:
        _run(connections[using], _without(connections[using].vendor))


def lay(using: str, **_kwargs: Any) -> None:
    """After every migration; nothing where the tables are not there (any more)."""
    from .models import Clearance

    connection = connections[using]
    tables = connection.introspection.table_names()
    if not {Page._meta.db_table, Clearance._meta.db_table} <= set(tables):
        return
    _run(connection, _without(connection.vendor))
    _run(connection, _with(connection.vendor))


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _without(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"DROP FUNCTION IF EXISTS {NAME}() CASCADE"
    else:
        yield from (f"DROP TRIGGER IF EXISTS {NAME}_{name}" for name in EVENTS)


def _with(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {_uncleared()} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23514'; "
            "END IF; RETURN NEW; END $$"
        )
    for name, event in EVENTS.items():
        before = (
            f"CREATE TRIGGER {NAME}_{name} BEFORE {event} ON {Page._meta.db_table} FOR EACH ROW"
        )
        if vendor == "postgresql":
            yield f"{before} EXECUTE FUNCTION {NAME}()"
        else:
            yield f"{before} WHEN {_uncleared()} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"


def _uncleared() -> str:
    """The condition under which the new row is refused; an alias is judged at reading."""
    from .models import Clearance

    types = " OR ".join(
        f"(app_label = '{model._meta.app_label}' AND model = '{model._meta.model_name}')"
        for model in story_models()
    )
    # Every part is a name of ours.
    story = f"NEW.content_type_id IN (SELECT id FROM django_content_type WHERE {types})"  # noqa: S608
    opens = f"page_id = NEW.id AND standing = '{Clearance.Standing.OPEN}'"
    signed = f"EXISTS (SELECT 1 FROM {Clearance._meta.db_table} WHERE {opens})"  # noqa: S608
    return f"NEW.live AND NEW.alias_of_id IS NULL AND {story} AND NOT {signed}"
