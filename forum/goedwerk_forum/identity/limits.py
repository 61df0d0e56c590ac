"""How much one account may write, and one network report; in the process's memory alone."""

from __future__ import annotations

import ipaddress
import secrets
import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from ..conf import conf
from ..errors import TooManyReports, TooManyWrites
from ..people import Person

#: New at each start, so that what a cache keeps names nobody.
_SALT = secrets.token_hex(16)
HOUR = 3600
#: Bits of an address that count as one network, per version of the protocol.
PREFIX = {4: 24, 6: 48}


def count_write(user: Person) -> None:
    """Counts one contribution.

    Raises:
        TooManyWrites: the account reached WRITES_PER_HOUR.
    """
    if _counted("writes", str(user.pk)) > conf().WRITES_PER_HOUR:
        raise TooManyWrites


def count_report(user: Person, network: str) -> None:
    """Counts one report: of an account, or of the network that somebody unknown comes from.

    Raises:
        TooManyReports: it reached REPORTS_PER_HOUR, or ANONYMOUS_REPORTS_PER_HOUR.
    """
    if user.is_authenticated:
        number, most = _counted("reports", str(user.pk)), conf().REPORTS_PER_HOUR
    else:
        number, most = _counted("networks", network), conf().ANONYMOUS_REPORTS_PER_HOUR
    if number > most:
        raise TooManyReports


def _counted(what: str, whose: str) -> int:
    """How often somebody did something this hour, this time included; the key names nobody."""
    window = int(time.time()) // HOUR
    key = f"goedwerk-{what}-" + salted_hmac(_SALT, f"{whose}:{window}").hexdigest()
    cache.add(key, 0, HOUR)
    return cache.incr(key)


def network_of(request: HttpRequest) -> str:
    """The network that a request comes from, as a prefix; "" where the address says nothing.

    Behind TRUSTED_PROXIES proxies, the address is the one that the outermost of them saw.
    """
    proxies = conf().TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = proxies and len(seen) >= proxies
    try:
        address = ipaddress.ip_address(seen[-proxies] if trusted else request.META["REMOTE_ADDR"])
    except (KeyError, ValueError):
        return ""
    return str(ipaddress.ip_network(f"{address}/{PREFIX[address.version]}", strict=False))
