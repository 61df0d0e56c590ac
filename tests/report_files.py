"""Reports as files of each kind, made from the project's own fictional report or from a test."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from textwrap import wrap

FOLDER = Path(__file__).parent / "reports"
DEPOT = FOLDER / "het-depot.md"

#: (level, text); level 0 is a paragraph.
Blocks = list[tuple[int, str]]


def depot() -> Blocks:
    return blocks_of(DEPOT.read_text(encoding="utf-8"))


def depot_names() -> list[str]:
    return (FOLDER / "het-depot.names").read_text(encoding="utf-8").splitlines()


def blocks_of(markdown: str) -> Blocks:
    blocks = []
    for paragraph in markdown.strip().split("\n\n"):
        marks = re.match(r"#*", paragraph)[0]
        blocks.append((len(marks), paragraph[len(marks) :].strip()))
    return blocks


# --- Word ------------------------------------------------------------------------------------


def docx(blocks: Blocks, change=None) -> bytes:
    """``change(document)`` adds what a test is about."""
    from docx import Document

    document = Document()
    for level, text in blocks:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    if change:
        change(document)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


# --- OpenDocument ----------------------------------------------------------------------------


def odt(blocks: Blocks, change=None) -> bytes:
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    document.body.clear()
    for level, text in blocks:
        document.body.append(Header(level, text) if level else Paragraph(text))
    if change:
        change(document)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


# --- any package -----------------------------------------------------------------------------


def with_part(package: bytes, name: str, content: bytes, replace=None) -> bytes:
    """The package with one part more, or with ``replace`` (old, new) done in that part."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == name:
                data = data.replace(*replace) if replace else content
            new.writestr(part, data)
        if name not in old.namelist():
            new.writestr(name, content)
    return target.getvalue()


# --- PDF -------------------------------------------------------------------------------------

#: Lines on a page, and points from one to the next.
_LINES, _LEAD = 42, 15


def pdf(blocks: Blocks, *, header: str = "", footer: str = "", information: str = "") -> bytes:
    """Pages of set lines as a word processor writes them; words are broken at the line's end."""
    return _file(_pages(blocks), header, footer, information)


def _pages(blocks: Blocks) -> list[list[tuple[str, int, str]]]:
    """Lines as (font, size, text), "" between paragraphs."""
    lines: list[tuple[str, int, str]] = []
    for level, text in blocks:
        font, size = ("F2", 20 - 3 * level) if level else ("F1", 11)
        lines += [(font, size, line) for line in _set(text, 80 if not level else 55)]
        lines.append(("F1", 11, ""))
    return [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)] or [[]]


def _set(text: str, width: int) -> Iterable[str]:
    """Broken into lines; a long lower-case word at the end of one is hyphenated."""
    lines = wrap(text, width)
    for number, line in enumerate(lines[:-1]):
        first, _space, rest = lines[number + 1].partition(" ")
        if number % 3 == 0 and len(first) > 9 and first.isalpha() and first.islower():
            lines[number] = f"{line} {first[:5]}-"
            lines[number + 1] = f"{first[5:]} {rest}"
    return lines


def _shown(font: str, size: int, x: int, y: int, text: str) -> str:
    escaped = re.sub(r"([\\()])", r"\\\1", text)
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def _file(pages: list[list[tuple[str, int, str]]], header: str, footer: str, info: str) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids "
        f"[{' '.join(f'{6 + 2 * number} 0 R' for number in range(len(pages)))}] >>",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        content = _shown("F1", 8, 72, 810, header) if header else ""
        for place, (font, size, text) in enumerate(lines):
            if text:
                content += _shown(font, size, 72, 760 - _LEAD * place, text)
        if footer:
            content += _shown("F1", 8, 72, 30, footer.format(page=number + 1, of=len(pages)))
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        stream = content.encode("cp1252", "replace").decode("latin-1")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects)


def _font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _assembled(objects: list[str]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    size = len(objects) + 1
    return data + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")


# --- by kind ---------------------------------------------------------------------------------


def markdown(blocks: Blocks) -> bytes:
    return "\n\n".join(f"{'#' * level} {text}".strip() for level, text in blocks).encode()


MAKE = {"docx": docx, "odt": odt, "pdf": pdf, "md": markdown}
