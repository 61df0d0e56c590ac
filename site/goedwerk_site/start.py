"""Starting the site, its workers, its commands: what is wrong is a sentence, not a traceback."""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import SystemCheckError


def explain(error: Exception) -> str | None:
    """What is wrong and what mends it; None where only the traceback can tell."""
    from django.db import DatabaseError

    from goedwerk_forum.errors import KeyMissing

    if isinstance(error, (ImproperlyConfigured, SystemCheckError)):
        return f"The site cannot start: {error}"
    if isinstance(error, KeyMissing):
        return _missing_key()
    if isinstance(error, DatabaseError):
        return _database_trouble()
    return None


def _missing_key() -> str:
    from goedwerk_forum.conf import conf

    return (
        f"An identity key is missing in {conf().KEYS_DIR}, or cannot be read. Restore it from its "
        "backup; on a new site make the keys with: python site/manage.py goedwerk_keys"
    )


def _database_trouble() -> str | None:
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database is not migrated. Run: python site/manage.py migrate"
    except DatabaseError:
        return _unreachable(settings.DATABASES["default"])
    return None


def _unreachable(database: dict[str, Any]) -> str:
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return (
            f"The database file {database['NAME']} cannot be opened. Make its folder, let this "
            "account write there, or set DATABASE_URL."
        )
    return (
        f"The database {database['NAME']} on {database['HOST'] or 'this machine'} does not answer. "
        "Is it started, and is DATABASE_URL right?"
    )


def require_settings() -> None:
    """Loads settings and apps, and runs the system checks; ends the program where one fails."""
    import django
    from django.core import checks

    try:
        django.setup()
        problems = [found for found in checks.run_checks() if found.is_serious()]
    except ImproperlyConfigured as error:
        sys.exit(explain(error))
    if problems:
        sys.exit("The site cannot start: " + "\n".join(str(found) for found in problems))
