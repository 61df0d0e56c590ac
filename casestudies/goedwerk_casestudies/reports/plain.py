"""Plain text: paragraphs between blank lines, headings by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import shape
from .report import Block, Limits, Problem, Progress, Report, Unreadable, plain, report_of

_MARKDOWN_HEADING = re.compile(r"(?m)^#{1,6} +\S")
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(data: bytes, limits: Limits, progress: Progress) -> Report:
    text = decoded(data)
    if _MARKDOWN_HEADING.search(text):
        from . import markdown

        return markdown.read_text(text)
    return report_of(blocks_of(text))


def decoded(data: bytes) -> str:
    """The text of a file that does not say how it is written: UTF-8, or as Windows writes."""
    for mark, encoding in _BYTE_ORDER.items():
        if data.startswith(mark):
            return plain(data.decode(encoding, "replace"))
    if b"\0" in data:
        raise Unreadable(Problem.OTHER_KIND)
    try:
        return plain(data.decode())
    except UnicodeDecodeError:
        return plain(data.decode("cp1252", "replace"))


def blocks_of(text: str) -> Iterator[Block]:
    found: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", _lines_ended(text)):
        lines = [line for line in paragraph.split("\n") if not shape.is_contents_line(line)]
        found.extend(_blocks([line.strip() for line in lines if line.strip()]))
    following = [*found[1:], Block("")]
    for block, after in zip(found, following, strict=True):
        # A sentence that a page broke in two is no heading.
        yield Block(block.text) if after.text[:1].islower() else block


def _lines_ended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(lines: list[str]) -> Iterator[Block]:
    """One paragraph; a numbered first line is the heading of what stands right under it."""
    if not lines or all(shape.is_page_number(line) for line in lines):
        return
    first_is_heading = shape.heading_rank(lines[0]) if len(lines) == 1 else None
    if len(lines) > 1 and shape.is_marked_heading(lines[0]) and lines[1][:1].isupper():
        first_is_heading = shape.heading_rank(lines[0])
    if first_is_heading is not None:
        yield Block(lines[0], first_is_heading)
        lines = lines[1:]
    if lines:
        yield Block("\n".join(_unbroken(lines)))


def _unbroken(lines: list[str]) -> Iterator[str]:
    """Lines of running text joined; each list item stays on a line of its own."""
    running: list[str] = []
    for line in lines:
        if running and shape.is_bullet(line):
            yield shape.joined(running)
            running = []
        running.append(line)
    yield shape.joined(running)
