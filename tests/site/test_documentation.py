"""Links of the documentation lead somewhere, and its pictures are those that can be made anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pictures

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOTS = [shot.name for one in pictures.VISITS.values() for shot in one.all_shots()]


def linked(page: Path) -> list[Path]:
    """The files that a page links to, or shows."""
    found = re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8"))
    return [(page.parent / to).resolve() for to in found if not re.match(r"\w+:", to)]


def are_pictures(path: Path) -> bool:
    return path.parent == ROOT / "docs" / "screenshots"


def headings(page: Path, to: str) -> set[str]:
    """Names of the headings of a page, or of the page it links to."""
    text = (page.parent / to if to else page).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_no_two_pictures_have_one_name():
    assert sorted(SHOTS) == sorted(set(SHOTS))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page):
    assert [to for to in linked(page) if not to.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_on_a_page_is_one_that_the_script_makes(page):
    shown = {to.name for to in linked(page) if are_pictures(to)}
    assert shown - pictures.names() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_heading_finds_it(page):
    found = re.findall(r"\]\(([^)\s#:]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    assert [(to, name) for to, name in found if name not in headings(page, to)] == []


def test_how_to_pages_show_what_they_tell_of():
    pages = [page for page in PAGES if page.parent.name == "how-to"]
    without = {page.stem for page in pages if not any(map(are_pictures, linked(page)))}
    assert without == {"add-a-check", "run-and-test", "stories-in-your-own-site"}
