"""Files that are refused, whatever the bytes; and the process apart that reads them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import report_files as files
from goedwerk_casestudies.reports import Limits, Problem, Report, Unreadable, can_read, read
from goedwerk_casestudies.reports.apart import read_apart

pytestmark = pytest.mark.slow

PLAIN = [(1, "De kern"), (0, "Er lag een rapport. Niemand vroeg ernaar."), (0, "Dat schuurde.")]
MAKE = files.MAKE


def text_of(report: Report) -> str:
    return "\n".join(f"{section.heading}\n{section.text}" for section in report.sections)


def problem_of(data: bytes, name: str, **limits) -> Problem:
    with pytest.raises(Unreadable) as caught:
        read(data, name, limits=Limits(**limits))
    return caught.value.problem


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "x.txt", Problem.EMPTY),
        (b" \n ", "x.md", Problem.EMPTY),
        (b"x", "x.exe", Problem.UNKNOWN_KIND),
        (b"x", "", Problem.UNKNOWN_KIND),
        (b"x", "x.doc", Problem.OLD_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 oud", "x.docx", Problem.OLD_WORD),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "x.docx",
            Problem.ENCRYPTED,
        ),
        (b"PK\x03\x04" + b"x" * 99, "x.docx", Problem.OTHER_KIND),
        (b"PK\x03\x04" + b"x" * 99, "x.txt", Problem.OTHER_KIND),
        (b"%PDF-1.7", "x.md", Problem.OTHER_KIND),
        (b"tekst", "x.pdf", Problem.OTHER_KIND),
        (b"a\0b", "x.txt", Problem.OTHER_KIND),
        (b"%PDF-1.7\n" + b"x" * 99, "x.pdf", Problem.MALFORMED),
        (files.pdf([]), "x.pdf", Problem.NO_TEXT),
        (files.docx([]), "x.docx", Problem.NO_TEXT),
        (files.odt([]), "x.odt", Problem.NO_TEXT),
    ],
)
def test_what_is_wrong_with_a_file(data, name, problem):
    assert problem_of(data, name) == problem


def test_the_name_decides_and_the_content_must_agree():
    assert problem_of(files.docx(PLAIN), "x.odt") == Problem.OTHER_KIND
    assert problem_of(files.odt(PLAIN), "x.docx") == Problem.OTHER_KIND
    assert problem_of(files.docx(PLAIN), "x.pdf") == Problem.OTHER_KIND


def test_too_much():
    assert problem_of(b"a" * 11, "x.txt", size=10) == Problem.TOO_BIG
    assert problem_of(b"aa bb cc", "x.txt", characters=5) == Problem.TOO_LONG
    assert problem_of(files.pdf(files.depot()), "x.pdf", pages=1) == Problem.TOO_LONG
    assert problem_of(files.pdf(files.depot()), "x.pdf", characters=99) == Problem.TOO_LONG
    assert problem_of(files.docx(PLAIN), "x.docx", parts=3) == Problem.TOO_BIG


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_small_file_that_unpacks_to_a_large_one(kind):
    bomb = files.with_part(MAKE[kind](PLAIN), "bom.xml", b" " * 3_000_000)
    assert problem_of(bomb, f"x.{kind}", unpacked=2_000_000) == Problem.TOO_BIG


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_entities_are_refused(kind, part, entity):
    data = MAKE[kind](PLAIN)
    original = zipfile.ZipFile(BytesIO(data)).read(part)
    declaration, _end, rest = original.partition(b"?>")
    hostile = files.with_part(data, part, declaration + b"?>" + entity + rest)
    assert problem_of(hostile, f"x.{kind}") == Problem.MALFORMED


def test_an_entity_in_a_seldom_encoding_is_refused():
    hostile = files.with_part(
        files.docx(PLAIN), "word/document.xml", b'<?xml version="1.0" encoding="utf-7"?><x/>'
    )
    assert problem_of(hostile, "x.docx") == Problem.MALFORMED


def test_locked_files():
    locked = files.with_part(
        files.odt(PLAIN),
        "META-INF/manifest.xml",
        b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
    )
    assert problem_of(locked, "x.odt") == Problem.ENCRYPTED
    assert problem_of(_locked_pdf("geheim"), "x.pdf") == Problem.ENCRYPTED


def test_a_pdf_that_only_forbids_changes_is_read():
    assert read(_locked_pdf(""), "x.pdf").sections[0].heading == "De kern"


def _locked_pdf(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(files.pdf(PLAIN))))
    writer.encrypt(user_password=password, owner_password="eigenaar", algorithm="AES-256")
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def test_without_the_library_of_a_kind_it_says_so(monkeypatch):
    from goedwerk_casestudies.reports import reading

    found = reading.find_spec
    monkeypatch.setattr(reading, "find_spec", lambda name: None if name == "odfdo" else found(name))
    assert "odt" not in can_read()
    assert problem_of(files.odt(PLAIN), "x.odt") == Problem.NO_CONVERTER


# --- whatever the bytes ----------------------------------------------------------------------

FUZZED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _reads_or_refuses(data: bytes, name: str) -> None:
    try:
        report = read(data, name, limits=Limits(size=10**6))
    except Unreadable:
        return
    assert report.characters
    text_of(report).encode()


@FUZZED
@given(data=st.binary(max_size=3000), name=st.sampled_from(["docx", "odt", "pdf", "md", "txt"]))
def test_any_bytes(data, name):
    _reads_or_refuses(data, f"x.{name}")


@FUZZED
@given(text=st.text(max_size=1000), name=st.sampled_from(["md", "txt"]))
def test_any_text(text, name):
    _reads_or_refuses(text.encode("utf-8", "replace"), f"x.{name}")


@FUZZED
@given(
    kind=st.sampled_from(["docx", "odt", "pdf"]),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30),
    keep=st.floats(0.1, 1),
)
def test_a_file_with_changed_or_missing_bytes(kind, changes, keep):
    data = bytearray(SOUND[kind])
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    _reads_or_refuses(bytes(data[: max(1, int(len(data) * keep))]), f"x.{kind}")


@FUZZED
@given(
    kind=st.sampled_from(["docx", "odt"]),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=10),
)
def test_a_package_with_a_changed_body(kind, changes):
    part = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    body = bytearray(zipfile.ZipFile(BytesIO(SOUND[kind])).read(part))
    for place, value in changes:
        body[int(place * (len(body) - 1))] = value
    _reads_or_refuses(files.with_part(SOUND[kind], part, bytes(body)), f"x.{kind}")


SOUND = {kind: MAKE[kind](PLAIN) for kind in ("docx", "odt", "pdf")}


# --- the process apart -----------------------------------------------------------------------


def apart_problem(data: bytes, kind: str, **limits) -> Problem:
    with pytest.raises(Unreadable) as caught:
        list(read_apart(data, kind, Limits(**limits)))
    return caught.value.problem


def test_problems_come_back_from_apart():
    assert apart_problem(b"%PDF-1.7 kapot", "pdf") == Problem.MALFORMED


def test_what_takes_too_long_is_stopped():
    """No time at all, so that no machine is fast enough."""
    assert apart_problem(files.pdf(files.depot() * 20), "pdf", seconds=0) == Problem.TOO_SLOW


def test_no_process_stays_behind_when_the_reader_leaves():
    reading = read_apart(files.pdf(files.depot() * 20), "pdf", Limits())
    next(reading)
    child = reading.gi_frame.f_locals["process"]
    reading.close()
    assert child.returncode is not None


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/goedwerk-must-not-be-written', 'w').write('x')",
        "bytearray(3_000_000_000)",
    ],
)
def test_what_the_process_apart_cannot_do(attempt):
    script = (
        "from goedwerk_casestudies.reports.child import _confine\n"
        "from goedwerk_casestudies.reports import Limits\n"
        f"_confine(Limits())\n{attempt}\nprint('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode != 0
    assert "done" not in done.stdout


def test_no_secret_goes_to_the_process_apart(monkeypatch, tmp_path):
    from goedwerk_casestudies.reports import apart

    monkeypatch.setenv("GOEDWERK_SECRET_KEY", "geheim")
    seen = {}
    start = subprocess.Popen

    def note(*arguments, **options):
        seen.update(options["env"])
        return start(*arguments, **options)

    monkeypatch.setattr(apart.subprocess, "Popen", note)
    list(read_apart(b"Een zin.", "txt", Limits()))
    assert set(seen) == {"PYTHONPATH"}
