"""The phrases that take the place of a finding, and how a site adds its own."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tomllib import loads
from typing import Any

Vocabulary = dict[str, Any]
"""The tables of ``data/abstractions.toml``: persons, regions, organisations, amounts and so on."""


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """The vocabulary of the package; pass an extended copy to ``find`` and ``abstract``."""
    return loads((files(__package__) / "data" / "abstractions.toml").read_text(encoding="utf-8"))


def read_vocabulary(path: str | Path) -> Vocabulary:
    """The default vocabulary with the phrases of a site's own file, which has the same layout."""
    return extend_vocabulary(loads(Path(path).read_text(encoding="utf-8")))


def extend_vocabulary(own: Vocabulary) -> Vocabulary:
    """A copy of the default with these parts.

    A table is added to: its own words are tried before those of the package. Any other part, such
    as the steps of an amount, takes the place of the default.
    """
    default = default_vocabulary()
    for name, value in own.items():
        if name not in default or type(value) is not type(default[name]):
            raise ValueError(f"no such part in the vocabulary: {name}")
    return default | {
        name: value | {key: rest for key, rest in default[name].items() if key not in value}
        if isinstance(value, dict)
        else value
        for name, value in own.items()
    }
