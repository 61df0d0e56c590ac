"""PDF: lines with their place and size on the page, made into paragraphs and headings again.

Lines come in the order in which the file writes them: putting them in order by their place mixes
up the words of a justified line.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from . import shape
from .report import Block, Limits, Problem, Progress, Report, Unreadable, report_of

#: The part of a page, above and below, in which a repeated line is a header or a footer.
EDGE = 0.13
#: A heading is this much larger than the running text.
LARGER = 1.1
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)
_BOLD_RANK = 1000.0


@dataclass(frozen=True)
class Line:
    """One line of a page; ``place`` is a share of its height, 0 at the top."""

    text: str
    page: int
    place: float
    size: float
    bold: bool


def read(data: bytes, limits: Limits, progress: Progress) -> Report:
    lines = list(_lines(data, limits, progress))
    if not any(re.search(r"[^\W\d_]{3}", line.text) for line in lines):
        raise Unreadable(Problem.NO_TEXT)
    return report_of(_blocks(_paragraphs(_without_edges(lines))))


def _lines(data: bytes, limits: Limits, progress: Progress) -> Iterator[Line]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Unreadable(Problem.ENCRYPTED)
    number_of_pages = len(reader.pages)
    if number_of_pages > limits.pages:
        raise Unreadable(Problem.TOO_LONG)
    characters = 0
    for number, page in enumerate(reader.pages, start=1):
        for line in _Page(page, number).lines():
            characters += len(line.text)
            if characters > limits.characters:
                raise Unreadable(Problem.TOO_LONG)
            yield line
        progress(number, number_of_pages)


class _Page:
    """Gathers the lines of one page while pypdf tells what it comes across."""

    def __init__(self, page: Any, number: int) -> None:
        self.page = page
        self.number = number
        box = page.mediabox
        self.top, self.height = float(box.top), max(float(box.height), 1.0)
        self.found: list[Line] = []
        self.pieces: list[tuple[str, float, float, bool]] = []

    def lines(self) -> list[Line]:
        self.page.extract_text(visitor_text=self._hear)
        self._end_line()
        return self.found

    def _hear(self, text: str, page: Any, matrix: Any, font: Any, size: float) -> None:
        """One piece of text, with the matrices that place it and the font it is set in."""
        y = matrix[4] * page[1] + matrix[5] * page[3] + page[5]
        scale = abs(matrix[3] * page[3] + matrix[2] * page[1]) or 1.0
        bold = bool(_BOLD.search(str((font or {}).get("/BaseFont", ""))))
        for number, part in enumerate(text.split("\n")):
            if number:
                self._end_line()
            if part.strip():
                self.pieces.append(
                    (
                        part,
                        1 - (y - self.top + self.height) / self.height,
                        round(float(size) * scale * 2) / 2,
                        bold,
                    )
                )
            elif part and self.pieces:
                self.pieces.append((" ", *self.pieces[-1][1:]))

    def _end_line(self) -> None:
        if not self.pieces:
            return
        letters: Counter[tuple[float, bool]] = Counter()
        for text, _place, size, bold in self.pieces:
            letters[size, bold] += len(text.strip())
        size, bold = letters.most_common(1)[0][0]
        text = " ".join("".join(piece[0] for piece in self.pieces).split())
        self.found.append(Line(text, self.number, self.pieces[0][1], size, bold))
        self.pieces = []


# --- headers, footers, page numbers ----------------------------------------------------------


def _without_edges(lines: list[Line]) -> list[Line]:
    pages = max((line.page for line in lines), default=0)
    seen = Counter(key for key, _page in {(_key(line), line.page) for line in lines if _edge(line)})
    often = 2 if pages <= 3 else max(3, pages // 4)

    def is_furniture(line: Line) -> bool:
        return _edge(line) and (shape.is_page_number(line.text) or seen[_key(line)] >= often)

    kept = [line for line in lines if not is_furniture(line)]
    return [line for line in kept if not shape.is_contents_line(line.text)]


def _edge(line: Line) -> bool:
    return not EDGE < line.place < 1 - EDGE


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


# --- paragraphs ------------------------------------------------------------------------------


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: same size, close by, and no new item of a list."""
    gap = _usual_gap(lines)
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph, line, gap):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _usual_gap(lines: list[Line]) -> float:
    """From one line to the next in running text, as a share of the page."""
    gaps = [
        after.place - before.place
        for before, after in pairwise(lines)
        if before.page == after.page
        and before.size == after.size
        and 0 < after.place - before.place < 0.1
    ]
    return statistics.median_low(gaps) if gaps else 0.02


def _goes_on(paragraph: list[Line], line: Line, gap: float) -> bool:
    last = paragraph[-1]
    if shape.is_bullet(line.text) or shape.is_marked_heading(line.text):
        return False
    step = line.place - last.place
    if abs(last.size - line.size) > 0.6:
        return last.page == line.page and abs(step) < gap / 2
    if last.page != line.page or step < -gap or step > 0.25:
        return _is_unfinished(last.text) and line.text[:1].islower()
    if last.bold != line.bold and step > gap / 2 and _is_alone(paragraph):
        return False
    return step <= gap * 1.35 * max(1.0, last.size / 12)


def _is_alone(paragraph: list[Line]) -> bool:
    """A bold line that could be a heading, or what stands above a bold line."""
    return not paragraph[-1].bold or all(line.bold for line in paragraph)


def _is_unfinished(text: str) -> bool:
    return text[-1:] not in ".!?:;”’\"'"


# --- headings --------------------------------------------------------------------------------


def _blocks(paragraphs: Iterable[list[Line]]) -> Iterator[Block]:
    """Headings by size and weight; where a file has one face only, by their shape."""
    gathered = [(lines, shape.joined(line.text for line in lines)) for lines in paragraphs]
    usual = _usual(gathered)
    ranks = [_rank(lines, text, *usual) for lines, text in gathered]
    if not any(ranks):
        ranks = [shape.heading_rank(text) if len(p) == 1 else None for p, text in gathered]
    for (_lines, text), rank in zip(gathered, ranks, strict=True):
        yield Block(text, rank)


def _usual(gathered: list[tuple[list[Line], str]]) -> tuple[float, bool]:
    """Size and weight of the running text."""
    letters: Counter[tuple[float, bool]] = Counter()
    for lines, _text in gathered:
        for line in lines:
            letters[line.size, line.bold] += len(line.text)
    return letters.most_common(1)[0][0]


def _rank(lines: list[Line], text: str, size: float, bold: bool) -> float | None:
    if not shape.could_be_heading(text) or len(lines) > 3:
        return None
    own = max(line.size for line in lines)
    if own >= size * LARGER:
        return _BOLD_RANK - own
    if own < size * 0.95:
        return None
    return _BOLD_RANK if all(line.bold for line in lines) and not bold else None
