"""The reference names every setting that exists, with the default that it has."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from goedwerk_casestudies.conf import StoriesConf
from goedwerk_forum.conf import ForumConf

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
#: Set by the test settings only.
NOT_FOR_SITES = {"GOEDWERK_TESTING"}


def rows() -> dict[str, list[str]]:
    """First cell -> the other cells, of every table row that starts with a name in code."""
    found = {}
    for line in REFERENCE.splitlines():
        if line.startswith("| `"):
            name, *cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            found |= dict.fromkeys(re.findall(r"`(\w+)`", name), cells)
    return found


SETTINGS = [*fields(ForumConf), *fields(StoriesConf)]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_of_the_plugin_is_described(setting):
    default = rows()[setting.name][0]
    shown = str(setting.default) if not isinstance(setting.default, str) else setting.default
    assert shown.replace("'", '"') in default.strip('`"')


def test_variables_of_the_site_are_described():
    source = "".join(
        (ROOT / path).read_text(encoding="utf-8")
        for path in ("site/goedwerk_site/settings.py", "site/gunicorn.conf.py")
    )
    used = set(re.findall(r'(?:env(?:\.\w+)?|environ\.get)\(\s*"([A-Z_]+)"', source))
    assert used - NOT_FOR_SITES - set(rows()) == set()
    assert "GOEDWERK_DATA_DIR" in used
