"""A text typed in an expired session survives the sign-in: sealed, one hour, no trace.

The key travels in a cookie of the writer's browser only; the row without the cookie is noise. Its
hour is rounded, so the exact end stands in what is sealed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets

from django.utils import timezone
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from ..models import RescuedText
from .sealed import pack

#: How the names of the cookies begin; a form of another page has a cookie of its own.
COOKIE = "gw_bewaard"
LIFETIME = datetime.timedelta(hours=1)


def cookie_of(path: str) -> str:
    """The name of the cookie that opens what was typed at ``path``; it does not tell the path."""
    return f"{COOKIE}_{salted_hmac('goedwerk rescued at', path).hexdigest()[:12]}"


def _lookup(key: bytes) -> str:
    return hashlib.sha256(b"goedwerk rescue" + key).hexdigest()


def keep(fields: dict[str, str]) -> str:
    """Seals what was typed and returns the value for the cookie (64 hex digits)."""
    key = secrets.token_bytes(SecretBox.KEY_SIZE)
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    sealed = pack({"fields": fields, "until": (now + LIFETIME).isoformat()})
    RescuedText.objects.filter(hour__lt=hour - LIFETIME).delete()
    RescuedText.objects.create(
        lookup=_lookup(key), sealed=SecretBox(key).encrypt(sealed).hex(), hour=hour
    )
    return key.hex()


def restore(cookie: str) -> dict[str, str]:
    """What was typed; empty where the cookie fits nothing or the hour has passed."""
    try:
        key = bytes.fromhex(cookie)
        row = RescuedText.objects.filter(lookup=_lookup(key)).first()
        kept = json.loads(SecretBox(key).decrypt(bytes.fromhex(row.sealed))) if row else None
    except (ValueError, CryptoError):
        return {}
    if kept is None:
        return {}
    until = datetime.datetime.fromisoformat(kept["until"])
    return kept["fields"] if timezone.now() <= until else {}


def forget(cookie: str) -> None:
    """Drops the sealed text once it stands in a form again that was sent."""
    try:
        RescuedText.objects.filter(lookup=_lookup(bytes.fromhex(cookie))).delete()
    except ValueError:
        return
