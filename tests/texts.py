"""The texts of the interface, as the catalogues would collect them: from Python and templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("forum/goedwerk_forum", "casestudies/goedwerk_casestudies", "site/goedwerk_site")
MARKED = re.compile(r"^_$|^n?p?gettext(_lazy|_noop)?$")
STRING = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
IN_TEMPLATE = re.compile(rf"\b[np]?gettext\(({STRING})(?:, *({STRING}))?")


def texts() -> Iterator[tuple[str, str]]:
    """(file, text) of every text in the interface, in Dutch."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix == ".py":
                yield from ((name, text) for text in in_python(path.read_text("utf-8")))
            elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
                yield from ((name, text) for text in in_template(path.read_text("utf-8")))


def in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and MARKED.match(_name(node.func)):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def in_template(source: str) -> Iterator[str]:
    for found in IN_TEMPLATE.finditer(templatize(source)):
        yield from (ast.literal_eval(text) for text in found.groups() if text)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""
