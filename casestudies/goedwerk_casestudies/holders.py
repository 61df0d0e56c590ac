"""What hangs on a key in the tables of the stories, and how each is made anew."""

from __future__ import annotations

from goedwerk_forum.identity import keys
from goedwerk_forum.identity.holders import link_anew, text_anew
from goedwerk_forum.identity.rotation import Holder, register

from .models import Letter, Submission


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
