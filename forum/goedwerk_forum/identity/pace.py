"""Slow discussions: one contribution per participant in so many minutes.

When somebody wrote is kept in the cache until she may write again, and nowhere else: under a
keyed hash that leads to no participant, and gone with its term or at a restart. Without a cache
that the processes share, each of them counts for itself.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..errors import TooSoon
from ..models import Discussion, Participant


@contextmanager
def turn(participant: Participant, discussion: Discussion) -> Iterator[None]:
    """Takes the participant's turn; given back where the block fails. A guide waits for nobody.

    Raises:
        TooSoon: she took one less than ``discussion.pace`` minutes ago.
    """
    if not discussion.pace or participant.is_guide:
        yield
        return
    key, seconds = _key(participant, discussion), discussion.pace * 60
    until = time.time() + seconds
    if not cache.add(key, until, seconds):
        raise TooSoon(_moment(cache.get(key, until)))
    try:
        yield
    except BaseException:
        cache.delete(key)
        raise


def _key(participant: Participant, discussion: Discussion) -> str:
    who = participant.token or str(participant.pk)
    return salted_hmac("goedwerk.pace", f"{who}:{discussion.uuid}", algorithm="sha256").hexdigest()


def _moment(until: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(until, tz=timezone.get_current_timezone())
