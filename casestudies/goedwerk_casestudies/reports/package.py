"""A zip file that holds a document: opened only after its size, lock and kind were looked at."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from .report import Limits, Problem, Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_NAME = "EncryptedPackage".encode("utf-16-le")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([\w.-]+)["']""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"}
#: The largest single part that is parsed as XML.
_LARGEST_XML = 60_000_000


def checked(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The package, once it is known to be small, unlocked and without entities.

    Raises:
        Unreadable: it is not; nothing of it was parsed.
    """
    if data.startswith(_OLE):
        raise Unreadable(Problem.ENCRYPTED if _ENCRYPTED_NAME in data else Problem.OLD_WORD)
    if not zipfile.is_zipfile(BytesIO(data)):
        raise Unreadable(Problem.OTHER_KIND)
    package = zipfile.ZipFile(BytesIO(data))
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Problem.ENCRYPTED)
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise Unreadable(Problem.TOO_BIG)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_xml(package, part)
    return package


def _check_xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part declares an entity, or hides one in an encoding that is seldom looked at."""
    if part.file_size > _LARGEST_XML:
        raise Unreadable(Problem.TOO_BIG)
    text = package.read(part).replace(b"\0", b"")
    declared = _ENCODING.search(text[:400])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise Unreadable(Problem.MALFORMED)
    # Old manifests name their document type; nothing else in an office file does.
    named = b"<!DOCTYPE" in text and part.filename != "META-INF/manifest.xml"
    if named or b"<!ENTITY" in text:
        raise Unreadable(Problem.MALFORMED)
