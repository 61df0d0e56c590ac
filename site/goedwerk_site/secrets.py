"""Secrets: from the file that ``NAME_FILE`` names, else from ``NAME``, else made for a demo."""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured


def secret(env: environ.Env, name: str, default: str | None = None) -> str:
    """The secret called ``name``.

    Raises:
        ImproperlyConfigured: neither the file nor the variable is there, and no default given.
    """
    path = env(f"{name}_FILE", default="")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE points to {path}: {error.strerror}.") from None
    value = env(name, default=default)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, or {name}_FILE to a file that holds it."
        )
    return str(value)


def secret_key(env: environ.Env, data_dir: Path, *, generate: bool) -> str:
    """Django's SECRET_KEY; with ``generate`` one is made once and kept in ``data_dir``."""
    if not generate or env("SECRET_KEY", default="") or env("SECRET_KEY_FILE", default=""):
        return secret(env, "SECRET_KEY")
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")
