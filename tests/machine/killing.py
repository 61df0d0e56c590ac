"""A process that dies at one of its writes, and a clock that moves when the machine says so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection, transaction
from hypothesis import strategies as st

#: At which of its writes somebody's process dies; mostly it does not.
DEATHS = st.one_of(st.none(), st.none(), st.none(), st.integers(0, 12))
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


class Killed(BaseException):
    """Not an Exception: nothing of ours may catch it, as nothing catches a kill -9."""


@contextmanager
def dying(at: int | None) -> Iterator[None]:
    """The block dies just before its write number ``at``; None lets it live.

    What its transactions had not committed is rolled back, what they had committed stays: as with
    a real death between a claim and its effect, or between an effect and the next.
    """
    if at is None:
        yield
        return
    left = at

    def count(execute, sql, params, many, context):
        nonlocal left
        if WRITE.match(sql):
            left -= 1
            if left < 0:
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count), as_if_outermost():
        try:
            yield
        except Killed:
            connection.set_rollback(False)  # what had no transaction lost one statement, unsent


@contextmanager
def as_if_outermost() -> Iterator[None]:
    """Each transaction can be rolled back by itself, also where Django relies on the one around.

    The machine keeps one around everything, so that an example leaves nothing behind.
    """
    begin = transaction.Atomic.__init__

    def with_savepoint(self, using, savepoint, durable):
        begin(self, using, True, durable)

    with mock.patch.object(transaction.Atomic, "__init__", with_savepoint):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """What happens in the block leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Clock:
    """Stands still until somebody moves it."""

    START = datetime.datetime(2026, 3, 2, 10, 20, tzinfo=datetime.UTC)

    def __init__(self) -> None:
        self.moment = self.START

    def __call__(self) -> datetime.datetime:
        return self.moment

    def move(self, **span: int) -> None:
        self.moment += datetime.timedelta(**span)

    def strike(self) -> None:
        """To just after the next whole hour, at which texts are released."""
        self.moment = self.moment.replace(minute=0, second=0) + datetime.timedelta(hours=1)
        self.move(seconds=1)
