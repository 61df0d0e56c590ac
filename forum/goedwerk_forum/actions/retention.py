"""The nightly letting go: every rule of ``retention`` that erases something, one after another."""

from __future__ import annotations

import datetime
import logging
import secrets
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Q

from .. import retention
from ..identity.accounts import forget_order
from ..models import Lease
from ..outbox.drive import heartbeat, take_lease
from .audit import note_head

logger = logging.getLogger("goedwerk.retention")

HOUR = 3600
DAY = 24 * HOUR
#: Seconds that one rule may take before another process may think that this one died.
WORKING = HOUR

#: What other apps do once a day beside letting go; each says how much it was.
DAILY: list[Callable[[], int]] = []


def let_go() -> int:
    """Does what is due today and not done yet; returns the number of links cut and things gone.

    Each rule is done once a day. A process that is killed leaves the rules after that one, and
    what is left of it, to the next call; a rule that fails is tried again in the next hour, and
    holds up no other.
    """
    owner = secrets.token_hex(16)
    if not take_lease("retention", owner, seconds=WORKING):
        return 0
    try:
        done = sum(_once_a_day(name, job, owner) for name, job in _jobs().items())
    finally:
        take_lease("retention", owner, seconds=0)
    return done


def _jobs() -> dict[str, Callable[[], int]]:
    jobs = {"head": note_head} | {job.__name__: job for job in DAILY}
    jobs |= {rule.name: rule.erase for rule in retention.erasing_rules() if rule.erase}
    return jobs | {"order": _forget_order, "clean": clean_files}


def _once_a_day(name: str, job: Callable[[], int], owner: str) -> int:
    if not take_lease(_daily(name), owner, seconds=HOUR):
        return 0
    take_lease("retention", owner, seconds=WORKING)
    try:
        done = job()
    except Exception as error:
        logger.error("not let go", extra={"rule": name, "error": type(error).__name__})
        return 0
    take_lease(_daily(name), owner, seconds=DAY)
    heartbeat(_done(name))
    return done


def _daily(name: str) -> str:
    """Under what name the lease of a job stands."""
    return f"daily:{name}"[:40]


def _done(name: str) -> str:
    """Under what name is kept when a job last succeeded: its lease is fresh where it fails too."""
    return f"done:{name}"[:40]


def last_done() -> list[datetime.datetime | None]:
    """When each job that was ever tried last succeeded, None where it never did; one query."""
    leases = Lease.objects.filter(Q(name__startswith="done:") | Q(name__startswith="daily:"))
    seen = dict(leases.values_list("name", "seen_at"))
    tried = [name for name in _jobs() if {_done(name), _daily(name)} & seen.keys()]
    return [seen.get(_done(name)) for name in tried]


def _forget_order() -> int:
    with transaction.atomic():  # what fails halfway harms no transaction around it
        forget_order()
    return 0


def clean_files() -> int:
    """What was let go of leaves the database's files too; inside a transaction it cannot.

    SQLite writes its file anew without what was erased, and empties its log. PostgreSQL frees the
    places of old rows in the tables that rules erase from; without the right to do so (MAINTAIN)
    it only warns.
    """
    if connection.in_atomic_block:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql":
            for model in retention.models_under(retention.erasing_rules()):
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
    return 0
