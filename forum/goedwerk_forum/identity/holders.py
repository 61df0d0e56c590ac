"""What hangs on a key in the forum's own tables, and how each is made anew."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from ..errors import KeyMissing
from ..models import (
    Account,
    Appeal,
    CircleMark,
    CircleSession,
    Follow,
    Hint,
    KeptText,
    MeasureRequest,
    Participant,
    Report,
    Standing,
    Statement,
)
from . import deciders, follows, keys, links, once, reporters, sealed, standing
from .rotation import Holder, register

#: What somebody's mark is with a key.
Made = Callable[[Any, bytes], str]
MODERATORS = Q(is_superuser=True) | Q(groups__permissions__codename="moderate_discussion")


def register_all() -> None:
    """Called once, when the app is ready."""
    for holder in (
        Holder(
            "goedwerk_forum.Participant",
            ("token", "sealed_account", "key_id"),
            lambda: (
                Participant.objects.filter(token__isnull=False)
                .exclude(key_id=keys.key_id())
                .select_related("discussion")
            ),
            renewed_link,
            "discussion_id",
        ),
        Holder(
            "goedwerk_forum.Report",
            ("sealed", "reporter"),
            lambda: Report.objects.exclude(sealed="", reporter=None).select_related(
                "discussion", "page"
            ),
            _report,
        ),
        Holder("goedwerk_forum.KeptText", ("sealed",), KeptText.objects.all, renewed_text),
        Holder("goedwerk_forum.Hint", ("sealed",), Hint.objects.all, renewed_text),
        Holder(
            "goedwerk_forum.Appeal",
            ("sealed",),
            lambda: Appeal.objects.exclude(sealed=""),
            renewed_text,
        ),
        Holder(
            "goedwerk_forum.Statement",
            ("decider",),
            lambda: Statement.objects.exclude(decider=""),
            _deciders,
            "contribution__discussion_id",
        ),
        Holder(
            "goedwerk_forum.MeasureRequest",
            ("asked_by", "confirmed_by"),
            lambda: MeasureRequest.objects.select_related("statement"),
            renewed_hands,
            "contribution__discussion_id",
        ),
        Holder(
            "goedwerk_forum.CircleSession",
            ("sealed_sheet",),
            lambda: CircleSession.objects.exclude(sealed_sheet="").select_related("discussion"),
            _sheet,
        ),
        Holder(
            "goedwerk_forum.CircleMark",
            ("token",),
            lambda: CircleMark.objects.select_related("discussion"),
            _circle_mark,
        ),
        Holder(
            "goedwerk_forum.Follow",
            ("token", "sealed_account", "key_id"),
            lambda: Follow.objects.exclude(key_id=keys.key_id()),
            follows.renewed,
        ),
        Holder(
            "goedwerk_forum.Standing",
            ("token", "sealed", "key_id"),
            lambda: Standing.objects.exclude(key_id=keys.standing_key_id()),
            _standing,
        ),
    ):
        register(holder)


# --- seals -----------------------------------------------------------------------------------


def renewed_link(row: Participant) -> dict[str, object]:
    """Token, seal and key id of a participant, anew.

    Raises:
        KeyMissing: no key opens the seal, or the token is not that of the account in it.
    """
    return link_anew(row.token, row.sealed_account, row.place)


def link_anew(token: str | None, seal: str | None, place: uuid.UUID) -> dict[str, object]:
    """The same of any row that leads to an account, whose token is made of it and ``place``."""
    account = links.unseal(seal or "")
    if token not in [links.token(account, place, key) for key in keys.link_keys()]:
        raise KeyMissing
    return {
        "token": links.token(account, place),
        "sealed_account": links.seal(account),
        "key_id": keys.key_id(),
    }


def text_anew(seal: str | None, row: uuid.UUID) -> str | None:
    """A text that ``identity.sealed`` sealed, sealed anew; None where that is not needed."""
    if not seal or sealed.is_current(seal, row):
        return None
    return sealed.seal(sealed.unseal(seal, row), row)


def renewed_text(row: KeptText | Appeal | Hint) -> dict[str, object]:
    text = text_anew(row.sealed, row.uuid)
    return {"sealed": text} if text else {}


# --- marks that no seal goes with ------------------------------------------------------------


def mark_anew(value: str, made: Made, among: Iterable[Any]) -> str | None:
    """``value`` made with the present key, by who of these made it with the one before.

    None where it needs nothing. Of somebody who is not there any more it becomes noise: it led to
    nobody, and so it stays.
    """
    if value.startswith(deciders.NOBODY):
        return None
    present, *before = keys.link_keys()
    for who in among:
        if value == made(who, present):
            return None
        if any(value == made(who, key) for key in before):
            return made(who, present)
    return deciders.noise(len(value))


def _marks_anew(values: str, made: Made) -> str | None:
    """Marks with spaces between, of ambassadors; those of the team are tried first."""
    users = get_user_model()._default_manager
    among = itertools.chain(
        users.filter(MODERATORS).distinct().iterator(), users.exclude(MODERATORS).iterator()
    )
    tried = list(among) if keys.link_keys()[1:] else []
    anew = [mark_anew(value, made, tried) or value for value in values.split()] if tried else []
    return " ".join(anew) if anew and " ".join(anew) != values else None


def _report(row: Report) -> dict[str, object]:
    changes: dict[str, object] = {}
    if text := text_anew(row.sealed, row.uuid):
        changes["sealed"] = text
    place, accounts = row.place, Account.objects.values_list("uuid", flat=True)
    if row.reporter and keys.link_keys()[1:]:
        reporter = mark_anew(
            row.reporter,
            lambda account, key: reporters.token(account, place, key),
            accounts.iterator(),
        )
        if reporter and _reported_again(row, reporter):
            return changes | {"reporter": deciders.noise(len(reporter)), "counts": False}
        changes |= {"reporter": reporter} if reporter else {}
    return changes


def _reported_again(row: Report, reporter: str) -> bool:
    """Whether she has an open report of the same under the present key: one of them counts."""
    return (
        row.state == Report.State.OPEN
        and Report.objects.filter(
            discussion=row.discussion_id,
            page=row.page_id,
            contribution=row.contribution_id,
            reporter=reporter,
            state=Report.State.OPEN,
        ).exists()
    )


def _sheet(row: CircleSession) -> dict[str, object]:
    text = text_anew(row.sealed_sheet, row.discussion.uuid)
    return {"sealed_sheet": text} if text else {}


def _circle_mark(row: CircleMark) -> dict[str, object]:
    """No seal goes with it: it is found again among the accounts."""
    if not keys.link_keys()[1:]:
        return {}
    place, accounts = row.discussion.uuid, Account.objects.values_list("pk", flat=True)
    token = mark_anew(
        row.token, lambda account, key: once.of_account(account, place, key), accounts.iterator()
    )
    return {"token": token} if token else {}


def _deciders(row: Statement) -> dict[str, object]:
    anew = _marks_anew(row.decider, lambda user, key: deciders.mark(user, row.salt, key))
    return {"decider": anew} if anew else {}


def renewed_hands(row: MeasureRequest) -> dict[str, str]:
    """Who asked and who confirmed, anew: with the salt of the statement, or of the one to come."""

    def made(user: Any, key: bytes) -> str:
        salt = row.statement.salt if row.statement else standing.salt_of(row.public_id, key)
        return deciders.mark(user, salt, key)

    anew = {name: _marks_anew(getattr(row, name), made) for name in ("asked_by", "confirmed_by")}
    return {name: value for name, value in anew.items() if value}


def _standing(row: Standing) -> dict[str, object]:
    """A row of an account that is gone holds nobody back: it keeps its place, as noise.

    Raises:
        KeyMissing: neither standing key opens it.
    """
    changes: dict[str, object] = {**standing.renewed(row)}
    for account in Account.objects.values_list("pk", flat=True).iterator():
        if row.token in [standing.token(account, row.pk, key) for key in keys.standing_keys()]:
            return changes | {"token": standing.token(account, row.pk)}
    return changes | {"token": deciders.noise()}
