"""Deciding on a contribution, by the checks; software never rejects."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Case, F, JSONField, OuterRef, Subquery, Value, When
from django.utils import timezone

from ..checks import Examined
from ..complaints import still_waiting
from ..errors import IllegalTransition
from ..models import AuditRecord, Contribution, Notice, OutboxRow, Revision, Statement, Waiting
from ..outbox.rows import finish
from ..transitions import BY_SOFTWARE, Action, RevisionState, State, after
from . import audit, notices, waiting
from .changing import change
from .moderation import NOTICE_OF, REVISION_AFTER, publish_when_due

SOFTWARE = "checks"


def apply_verdicts(examined: Sequence[Examined], rows: Sequence[OutboxRow]) -> None:
    """Decides on many examined revisions in one transaction, and finishes their outbox rows.

    What it asks of the database is the same for two as for a hundred of the same verdicts.

    A revision whose contribution changed in the meantime keeps the newer state.
    """
    with transaction.atomic():
        still_pending = _locked([item.revision.pk for item in examined])
        current = [item for item in examined if item.revision.pk in still_pending]
        by_action: dict[Action, list[Examined]] = defaultdict(list)
        for item in current:
            by_action[item.verdict].append(item)
        if not BY_SOFTWARE.issuperset(by_action):
            raise IllegalTransition
        _judge(current)
        for action, items in by_action.items():
            _apply(action, items)
        waiting.begin(item.contribution.pk for item in by_action.get(Action.HOLD, []))
        _record_all(current)
        finish(rows)


def _locked(revision_ids: list[int]) -> set[int]:
    revisions = Revision.objects.filter(pk__in=revision_ids, state=RevisionState.PENDING)
    if connection.features.has_select_for_update:
        contributions = Contribution.objects.filter(revisions__in=revisions).order_by("pk")
        list(contributions.select_for_update(of=("self",), no_key=True).values_list("pk"))
    return set(revisions.values_list("pk", flat=True))


def _apply(action: Action, items: list[Examined]) -> None:
    edits = [item.contribution.pk for item in items if item.is_edit]
    whole = [item.contribution.pk for item in items if not item.is_edit]
    _move(whole, action, Waiting.NEW, state=after(State.PENDING, action))
    _move(edits, action, Waiting.EDIT)


def _judge(items: Sequence[Examined]) -> None:
    """What was found in each version, and where it stands; one statement, what is alike once."""
    if not items:
        return
    _make_way([item.contribution.pk for item in items if item.verdict == Action.PUBLISH])
    states: dict[RevisionState, list[int]] = defaultdict(list)
    alike: dict[str, list[int]] = defaultdict(list)
    for item in items:
        states[REVISION_AFTER[item.verdict]].append(item.revision.pk)
        alike[json.dumps(item.as_json())].append(item.revision.pk)
    found = {findings: Value(json.loads(findings), JSONField()) for findings in alike}
    Revision.objects.filter(pk__in=[item.revision.pk for item in items]).update(
        state=Case(*(When(pk__in=ids, then=Value(state)) for state, ids in states.items())),
        findings=Case(*(When(pk__in=ids, then=found[findings]) for findings, ids in alike.items())),
    )


def _make_way(contribution_ids: list[int]) -> None:
    """What stood until now is replaced by what is accepted."""
    if contribution_ids:
        Revision.objects.filter(
            contribution__in=contribution_ids, state=RevisionState.ACCEPTED
        ).update(state=RevisionState.DROPPED)


def _move(ids: list[int], action: Action, waiting: Waiting, **changes: object) -> None:
    if not ids:
        return
    Contribution.objects.filter(pk__in=ids).update(
        version=F("version") + 1,
        waiting=waiting if action == Action.HOLD else still_waiting(),
        **({"accepted_revision": newest_accepted()} if action == Action.PUBLISH else {}),
        **changes,
    )


def newest_accepted() -> Subquery:
    accepted = Revision.objects.filter(
        contribution_id=OuterRef("pk"), state=RevisionState.ACCEPTED
    ).order_by("-number")
    return Subquery(accepted.values("number")[:1])


def _record_all(items: list[Examined]) -> None:
    records: list[AuditRecord] = []
    told = []
    statements = _software_statements([item for item in items if item.verdict == Action.RETURN])
    for item in items:
        before = item.contribution.state
        to = before if item.is_edit else after(State.PENDING, item.verdict) or before
        statement = statements.get(item.contribution.pk)
        records.append(
            audit.entry(
                item.contribution,
                item.verdict,
                actor=SOFTWARE,
                before=before,
                after=to,
                version=item.contribution.version + 1,
                statement=statement,
                by_software=True,
            )
        )
        if item.verdict != Action.HOLD:
            edited = item.is_edit and item.verdict == Action.PUBLISH
            event = Notice.Event.EDIT_PUBLISHED if edited else NOTICE_OF[item.verdict]
            told.append((item.contribution, event, statement))
    audit.write(records)
    notices.add(told)
    published = [i.contribution.discussion for i in items if i.verdict == Action.PUBLISH]
    if published:
        publish_when_due(published)


def _software_statements(items: list[Examined]) -> dict[int, Statement]:
    statements = [
        Statement(
            contribution=item.contribution,
            decision=Action.RETURN,
            reason=item.reason,
            words=item.explanation,
            detected_by_software=True,
            decided_by_software=True,
            salt=secrets.token_hex(16),
            day=timezone.localdate(),
        )
        for item in items
    ]
    Statement.objects.bulk_create(statements)
    return {statement.contribution_id: statement for statement in statements}


def give_to_person(revision_id: int) -> None:
    """The checks failed on a revision again and again: an ambassador looks at it."""
    revision = (
        Revision.objects.select_related("contribution")
        .filter(pk=revision_id, state=RevisionState.PENDING)
        .first()
    )
    if revision is None:
        return
    contribution = revision.contribution
    is_edit = contribution.state == State.PUBLISHED
    to = contribution.state if is_edit else State.HELD
    change(contribution, state=to, waiting=Waiting.EDIT if is_edit else Waiting.STUCK)
    Revision.objects.filter(pk=revision_id).update(state=RevisionState.HELD)
    waiting.begin([contribution.pk])
    audit.write(
        [
            audit.entry(
                contribution,
                Action.HOLD,
                actor=SOFTWARE,
                before=contribution.state,
                after=to,
                version=contribution.version + 1,
                by_software=True,
            )
        ]
    )
