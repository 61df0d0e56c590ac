"""Fails where a text lacks a translation, one is doubtful, or a compiled catalogue is out of date.

Works on a copy: nothing in the repository changes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from catalogues import (
    LANGUAGES,
    PACKAGES,
    ROOT,
    catalogue,
    collect,
    compile_catalogue,
    compiled_texts,
    need_gettext,
)

SHOWN = 10


def texts(path: Path, *filters: str) -> list[str]:
    """The msgids in a catalogue that pass the filters of msgattrib."""
    listed = subprocess.run(
        ["msgattrib", "--no-wrap", "--no-location", *filters, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [text for text in re.findall(r'^msgid "(.*)"$', listed.stdout, re.M) if text]


def told(label: str, found: list[str]) -> Iterator[str]:
    if found:
        more = f"\n    … and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        shown = "".join(f"\n    {text}" for text in found[:SHOWN])
        yield f"{label}: {len(found)}{shown}{more}"


def problems(name: str, copy: Path) -> Iterator[str]:
    collect(copy)
    for language in LANGUAGES:
        fresh = catalogue(copy, language)
        if not fresh.exists():
            continue
        where = f"{name} ({language})"
        yield from told(f"{where}: without translation", texts(fresh, "--untranslated"))
        yield from told(f"{where}: doubtful (fuzzy)", texts(fresh, "--only-fuzzy"))
        compiled = fresh.with_suffix(".fresh.mo")
        compile_catalogue(fresh, compiled)
        if compiled_texts(compiled) != compiled_texts(
            catalogue(ROOT / name, language).with_suffix(".mo")
        ):
            yield f"{where}: the compiled catalogue is out of date"


def main() -> int:
    need_gettext()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in PACKAGES:
            copy = Path(folder) / Path(name).name
            shutil.copytree(ROOT / name, copy, ignore=shutil.ignore_patterns("static", "*.pyc"))
            found += problems(name, copy)
    for problem in found:
        print(problem)
    if found:
        print("Mend: make messages, translate what is empty in locale/en, make messages again.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
