"""Who may make an account: shown once, by a code to a work address or by an invitation.

The address is forgotten as soon as the code is on its way. No row holds it, no hash of it either:
work addresses can be guessed, so a hash would be a list of who takes part for whoever has the key.
What was shown stands in the person's own signed session until the account is made.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.models import Site

from . import domains
from .models import AccountSettings, Invitation

#: Digits and capitals that nobody takes for another; 8 of them cannot be guessed in an hour.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
#: Seconds that a code, and what it showed, can be used.
LIFETIME = 3600
CODE_KEY, PROOF_KEY = "goedwerk_code", "goedwerk_eligible"
#: New at each start: what the memory of this process counts by names nobody.
_SALT = secrets.token_hex(16)


class NotEligible(Exception):
    """What was shown is used, too old, or was never shown."""


def settings_of(request: HttpRequest) -> AccountSettings:
    site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
    return AccountSettings.for_site(site)


def may_sign_up(request: HttpRequest) -> bool:
    """Whether the asker may make an account now."""
    proof = request.session.get(PROOF_KEY) or {}
    if proof.get("by") == "invitation":
        return _invitations(proof["token"]).exists()
    if proof.get("by") == "code":
        return bool(proof["until"] > time.time() and not cache.get(_used(proof["nonce"])))
    return settings_of(request).is_open


def use(request: HttpRequest) -> None:
    """Takes what was shown: it makes one account. Called in the transaction that makes it.

    Raises:
        NotEligible: nothing was shown, or it was used or became too old meanwhile.
    """
    if not may_sign_up(request):
        raise NotEligible
    proof = request.session.pop(PROOF_KEY, None) or {}
    if proof.get("by") == "invitation":
        gone, _by_model = _invitations(proof["token"]).delete()
        if not gone:
            raise NotEligible
    elif proof.get("by") == "code" and not cache.add(_used(proof["nonce"]), True, LIFETIME):
        raise NotEligible


# --- a code to a work address ----------------------------------------------------------------


def send_code(request: HttpRequest, address: str) -> bool:
    """Sends a code, and forgets the address; False where too many went there just now."""
    key = salted_hmac(_SALT, address.lower()).hexdigest()
    if not ratelimit.consume(request, action="work_code", key=key):
        return False
    code = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    nonce, until = secrets.token_hex(16), int(time.time()) + LIFETIME
    get_adapter(request).send_mail("account/email/work_code", address, {"code": _spaced(code)})
    request.session[CODE_KEY] = {
        "nonce": nonce,
        "until": until,
        "digest": _digest(nonce, until, code),
    }
    return True


def waits_for_code(request: HttpRequest) -> bool:
    return CODE_KEY in request.session


def accept_code(request: HttpRequest, typed: str) -> bool:
    """Whether ``typed`` is the code that was sent; then the asker may make an account."""
    sent: dict[str, Any] = request.session.get(CODE_KEY) or {}
    if not sent or sent["until"] < time.time():
        return False
    if not ratelimit.consume(request, action="work_code_try", key=sent["nonce"]):
        return False
    digest = _digest(sent["nonce"], sent["until"], normal(typed))
    if not constant_time_compare(digest, sent["digest"]):
        return False
    del request.session[CODE_KEY]
    request.session[PROOF_KEY] = {"by": "code", "nonce": sent["nonce"], "until": sent["until"]}
    return True


def normal(typed: str) -> str:
    """A code as people type it: small letters, spaces and hyphens do not matter."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_work_address(request: HttpRequest, address: str) -> bool:
    return domains.accepts(settings_of(request).domains, address)


def _spaced(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


def _digest(nonce: str, until: int, code: str) -> str:
    """Says that a code is right, to who knows SECRET_KEY; the session can be read by its owner."""
    message = f"{nonce}:{until}:{code}"
    return salted_hmac("goedwerk.work-code", message, algorithm="sha256").hexdigest()


def _used(nonce: str) -> str:
    return "goedwerk-eligible-" + salted_hmac(_SALT, nonce).hexdigest()


# --- an invitation ---------------------------------------------------------------------------


def invite(expires_on: Any) -> str:
    """A new invitation; returns its secret, which is shown once and kept nowhere."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(expires_on__lt=timezone.localdate()).delete()
    Invitation.objects.create(digest=_hash(token), expires_on=expires_on)
    return token


def is_invitation(token: str) -> bool:
    return _invitations(token).exists()


def accept_invitation(request: HttpRequest, token: str) -> bool:
    """Whether ``token`` invites; then the asker may make one account."""
    if not is_invitation(token):
        return False
    request.session[PROOF_KEY] = {"by": "invitation", "token": token}
    return True


def _invitations(token: str) -> Any:
    return Invitation.objects.filter(digest=_hash(token), expires_on__gte=timezone.localdate())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
