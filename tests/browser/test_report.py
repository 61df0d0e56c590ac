"""A real report on its way to a story: each name in it is marked before anything can be published.

The documents are those in the folder that ``GOEDWERK_REPORTS`` names, two of them, with the names
that are in them one a line in the file that ``GOEDWERK_REPORT_NAMES`` names; without these, the
project's own fictional report, as a Word file and as a PDF that Chromium printed.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from bar import explanations
from playwright.sync_api import Browser, Page, expect

import report_files as files
from live import LiveSite
from live.examiner import Examiner
from live.people import sign_in_to_admin

pytestmark = pytest.mark.browser

REPORTS, NAMES = os.environ.get("GOEDWERK_REPORTS"), os.environ.get("GOEDWERK_REPORT_NAMES")

#: The words of an element, each piece with whether it is marked.
PIECES = """element => {
  const pieces = [];
  const walk = (node, marked) => {
    if (node.nodeType === Node.TEXT_NODE) pieces.push([node.data, marked]);
    for (const child of node.childNodes) walk(child, marked || child.nodeName === "MARK");
  };
  walk(element, false);
  return pieces;
}"""


@dataclass(frozen=True)
class Document:
    path: Path
    names: list[str]


def given_documents() -> list[Document]:
    """The two that hold most of the names."""
    names = Path(NAMES or "").read_text(encoding="utf-8").split("\n")
    found = []
    for path in sorted(Path(REPORTS or "").iterdir()):
        text = path.read_text(encoding="utf-8", errors="replace")
        found.append(Document(path, [name for name in names if name and name in text]))
    return sorted(found, key=lambda document: -len(document.names))[:2]


def own_documents(browser: Browser, folder: Path) -> list[Document]:
    word, pdf = folder / "verslag.docx", folder / "verslag.pdf"
    word.write_bytes(files.docx(files.depot()))
    page = browser.new_page()
    body = "".join(
        f"<h{level}>{text}</h{level}>" if level else f"<p>{text}</p>"
        for level, text in files.depot()
    )
    page.set_content(f"<html lang=nl><style>p {{text-align: justify}}</style>{body}")
    page.pdf(
        path=pdf,
        format="A4",
        display_header_footer=True,
        header_template="<span style='font-size:8px'>Terugblik, versie 2</span>",
        footer_template="<span class=pageNumber style='font-size:8px'></span>",
        margin={"top": "25mm", "bottom": "25mm", "left": "25mm", "right": "25mm"},
    )
    page.close()
    return [Document(word, files.depot_names()), Document(pdf, files.depot_names())]


@pytest.fixture
def documents(browser, tmp_path) -> list[Document]:
    return given_documents() if REPORTS else own_documents(browser, tmp_path)


def import_whole(page: Page, document: Document) -> list[str]:
    """Brings it in and chooses all of it; returns the addresses of what was made."""
    page.goto("/beheer/inzendingen/")
    before = bench_addresses(page)
    page.get_by_role("link", name="Verslag importeren").first.click()
    page.get_by_label("Verslag").set_input_files(document.path)
    page.get_by_role("button", name="Lees het verslag").click()
    expect(page.get_by_role("heading", name="Kies de onderdelen")).to_be_visible()
    for box in page.locator(".gw-part--1 input").all():
        box.check()
    page.get_by_role("button", name="Maak er inzendingen van").click()
    expect(page.get_by_text(re.compile("klaar om te bewerken"))).to_be_visible()
    page.goto("/beheer/inzendingen/")
    return [address for address in bench_addresses(page) if address not in before]


def bench_addresses(page: Page) -> list[str]:
    links = page.locator("main td a[href^='/beheer/inzendingen/']")
    return links.evaluate_all("all => all.map(one => one.getAttribute('href'))")


def unmarked(pieces: list[tuple[str, bool]], names: list[str]) -> tuple[set[str], set[str]]:
    """(names that occur, those of which a letter is not marked somewhere)."""
    text = "".join(words for words, _marked in pieces)
    marked = [is_marked for words, is_marked in pieces for _letter in words]
    seen, missed = set(), set()
    for name in names:
        for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            seen.add(name)
            letters = [at for at in range(*place.span()) if text[at].isalnum()]
            if not all(marked[at] for at in letters):
                missed.add(name)
    return seen, missed


def pages_of(site: LiveSite) -> int:
    return site.rows("SELECT count(*) FROM wagtailcore_page")[0][0]


def make_page_by_force(page: Page, address: str) -> int:
    """What the form would send, had the page one; returns the status."""
    page.goto(f"{address}")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    index = page.evaluate("() => document.querySelector('[name=version]').value")
    answer = page.request.post(
        f"{address}pagina/",
        form={"csrfmiddlewaretoken": token, "version": index, "parent": "1"},
        headers={"Referer": page.url},
    )
    return answer.status


def test_each_name_is_marked_and_no_page_is_made(demo, visit, documents):
    page = visit(demo, viewport={"width": 1280, "height": 900})
    sign_in_to_admin(page, "redacteur", demo.seeded["password"])
    before = pages_of(demo)
    for document in documents:
        assert document.names
        seen: set[str] = set()
        missed: set[str] = set()
        addresses = import_whole(page, document)
        assert addresses
        for address in addresses:
            page.goto(address)
            here: set[str] = set()
            for part in page.locator(".gw-words--raw").all():
                in_part, unmarked_in_part = unmarked(part.evaluate(PIECES), document.names)
                here |= in_part
                missed |= unmarked_in_part
            seen |= here
            refused(page, address, has_names=bool(here))
        assert not missed, f"{document.path.name}: not marked: {sorted(missed)}"
        assert seen == set(document.names), f"not seen: {set(document.names) - seen}"
    assert pages_of(demo) == before


def refused(page: Page, address: str, *, has_names: bool) -> None:
    """With names undecided there is no button, and what is sent anyway makes no page."""
    page.goto(f"{address}pagina/")
    expect(page.get_by_text("Dat kan nog niet. Eerst dit:")).to_be_visible()
    if has_names:
        expect(page.get_by_text(re.compile(r"nog niets beslist\."))).to_be_visible()
    expect(page.get_by_role("button", name="Maak het concept")).to_have_count(0)
    assert make_page_by_force(page, address) in {409, 422}


def test_the_pages_of_an_import_pass_the_bar(demo, visit, tmp_path):
    page = visit(demo, script=True)
    sign_in_to_admin(page, "redacteur", demo.seeded["password"])
    examiner = Examiner(page, demo, explanations("admin"), "main")
    examiner.look("upload", "/beheer/verslag-importeren/")
    broken, good = tmp_path / "kapot.pdf", tmp_path / "verslag.docx"
    broken.write_bytes(b"%PDF-1.7 kapot")
    good.write_bytes(files.docx(files.depot()))
    page.get_by_label("Verslag").set_input_files(broken)
    page.get_by_role("button", name="Lees het verslag").click()
    expect(page.get_by_text("Dit bestand is beschadigd")).to_be_visible()
    examiner.look("upload, broken")
    page.get_by_label("Verslag").set_input_files(good)
    page.get_by_role("button", name="Lees het verslag").click()
    expect(page.get_by_role("heading", name="Kies de onderdelen")).to_be_visible()
    examiner.look("choose")
    page.get_by_role("button", name="Maak er inzendingen van").click()
    expect(page.get_by_text("Kies ten minste één onderdeel")).to_be_visible()
    examiner.look("choose, nothing chosen")
    page.get_by_role("button", name="Gooi het verslag weg").click()
    expect(page.get_by_text("Er is niets van bewaard")).to_be_visible()
    assert not examiner.problems, "\n".join(examiner.problems)
