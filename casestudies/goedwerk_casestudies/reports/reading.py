"""Which converter reads which file."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import BinaryIO

from .report import Limits, Problem, Progress, Report, Unreadable

#: Extension -> the module here that reads it, and the library that it needs.
CONVERTERS = {
    "docx": ("word", "docx"),
    "odt": ("opendocument", "odfdo"),
    "pdf": ("pdf", "pypdf"),
    "md": ("markdown", "markdown_it"),
    "markdown": ("markdown", "markdown_it"),
    "txt": ("plain", ""),
}
#: How each kind of file begins; the others are text.
_MAGIC = {"docx": b"PK", "odt": b"PK", "pdf": b"%PDF-"}


def _say_nothing(_done: int, _of: int) -> None:
    """Progress that nobody watches."""


def can_read() -> list[str]:
    """The extensions whose library is installed."""
    return [name for name, (_, needs) in CONVERTERS.items() if not needs or find_spec(needs)]


def read(
    file: BinaryIO | bytes,
    name: str,
    *,
    limits: Limits | None = None,
    progress: Progress = _say_nothing,
) -> Report:
    """The headings and paragraphs of a report; of ``name`` only the extension counts.

    Raises:
        Unreadable: whatever is wrong with the file.
    """
    limits = limits or Limits()
    data = file if isinstance(file, bytes) else file.read(limits.size + 1)
    kind = kind_of(name)
    check_before(data, kind, limits)
    report = _converted(_converter(kind), data, limits, progress)
    if not report.characters:
        raise Unreadable(Problem.NO_TEXT)
    if report.characters > limits.characters:
        raise Unreadable(Problem.TOO_LONG)
    return report


def kind_of(name: str) -> str:
    """The extension, one of those that are known.

    Raises:
        Unreadable: it is not, or it is a Word file of before 2007.
    """
    kind = name.rpartition(".")[2].lower()
    if kind == "doc":
        raise Unreadable(Problem.OLD_WORD)
    if kind not in CONVERTERS:
        raise Unreadable(Problem.UNKNOWN_KIND)
    return kind


def check_before(data: bytes, kind: str, limits: Limits) -> None:
    """What can be seen at a glance.

    Raises:
        Unreadable: empty, too big, or something else than its name says.
    """
    if not data.strip():
        raise Unreadable(Problem.EMPTY)
    if len(data) > limits.size:
        raise Unreadable(Problem.TOO_BIG)
    if kind not in can_read():
        raise Unreadable(Problem.NO_CONVERTER)
    begins = _MAGIC.get(kind)
    is_office_container = data.startswith(b"\xd0\xcf\x11\xe0") and kind == "docx"
    if begins and begins not in data[:1024] and not is_office_container:
        raise Unreadable(Problem.OTHER_KIND)
    if not begins and data.startswith((b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(Problem.OTHER_KIND)


_Converter = Callable[[bytes, Limits, Progress], Report]


def _converter(kind: str) -> _Converter:
    module = import_module(f".{CONVERTERS[kind][0]}", __package__)
    converter: _Converter = module.read
    return converter


def _converted(converter: _Converter, data: bytes, limits: Limits, progress: Progress) -> Report:
    """Whatever a library throws at a broken file is one thing to the reader: it is broken."""
    try:
        return converter(data, limits, progress)
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable(Problem.TOO_BIG) from None
    except Exception:
        raise Unreadable(Problem.MALFORMED) from None
