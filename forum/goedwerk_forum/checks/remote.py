"""A classifier elsewhere, where the site has one: it gets the text and nothing else, and advises.

What it does when it is slow, broken or away: nothing. After some failures in a row nobody asks it
for a while, so that no text waits for it.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

import requests
from django.utils.translation import gettext_lazy as _

from ..conf import conf
from .base import Check, Context, Finding, Level

logger = logging.getLogger("goedwerk.checks")

#: Bytes of an answer that are read.
LONGEST_ANSWER = 4096


class Unusable(Exception):
    """The classifier gave no answer that can be used."""


class Breaker:
    """Lets nobody ask for a while after failures in a row; then one may try.

    Its state is in the memory of the process: each process finds out for itself, and a restart
    forgets. No lock is held while somebody asks.
    """

    FAILURES = 3
    REST = 60.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    def allows(self) -> bool:
        with self._lock:
            if self._failures < self.FAILURES:
                return True
            if time.monotonic() < self._closed_until:
                return False
            # One tries; the others go on resting meanwhile.
            self._closed_until = time.monotonic() + self.REST
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._closed_until = time.monotonic() + self.REST


breaker = Breaker()


def ask(url: str, text: str, seconds: float) -> tuple[float, str]:
    """A score from 0 to 1 and a label, for a text.

    Raises:
        Unusable: no answer in time, or none that can be read.
    """
    ends_at = time.monotonic() + seconds
    try:
        with requests.Session() as session:
            # No proxy, password or cookie of the surroundings goes along.
            session.trust_env = False
            with session.post(
                url,
                json={"text": text},
                timeout=seconds,
                allow_redirects=False,
                stream=True,
                headers={"User-Agent": "goedwerk", "Accept-Encoding": "identity"},
            ) as response:
                if response.status_code != requests.codes.ok:
                    raise Unusable(f"status {response.status_code}")
                return _answer(json.loads(_read(response, ends_at)))
    except (requests.RequestException, ValueError) as error:
        raise Unusable(type(error).__name__) from None


def _read(response: requests.Response, ends_at: float) -> bytes:
    """The answer, sign by sign: a server that drips must not hold us longer than one that hangs."""
    body = bytearray()
    for chunk in response.iter_content(chunk_size=1):
        body += chunk
        if len(body) > LONGEST_ANSWER or time.monotonic() > ends_at:
            raise Unusable("too long or too slow")
    return bytes(body)


def _answer(answer: Any) -> tuple[float, str]:
    if not isinstance(answer, dict) or not isinstance(answer.get("score"), (int, float)):
        raise Unusable("no score")
    score = float(answer["score"])
    if not 0 <= score <= 1:
        raise Unusable("no score from 0 to 1")
    label = "".join(c for c in str(answer.get("label", "")) if c.isalnum() or c in "_-")
    return score, label[:40]


class Remote(Check):
    """What a classifier elsewhere thinks; off without REMOTE_URL."""

    code = "remote"
    name = _("Externe beoordelaar")
    explanation = _("Een programma buiten de site denkt dat deze tekst iemand kan raken.")
    time_limit = 12.0
    only_advises = True
    threshold_name = _("procent zekerheid")
    threshold_range = (1, 100)
    default_threshold = 80

    def run(self, text: str, context: Context) -> Iterator[Finding]:
        url = conf().REMOTE_URL
        if not url or not breaker.allows():
            return
        try:
            score, label = ask(url, text, conf().REMOTE_TIMEOUT)
        except Unusable as error:
            breaker.failed()
            logger.warning("remote check failed", extra={"check": self.code, "error": str(error)})
            return
        breaker.succeeded()
        if score * 100 >= self.threshold(context):
            yield from self.finding(Level.ADVISE, kind=label)
