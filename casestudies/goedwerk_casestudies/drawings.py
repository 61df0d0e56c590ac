"""The shipped drawings: one partial template each, made of the three shapes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "templates" / "goedwerk_casestudies" / "drawings"


def DRAWINGS() -> list[tuple[str, str]]:  # noqa: N802 - read by the model field as choices
    """(name, label) of each drawing that is shipped."""
    return [
        (path.stem, path.stem.replace("-", " ").capitalize())
        for path in sorted(FOLDER.glob("*.html"))
    ]


@cache
def template_of(name: str) -> str:
    """The template of a drawing; empty where there is no such drawing (any more)."""
    known = name in dict(DRAWINGS())
    return f"goedwerk_casestudies/drawings/{name}.html" if known else ""
