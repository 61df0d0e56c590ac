"""How much one account may write; kept in the process's memory, gone at a restart."""

from __future__ import annotations

import secrets
import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from ..conf import conf
from ..errors import TooManyWrites
from ..people import Person

#: New at each start, so that what a cache keeps names nobody.
_SALT = secrets.token_hex(16)
HOUR = 3600


def count_write(user: Person) -> None:
    """Counts one contribution.

    Raises:
        TooManyWrites: the account reached WRITES_PER_HOUR.
    """
    window = int(time.time()) // HOUR
    key = "goedwerk-writes-" + salted_hmac(_SALT, f"{user.pk}:{window}").hexdigest()
    cache.add(key, 0, HOUR)
    if cache.incr(key) > conf().WRITES_PER_HOUR:
        raise TooManyWrites
