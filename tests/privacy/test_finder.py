"""What the finder promises to those who call it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goedwerk_privacy import DIRECT_KINDS, KINDS, QUASI_KINDS, Finding, Severity, find
from goedwerk_privacy.kinds import INFO

FORUM = Path(__file__).resolve().parents[2] / "forum"


def marked(text: str, kind: str | None = None) -> list[str]:
    return [text[one.start : one.end] for one in find(text) if kind in (None, one.kind)]


def kinds(text: str) -> list[str]:
    return [one.kind for one in find(text)]


def test_an_empty_text_has_no_findings() -> None:
    assert find("") == []


def test_kinds_are_direct_then_quasi() -> None:
    assert KINDS == DIRECT_KINDS + QUASI_KINDS
    assert len(KINDS) == 19


def test_a_finding_points_into_the_text_as_given() -> None:
    text = "Ik sprak met Fa\u00adtima\u00a0El Amrani."
    (finding,) = find(text)
    assert text[finding.start : finding.end] == "Fa\u00adtima\u00a0El Amrani"
    assert finding.kind == "person"
    assert finding.severity is Severity.MUST


def test_a_loose_accent_belongs_to_its_letter() -> None:
    text = "Toen belde Rene\u0301e mij op."
    assert marked(text, "person") == ["Rene\u0301e"]


def test_severity_is_a_plain_word() -> None:
    assert [str(one) for one in Severity] == ["must", "should", "hint"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_why_in_short_sentences(kind: str) -> None:
    for why in (INFO[kind].why_nl, INFO[kind].why_en):
        assert why.endswith((".", "?"))
        assert max(len(sentence.split()) for sentence in why.split(". ")) <= 15


def test_a_finding_cannot_be_changed() -> None:
    finding = Finding(0, 1, "person", Severity.MUST, ("[collega A]",))
    with pytest.raises(AttributeError):
        finding.start = 2  # type: ignore[misc]


def test_overlap_goes_to_the_stronger_finding() -> None:
    text = "Mail jan.jansen@voorbeeldstad.nl even."
    assert kinds(text) == ["email"]


def test_what_is_left_of_a_name_stays_marked() -> None:
    text = "Het was Els van Inspectie SZW die belde."
    assert marked(text) == ["Els", "Inspectie SZW"]


def test_importing_reads_no_lists_and_no_django() -> None:
    code = (
        "import sys, goedwerk_privacy as p; from goedwerk_privacy.lists import words_of;"
        "assert not words_of.cache_info().currsize;"
        "assert not {'django', 'wagtail', 'phonenumbers'} & set(sys.modules);"
        "p.find('Jan'); assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=FORUM)


@pytest.mark.parametrize(
    "path", sorted((FORUM / "goedwerk_privacy" / "data").iterdir()), ids=lambda path: path.name
)
def test_each_list_tells_its_source_date_and_licence(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    assert all(line.startswith("#") for line in head)
    assert "source:" in head[1]
    assert "date:" in head[2]
    assert "licence:" in head[2]
