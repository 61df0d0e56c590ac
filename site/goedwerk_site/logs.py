"""Log lines that hold fields of an allow-list only.

An exception is written by its class and, for a database error, its constraint: its message can
hold the text of a contribution (a failed INSERT quotes the row).
"""

from __future__ import annotations

import json
import logging
import traceback

ALLOWED = (
    "kind",
    "queue",
    "count",
    "attempts",
    "seconds",
    "status",
    "check",
    "error",
    "constraint",
    "version",
)


def constraint_of(error: BaseException) -> str:
    """The name of the database constraint that ``error`` is about; empty where there is none."""
    cause = error.__cause__ or error
    return str(getattr(getattr(cause, "diag", None), "constraint_name", "") or "")


def _where(error: BaseException) -> list[str]:
    """The frames of the traceback as file:line function, without source lines or values."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]


class SafeFormatter(logging.Formatter):
    """One JSON object a line: level, logger, the *unformatted* message and allowed fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg) if not isinstance(record.msg, BaseException) else "exception",
        }
        line.update({name: record.__dict__[name] for name in ALLOWED if name in record.__dict__})
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["constraint"] = constraint_of(error)
            line["where"] = _where(error)
        return json.dumps(line, default=str, ensure_ascii=False)
