"""Environment variables as settings: a wrong one is named, with what it should be."""

from __future__ import annotations

import warnings
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

ENGINES = {
    "django.db.backends.sqlite3": "sqlite",
    "django.db.backends.postgresql": "postgres",
}


class Environment(environ.Env):
    """django-environ, with a sentence where it would leave a ``ValueError``."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        """The value of ``var``.

        Raises:
            ImproperlyConfigured: it is missing, or not of the kind that is asked for.
        """
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError:
            given = self.ENVIRON.get(var, "")
            raise ImproperlyConfigured(f"{var} is '{given}', but must be a number.") from None

    def database(self, default: str) -> dict[str, Any]:
        """DATABASE_URL as Django's settings of a database.

        Raises:
            ImproperlyConfigured: it names another database than SQLite or PostgreSQL.
        """
        try:
            with warnings.catch_warnings(action="ignore"):
                settings = self.db("DATABASE_URL", default=default)
        except (ValueError, KeyError):
            settings = {}
        if settings.get("ENGINE") not in ENGINES:
            raise ImproperlyConfigured(
                "DATABASE_URL must look like postgres://user@host:5432/name or "
                "sqlite:////folder/file.sqlite3."
            )
        return dict(settings)
