"""OpenDocument (.odt): the body as it is read; remarks, changes and hidden text stay out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

from . import shape
from .package import checked
from .report import Block, Limits, Problem, Progress, Report, Unreadable, report_of

_KIND = b"application/vnd.oasis.opendocument.text"
_TITLE_RANK, _BOLD_RANK = 0.0, 20.0
#: Deleted text with its author, remarks, notes, indexes, hidden text, and fields that tell about
#: the file or its writer.
_LEFT_OUT = {
    *("text:tracked-changes", "office:annotation", "office:annotation-end", "text:note"),
    *("text:table-of-content", "text:alphabetical-index", "text:illustration-index"),
    *("text:table-index", "text:bibliography", "text:user-index", "text:object-index"),
    *("text:hidden-text", "text:hidden-paragraph", "text:conditional-text", "office:forms"),
    *("text:author-name", "text:author-initials", "text:creator", "text:initial-creator"),
    *("text:printed-by", "text:file-name", "text:template-name", "text:description"),
    *("text:keywords", "text:subject", "text:user-defined", "text:editing-cycles"),
    *("text:page-number", "text:sender-firstname", "text:sender-lastname", "text:sender-email"),
    *("text:sender-initials", "text:sender-title", "text:sender-position", "text:sender-company"),
    *("text:sender-phone-work", "text:sender-phone-private", "text:sender-street"),
    *("text:sender-city", "text:sender-postal-code", "svg:title", "svg:desc", "office:scripts"),
    *("text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:ruby-text"),
}

_Element = Any


def read(data: bytes, limits: Limits, progress: Progress) -> Report:
    package = checked(data, limits)
    names = package.namelist()
    if "mimetype" not in names or not package.read("mimetype").strip().startswith(_KIND):
        raise Unreadable(Problem.OTHER_KIND)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in package.read(manifest):
        raise Unreadable(Problem.ENCRYPTED)
    from odfdo import Document

    document = Document(BytesIO(data))
    return report_of(_Body(_Styles(document)).blocks(document.body))


class _Styles:
    """Names of styles that hide, embolden or head a text, their ancestors included."""

    def __init__(self, document: Any) -> None:
        # The later ones win: automatic styles stand in the content, named ones in styles.xml.
        self._by_name: dict[str, _Element] = {}
        for part in ("styles", "content"):
            for style in document.get_part(part).get_elements("//style:style"):
                self._by_name[style.get_attribute_string("style:name") or ""] = style

    def chain(self, name: str | None) -> Iterator[tuple[str, _Element]]:
        seen: set[str] = set()
        while name and name not in seen and name in self._by_name:
            seen.add(name)
            style = self._by_name[name]
            yield name, style
            name = style.get_attribute_string("style:parent-style-name")

    def _says(self, name: str | None, attribute: str) -> str:
        for _name, style in self.chain(name):
            properties = style.get_element("style:text-properties")
            if properties is not None and (said := properties.get_attribute_string(attribute)):
                return str(said)
        return ""

    def hides(self, name: str | None) -> bool:
        return self._says(name, "text:display") == "none"

    def is_bold(self, name: str | None) -> bool:
        return self._says(name, "fo:font-weight") in {"bold", "600", "700", "800", "900"}

    def is_title(self, name: str | None) -> bool:
        return any(found in {"Title", "Titel"} for found, _style in self.chain(name))


def _style_of(element: _Element) -> str | None:
    found = element.get_attribute_string("text:style-name")
    return None if found is None else str(found)


class _Body:
    """Walks the body in reading order."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles

    def blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent.children:
            if child.tag in _LEFT_OUT or _is_hidden_section(child):
                continue
            if child.tag in {"text:p", "text:h"}:
                yield from self._paragraph(child)
            elif child.tag == "table:table-row":
                cells = (" ".join(b.text for b in self.blocks(cell)) for cell in child.children)
                yield Block(" | ".join(cell for cell in cells if cell.strip()))
            else:
                yield from self.blocks(child)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        paragraph = _Paragraph(element, self.styles)
        yield Block(paragraph.text, paragraph.rank)
        for box in paragraph.boxes:
            yield from self.blocks(box)


def _is_hidden_section(element: _Element) -> bool:
    return element.tag == "text:section" and element.get_attribute_string("text:display") in {
        "none",
        "condition",
    }


class _Paragraph:
    """One paragraph: its visible text, its rank, and the frames that hang on it."""

    def __init__(self, element: _Element, styles: _Styles) -> None:
        self.element = element
        self.style = _style_of(element)
        self.styles = styles
        self.boxes: list[_Element] = []
        self._parts: list[tuple[str, bool]] = []
        self._gather(element, styles.hides(self.style), styles.is_bold(self.style))

    @cached_property
    def text(self) -> str:
        return "".join(words for words, _bold in self._parts)

    @cached_property
    def rank(self) -> float | None:
        if not self.text.strip():
            return None
        if self.element.tag == "text:h":
            level = self.element.get_attribute_string("text:outline-level") or "1"
            return float(level) if level.isdigit() else 1.0
        if self.styles.is_title(self.style):
            return _TITLE_RANK
        bold = all(bold for words, bold in self._parts if words.strip())
        return _BOLD_RANK if bold and shape.could_be_heading(self.text) else None

    def _gather(self, parent: _Element, hidden: bool, bold: bool) -> None:
        self._say(parent.text, hidden, bold)
        for child in parent.children:
            self._child(child, hidden, bold)
            self._say(child.tail, hidden, bold)

    def _child(self, child: _Element, hidden: bool, bold: bool) -> None:
        if child.tag in _LEFT_OUT:
            return
        if child.tag in {"text:s", "text:tab"}:
            self._say(" ", hidden, bold)
        elif child.tag == "text:line-break":
            self._say("\n", hidden, bold)
        elif child.tag.startswith("draw:"):
            self.boxes.append(child)
        else:
            style = _style_of(child) if child.tag == "text:span" else None
            hides = hidden or self.styles.hides(style)
            self._gather(child, hides, bold or self.styles.is_bold(style))

    def _say(self, words: str | None, hidden: bool, bold: bool) -> None:
        if words and not hidden:
            self._parts.append((str(words), bold))
