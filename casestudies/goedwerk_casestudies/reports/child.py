"""The process that a file is read in: it may compute, and nothing else.

A report comes from outside. Whatever a broken or hostile file makes a converter do, it happens
here, with a ceiling on memory and time, without files to write, programs to start or a network.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

from goedwerk_casestudies.reports import Limits, Report, Unreadable, read

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def main() -> None:
    kind, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    _confine(limits)
    data = sys.stdin.buffer.read()
    try:
        report = read(data, f".{kind}", limits=limits, progress=_tell_step)
    except Unreadable as error:
        _tell(problem=error.problem)
    else:
        _tell(sections=_plain(report))


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: Any) -> None:
    writes = event == "open" and (arguments[2] or 0) & _WRITES
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _plain(report: Report) -> list[dict[str, Any]]:
    return [
        {"heading": section.heading, "level": section.level, "paragraphs": section.paragraphs}
        for section in report.sections
    ]


def _tell_step(done: int, of: int) -> None:
    _tell(done=done, of=of)


def _tell(**message: Any) -> None:
    """One line of JSON for who started this process."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
