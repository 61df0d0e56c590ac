"""Word (.docx): the body as it is read. Whatever an author hid, struck out or noted stays out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

from . import shape
from .package import checked
from .report import Block, Limits, Problem, Progress, Report, Unreadable, report_of

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE_RANK, _BOLD_RANK = 0.0, 20.0
#: Struck out by a reviewer, moved away, remarks, and the copy of a text box for old programs.
_LEFT_OUT = {f"{_WORD}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "altChunk")}
_LEFT_OUT.add(_FALLBACK)
#: Fields whose outcome tells about the file or its writer.
_TELLING_FIELDS = {
    *("AUTHOR", "LASTSAVEDBY", "FILENAME", "DOCPROPERTY", "USERNAME", "USERINITIALS"),
    *("USERADDRESS", "COMMENTS", "KEYWORDS", "SUBJECT", "INFO", "TEMPLATE", "PAGE", "PAGEREF"),
}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}

_Element = Any


def read(data: bytes, limits: Limits, progress: Progress) -> Report:
    package = checked(data, limits)
    if "word/document.xml" not in package.namelist():
        raise Unreadable(Problem.OTHER_KIND)
    import docx

    document = docx.Document(BytesIO(data))
    styles = _Styles(document.styles.element)
    return report_of(_Body(styles).blocks(document.element.body))


def _value(parent: _Element | None, *path: str) -> str | None:
    """The value of a property some steps below; "" where it is there without a value."""
    for name in path:
        parent = None if parent is None else parent.find(f"{_WORD}{name}")
    return None if parent is None else parent.get(f"{_WORD}val", "")


def _is_on(parent: _Element | None, *path: str) -> bool | None:
    """A switch: None where nothing is said."""
    value = _value(parent, *path)
    return None if value is None else value not in {"0", "false", "off", "none"}


class _Styles:
    """What a style says, its ancestors included."""

    def __init__(self, element: _Element) -> None:
        self._by_id = {style.get(f"{_WORD}styleId"): style for style in element}

    def chain(self, style_id: str | None) -> Iterator[_Element]:
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self._by_id:
            seen.add(style_id)
            yield (style := self._by_id[style_id])
            style_id = _value(style, "basedOn")

    def says(self, style_id: str | None, switch: str) -> bool:
        said = (_is_on(style, "rPr", switch) for style in self.chain(style_id))
        return next((answer for answer in said if answer is not None), False)

    def rank(self, style_id: str | None) -> float | None:
        """Of a heading style, by its name in English or Dutch, or by its outline level."""
        for style in self.chain(style_id):
            name = (_value(style, "name") or "").lower()
            if name in {"title", "titel"}:
                return _TITLE_RANK
            first, _space, number = name.partition(" ")
            if first in {"heading", "kop"} and number.isdigit():
                return float(number)
            if (level := _outline(style.find(f"{_WORD}pPr"))) is not None:
                return level
        return None

    def is_contents(self, style_id: str | None) -> bool:
        names = ((_value(style, "name") or "").lower() for style in self.chain(style_id))
        return any(name.startswith(("toc ", "inhopg ", "table of figures")) for name in names)


def _outline(properties: _Element | None) -> float | None:
    level = _value(properties, "outlineLvl")
    return float(level) + 1 if level and level.isdigit() and int(level) < 9 else None


class _Body:
    """Walks the body in reading order."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles

    def blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent:
            if child.tag in _LEFT_OUT:
                continue
            if child.tag == f"{_WORD}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_WORD}tr":
                cells = (" ".join(b.text for b in self.blocks(cell)) for cell in child)
                yield Block(" | ".join(cell for cell in cells if cell.strip()))
            elif isinstance(child.tag, str):
                yield from self.blocks(child)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        paragraph = _Paragraph(element, self.styles)
        if paragraph.is_contents:
            return
        yield Block(paragraph.text, paragraph.rank)
        for box in paragraph.boxes:
            yield from self.blocks(box)


class _Paragraph:
    """One paragraph: its visible text, its rank, and the text boxes that hang on it."""

    def __init__(self, element: _Element, styles: _Styles) -> None:
        self.properties = element.find(f"{_WORD}pPr")
        self.style = _value(self.properties, "pStyle")
        self.styles = styles
        self.boxes: list[_Element] = []
        self._parts: list[tuple[str, bool]] = []
        self._fields: list[list[str]] = []
        self._gather(element)

    @cached_property
    def is_contents(self) -> bool:
        return self.styles.is_contents(self.style)

    @cached_property
    def text(self) -> str:
        return "".join(words for words, _bold in self._parts)

    @cached_property
    def rank(self) -> float | None:
        rank = _outline(self.properties)
        if rank is None:
            rank = self.styles.rank(self.style)
        if rank is None and self._is_bold and shape.could_be_heading(self.text):
            rank = _BOLD_RANK
        return rank if self.text.strip() else None

    @property
    def _is_bold(self) -> bool:
        return all(bold for words, bold in self._parts if words.strip())

    def _gather(self, parent: _Element) -> None:
        for child in parent:
            if child.tag == f"{_WORD}r":
                self._run(child)
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
                self._gather(child)

    def _run(self, run: _Element) -> None:
        properties = run.find(f"{_WORD}rPr")
        style = _value(properties, "rStyle")
        if self._has(properties, style, "vanish"):
            return
        bold = self._has(properties, style, "b")
        for child in run:
            if child.tag == f"{_WORD}fldChar":
                self._field(child.get(f"{_WORD}fldCharType"))
            elif child.tag == f"{_WORD}instrText" and self._fields:
                self._fields[-1].append(child.text or "")
            elif child.tag == f"{_WORD}t":
                self._say(child.text or "", bold)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                self._say(_SIGNS.get(child.tag.removeprefix(_WORD), ""), bold)
                self._find_boxes(child)

    def _has(self, properties: _Element | None, style: str | None, switch: str) -> bool:
        own = _is_on(properties, switch)
        if own is not None:
            return own
        return self.styles.says(style, switch) or self.styles.says(self.style, switch)

    def _say(self, words: str, bold: bool) -> None:
        telling = ("".join(code).split()[:1] for code in self._fields)
        if words and not any(name and name[0].upper() in _TELLING_FIELDS for name in telling):
            self._parts.append((words, bold))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _find_boxes(self, element: _Element) -> None:
        for child in element:
            if child.tag == f"{_WORD}txbxContent":
                self.boxes.append(child)
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
                self._find_boxes(child)
