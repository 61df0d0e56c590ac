"""A check that another, really installed package brings by an entry point; the docs' example."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from goedwerk_forum.checks import Context, Level, registry
from goedwerk_forum.checks.base import FAILED
from goedwerk_forum.checks.verdict import run_checks
from goedwerk_forum.system_checks import checks_can_be_loaded

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-check.md"


def examples():
    """The code blocks of the page, by language."""
    return re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def of_language(name):
    return [code for language, code in examples() if language == name]


@pytest.fixture(autouse=True)
def checks_read_anew():
    registry.all_checks.cache_clear()
    yield
    registry.all_checks.cache_clear()


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs a distribution: its module, and the metadata an installer writes."""

    def install(module, code, entry_points):
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(entry_points, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, module, raising=False)

    return install


def as_entry_points(toml):
    """What an installer makes of the table in pyproject.toml."""
    group = re.search(r'entry-points\."([^"]+)"', toml)[1]
    pairs = re.findall(r'^(\w+) = "([^"]+)"', toml, re.MULTILINE)
    return f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in pairs)


def test_example_of_the_docs_works_as_an_installed_package(installed):
    code, toml = of_language("python")[0], of_language("toml")[0]
    installed("yourpackage", code, as_entry_points(toml))
    text = "Dat was nog voor Project Zilvermeeuw begon."
    findings = [one for one in run_checks(text, Context()) if one.check == "shibboleth"]
    assert [(one.level, text[one.start : one.end]) for one in findings] == [
        (Level.RETURN, "Project Zilvermeeuw")
    ]
    assert checks_can_be_loaded() == []


def test_example_with_a_threshold_works(installed):
    code = of_language("python")[1]
    installed("yourwords", code, "[goedwerk_forum.checks]\nlong = yourwords:LongWords\n")
    text = "Het was een gebruikersvriendelijkheidsverklaringen."
    found = {
        threshold: [
            one.check
            for one in registry.check_by_code("long_words").run(text, Context(threshold=threshold))
        ]
        for threshold in (None, 40)
    }
    assert found == {None: ["long_words"], 40: []}


def test_without_such_a_package_there_are_the_shipped_checks():
    assert [type(check) for check in registry.all_checks()] == list(registry.SHIPPED)


@pytest.mark.parametrize("code", ["raise ImportError('geheim')\n", "Wrong = 5\n", ""])
def test_package_that_cannot_be_loaded_holds_texts_and_stops_the_start(installed, code):
    installed("brokenpackage", code, "[goedwerk_forum.checks]\nbroken = brokenpackage:Wrong\n")
    findings = [one for one in run_checks("Een rustige zin.", Context()) if one.check == "broken"]
    assert [(one.level, one.kind) for one in findings] == [(Level.HOLD, FAILED)]
    assert [error.id for error in checks_can_be_loaded()] == ["goedwerk_forum.E006"]


def test_two_checks_with_one_code_stop_the_start(installed):
    code = of_language("python")[0].replace('"shibboleth"', '"conduct"')
    installed("twice", code, "[goedwerk_forum.checks]\ntwice = twice:Shibboleth\n")
    assert "conduct" in str(checks_can_be_loaded()[0])
