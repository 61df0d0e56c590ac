"""The word and name lists of the package, each read once and only when needed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _body(name: str) -> list[str]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of single words, separated by white space."""
    found: set[str] = set()
    for line in _body(name):
        found.update(line.split())
    return frozenset(found)


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """A list of names of one or more words, one on each line."""
    return tuple(_body(name))


@cache
def table_of(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of rows with fields separated by ``;``."""
    return tuple(tuple(field.strip() for field in line.split(";")) for line in _body(name))
