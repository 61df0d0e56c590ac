"""What hangs on a key in the tables of the stories, and how each is made anew."""

from __future__ import annotations

from goedwerk_forum.identity import keys, once
from goedwerk_forum.identity.holders import link_anew, mark_anew, text_anew
from goedwerk_forum.identity.rotation import Holder, register
from goedwerk_forum.models import Account

from .models import BallotToken, Letter, Round, Submission


def register_all() -> None:
    """Called once, when the app is ready. Each row alone: two may be one person's."""
    register(
        Holder(
            "goedwerk_casestudies.Submission",
            ("sealed_raw", "sealed_work", "token", "sealed_account", "key_id"),
            lambda: Submission.objects.exclude(sealed_raw=None, sealed_work=None, token=None),
            _submission,
        )
    )
    register(Holder("goedwerk_casestudies.Letter", ("sealed_text",), Letter.objects.all, _letter))
    register(
        Holder(
            "goedwerk_casestudies.Round",
            ("sealed_pool",),
            lambda: Round.objects.exclude(sealed_pool=""),
            _round,
        )
    )
    register(
        Holder(
            "goedwerk_casestudies.BallotToken",
            ("token",),
            lambda: BallotToken.objects.select_related("round"),
            _ballot_token,
        )
    )


def _submission(row: Submission) -> dict[str, object]:
    """Its texts open with LINK_KEY, its link as that of a participant; they go together."""
    changes: dict[str, object] = {}
    for name in ("sealed_raw", "sealed_work"):
        if text := text_anew(getattr(row, name), row.uuid):
            changes[name] = text
    if row.token and row.key_id != keys.key_id():
        changes |= link_anew(row.token, row.sealed_account, row.uuid)
    return changes


def _letter(row: Letter) -> dict[str, object]:
    text = text_anew(row.sealed_text, row.uuid)
    return {"sealed_text": text} if text else {}


def _round(row: Round) -> dict[str, object]:
    pool = text_anew(row.sealed_pool, row.uuid)
    return {"sealed_pool": pool} if pool else {}


def _ballot_token(row: BallotToken) -> dict[str, object]:
    """No seal goes with it: it is found again among the accounts."""
    if not keys.link_keys()[1:]:
        return {}
    accounts = Account.objects.values_list("pk", flat=True).iterator()
    token = mark_anew(
        row.token, lambda account, key: once.of_account(account, row.round.uuid, key), accounts
    )
    return {"token": token} if token else {}
