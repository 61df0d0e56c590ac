"""Reads a report in a process of its own, and tells how far it is.

The file goes there through a pipe: it is on no disk, and gone with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from .report import Limits, Problem, Report, Section, Unreadable


class Step(NamedTuple):
    """``done`` of ``of`` pages are read."""

    done: int
    of: int


def read_apart(data: bytes, kind: str, limits: Limits) -> Iterator[Step | Report]:
    """Steps while it is read, then the report.

    Raises:
        Unreadable: whatever is wrong with the file, or with reading it.
    """
    process = _started(kind, limits)
    alarm = threading.Timer(limits.seconds, process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        _hand_over(process, data)
        yield from _heard(process)
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]


def _started(kind: str, limits: Limits) -> subprocess.Popen[bytes]:
    """Nothing of this process's environment goes along, so no key and no password."""
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-B", "-m", f"{__package__}.child", kind]
    return subprocess.Popen(  # noqa: S603 - the command is ours; ``kind`` is of a fixed list
        [*command, json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
    )


def _hand_over(process: subprocess.Popen[bytes], data: bytes) -> None:
    """A process that died meanwhile says so by its silence."""
    assert process.stdin is not None  # noqa: S101 - for the type checker
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(data)
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()


def _heard(process: subprocess.Popen[bytes]) -> Iterator[Step | Report]:
    assert process.stdout is not None  # noqa: S101 - for the type checker
    for line in process.stdout:
        message = json.loads(line)
        if "problem" in message:
            raise Unreadable(Problem(message["problem"]))
        if "sections" in message:
            yield _report(message["sections"])
            return
        yield Step(message["done"], message["of"])
    # A signal ended it, ours or that of the ceiling on computing time; else it ran out of memory.
    raise Unreadable(Problem.TOO_SLOW if process.wait() < 0 else Problem.MALFORMED)


def _report(sections: list[dict[str, Any]]) -> Report:
    return Report(
        tuple(
            Section(section["heading"], section["level"], tuple(section["paragraphs"]))
            for section in sections
        )
    )
