"""Taking a decision back within a minute: who took it, and nobody else.

What is needed for that stays in the decider's own browser, as a signed value: no row says who
decided. It goes by itself when the minute is over.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.crypto import constant_time_compare, salted_hmac
from django_comments.models import Comment

from .. import access
from ..complaints import ending_appeals, open_reports
from ..errors import StaleDecision, TooLate
from ..models import (
    TAKEN_BACK,
    Appeal,
    AuditRecord,
    CaseNote,
    Contribution,
    Notice,
    OutboxRow,
    Revision,
    Statement,
    Waiting,
    WaitingSince,
)
from ..outbox.rows import Kind, enqueue
from ..people import Person, key_of
from ..texts import FROM_AMBASSADOR
from ..transitions import Action, Display, RevisionState
from . import audit, indexing, precision, waiting
from .discussions import raise_version
from .moderation import AMBASSADOR, NOTICE_OF
from .precision import Judged

#: Seconds within which a decision can be taken back.
SECONDS = 60
SALT = "goedwerk.undo"
#: Columns of a contribution that come back as they were.
COLUMNS = ("state", "waiting", "urgency", "display", "accepted_revision", "vetted_revision")

Before = dict[str, Any]


def before(contribution: Contribution) -> Before:
    """How a contribution stands, to be read before a decision on it."""
    since = WaitingSince.objects.filter(pk=contribution.pk).first()
    asked = contribution.case_notes.filter(asks_second_look=True).first()
    return {
        **{name: getattr(contribution, name) for name in COLUMNS},
        "revisions": dict(contribution.revisions.values_list("number", "state")),
        "since": since.hour.isoformat() if since else "",
        "asked": asked.public_id if asked else "",
        "reports": open_reports(contribution.pk).exists(),
        "appeals": contribution.waiting == Waiting.APPEAL
        and ending_appeals(contribution.pk).exists(),
    }


def proof(
    *,
    user: Person,
    decided: Contribution,
    stood: Before,
    action: Action,
    reason: str = "",
    judgements: Mapping[int, bool] | None = None,
) -> str | None:
    """A signed value with which ``user`` can take this decision back; None where nobody can.

    It cannot be taken back once readers see the text, nor where people who reported it were
    answered with it, nor where an appeal ended with it.
    """
    shown_now = action == Action.PUBLISH and decided.display == Display.TEXT != stood["display"]
    if stood["reports"] or shown_now or (stood["appeals"] and action == Action.HIDE):
        return None
    value = {
        "id": decided.public_id,
        "by": _mark_of(user, decided.public_id),
        "version": decided.version,
        "display": decided.display,
        "shown": decided.shown_revision,
        "action": action,
        "reason": reason,
        "said": {str(index): right for index, right in (judgements or {}).items()},
        "stood": stood,
    }
    return signing.dumps(value, salt=SALT, compress=True)


def _mark_of(user: Person, public_id: str) -> str:
    return salted_hmac(SALT, f"{public_id}:{key_of(user)}", algorithm="sha256").hexdigest()


def read(user: Person, signed: str) -> dict[str, Any] | None:
    """What a proof says; None where it is not this ambassador's, was changed, or is too old."""
    try:
        value: dict[str, Any] = signing.loads(signed, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    is_hers = constant_time_compare(value["by"], _mark_of(user, value["id"]))
    return value if is_hers else None


def undo(*, user: Person, signed: str) -> Contribution:
    """Everything stands as before the decision; that it was taken back is on record.

    The message to the author goes, read or not: what she read is known on her device only.

    Raises:
        TooLate: the minute is over, something changed since, or the proof is not hers.
        NotFound, OwnContribution: it is not hers to judge, or no longer.
    """
    value = read(user, signed)
    if value is None:
        raise TooLate
    contribution = access.judgeable(user, value["id"])
    with transaction.atomic():
        if not _is_as_decided(contribution, value):
            raise TooLate
        _take_back_words(contribution, value)
        _bring_back(contribution, value)
        _bring_back_versions(contribution, value)
        audit.write([_record(contribution, value)])
        contribution.refresh_from_db()
    return contribution


def _is_as_decided(contribution: Contribution, value: dict[str, Any]) -> bool:
    return (contribution.version, contribution.display, contribution.shown_revision) == (
        value["version"],
        value["display"],
        value["shown"],
    )


def _bring_back(contribution: Contribution, value: dict[str, Any]) -> None:
    stood = value["stood"]
    changed = Contribution.objects.filter(
        pk=contribution.pk,
        version=value["version"],
        state=contribution.state,
        display=value["display"],
        shown_revision=value["shown"],
    ).update(version=F("version") + 1, **{name: stood[name] for name in COLUMNS})
    if changed != 1:
        raise StaleDecision
    is_back = stood["display"] == Display.TEXT != value["display"]
    if is_back:
        _show_again(contribution)
    if stood["display"] != Display.NOTHING:
        raise_version(contribution.discussion_id, shown=int(is_back))
    CaseNote.objects.filter(contribution=contribution, public_id=stood["asked"]).update(
        asks_second_look=True
    )
    waiting.forget([contribution.pk])
    if stood["since"]:
        hour = datetime.datetime.fromisoformat(stood["since"])
        waiting.take_back(contribution.pk, waited_as=stood["waiting"], hour=hour)


def _show_again(contribution: Contribution) -> None:
    """A hidden text is where it was: readers knew it."""
    shown = Revision.objects.filter(
        contribution_id=OuterRef("pk"), number=contribution.shown_revision
    )
    Comment.objects.filter(pk=contribution.pk).update(comment=Subquery(shown.values("text")[:1]))
    indexing.add_contributions([contribution.pk])


def _bring_back_versions(contribution: Contribution, value: dict[str, Any]) -> None:
    """Versions of the text get their states back; what a check still had to read is asked again."""
    states = value["stood"]["revisions"]
    said = {int(index): right for index, right in value["said"].items()}
    for revision in contribution.revisions.all():
        state = states.get(str(revision.number))
        if state is None or state == revision.state:
            continue
        findings = [item for item in revision.findings if item["check"] != FROM_AMBASSADOR]
        Revision.objects.filter(pk=revision.pk).update(state=state, findings=findings)
        if state == RevisionState.PENDING:
            enqueue(Kind.CHECK, [(revision.pk, revision.number)], None)
        if state == RevisionState.HELD and value["action"] != Action.HIDE:
            precision.take_back(Judged(revision, Action(value["action"]), value["reason"], said))


def _take_back_words(contribution: Contribution, value: dict[str, Any]) -> None:
    """The statement and the message of this decision go, with the mail that was to tell of it.

    What else was told meanwhile stands, such as a measure with the same contribution as occasion.
    """
    action = Action(value["action"])
    statement = None
    if action != Action.PUBLISH:
        statement = contribution.statements.filter(decision=action).order_by("-pk").first()
        if statement is None or Appeal.objects.filter(statement=statement).exists():
            raise TooLate
    _take_back_message(contribution, _told(action, value["stood"]), statement)
    if statement is not None:
        statement.delete()


def _told(action: Action, stood: Before) -> str:
    is_edit = stood["waiting"] == Waiting.EDIT and action == Action.PUBLISH
    return Notice.Event.EDIT_PUBLISHED if is_edit else NOTICE_OF[action]


def _take_back_message(contribution: Contribution, event: str, statement: Statement | None) -> None:
    notice = (
        Notice.objects.filter(
            contribution=contribution,
            participant_id=contribution.participant_id,
            event=event,
            statement=statement,
        )
        .order_by("-pk")
        .first()
    )
    if notice is not None:
        OutboxRow.objects.filter(kind=Kind.NOTICE, object_id=notice.pk).delete()
        notice.delete()


def _record(contribution: Contribution, value: dict[str, Any]) -> AuditRecord:
    return audit.entry(
        contribution,
        TAKEN_BACK,
        actor=AMBASSADOR,
        before=contribution.state,
        after=value["stood"]["state"],
        version=value["version"] + 1,
    )
