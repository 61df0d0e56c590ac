"""Deciding on a contribution: by an ambassador, or by the checks. Software never rejects."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django_comments.models import Comment

from .. import access
from ..checks import Examined
from ..checks.base import Level
from ..conf import conf
from ..errors import IllegalTransition, StaleDecision
from ..models import (
    AuditRecord,
    Contribution,
    Notice,
    OutboxRow,
    ReasonCode,
    Revision,
    Statement,
    Waiting,
)
from ..outbox.rows import ask_release, finish
from ..people import Person
from ..transitions import (
    BY_AMBASSADOR,
    BY_SOFTWARE,
    OPEN_REVISIONS,
    Action,
    Display,
    RevisionState,
    State,
    after,
)
from . import audit, notices, precision, waiting
from .discussions import raise_version
from .release import release

AMBASSADOR = "ambassador"
SOFTWARE = "checks"

#: What becomes of the version of the text that was judged.
REVISION_AFTER = {
    Action.PUBLISH: RevisionState.ACCEPTED,
    Action.HOLD: RevisionState.HELD,
    Action.RETURN: RevisionState.RETURNED,
    Action.REJECT: RevisionState.DROPPED,
}
NOTICE_OF = {
    Action.PUBLISH: Notice.Event.PUBLISHED,
    Action.RETURN: Notice.Event.RETURNED,
    Action.REJECT: Notice.Event.REJECTED,
    Action.HIDE: Notice.Event.HIDDEN,
}


# --- by a person -----------------------------------------------------------------------------


def decide(
    *,
    user: Person,
    public_id: str,
    version: int,
    action: Action,
    reason: str = "",
    words: str = "",
    judgements: Mapping[int, bool] | None = None,
) -> Contribution:
    """An ambassador's decision on what she read at ``version``.

    ``judgements``: per finding (its place in the revision's list) whether she found it right.

    Raises:
        NotFound: the contribution is not in a discussion granted to her.
        OwnContribution: it is her own.
        StaleDecision: it changed since she read it.
        IllegalTransition: the table has no such step, or it is not hers to take.
    """
    contribution = access.judgeable(user, public_id)
    waited_as = contribution.waiting
    with transaction.atomic():
        if contribution.version != version:
            raise StaleDecision
        if action not in BY_AMBASSADOR or contribution.state == State.PENDING:
            raise IllegalTransition
        statement = _statement(contribution, action, reason, words)
        judged = _held_revision(contribution)
        if contribution.waiting == Waiting.EDIT and action != Action.HIDE:
            _decide_edit(contribution, action, statement, judged)
        else:
            _decide_whole(contribution, action, statement, judged)
        if judged and action != Action.HIDE:
            precision.count(judged, action, reason, judgements)
        contribution.refresh_from_db()
        waiting.follow(contribution.pk, before=waited_as, after=contribution.waiting)
    return contribution


def _statement(
    contribution: Contribution, action: Action, reason: str, words: str
) -> Statement | None:
    if action == Action.PUBLISH:
        return None
    return Statement.objects.create(
        contribution=contribution,
        decision=action,
        reason=ReasonCode(reason),
        words=words,
        detected_by_software=_was_found_by_software(contribution),
        salt=secrets.token_hex(16),
        day=timezone.localdate(),
    )


def _was_found_by_software(contribution: Contribution) -> bool:
    latest = contribution.revisions.order_by("-number").first()
    findings = latest.findings if latest else []
    return any(finding["level"] != Level.ADVISE for finding in findings)


def _update(contribution: Contribution, **changes: object) -> None:
    changed = Contribution.objects.filter(
        pk=contribution.pk, state=contribution.state, version=contribution.version
    ).update(version=F("version") + 1, **changes)
    if changed != 1:
        raise StaleDecision


def _held_revision(contribution: Contribution) -> Revision | None:
    """The version of the text that waits for a person."""
    return contribution.revisions.filter(state=RevisionState.HELD).order_by("-number").first()


def _decide_whole(
    contribution: Contribution,
    action: Action,
    statement: Statement | None,
    judged: Revision | None,
) -> None:
    before, shown = contribution.state, contribution.display
    to = after(before, action)
    if to is None:
        raise IllegalTransition
    _update(
        contribution,
        state=to,
        waiting=Waiting.SECOND_LOOK if to == State.HIDDEN else None,
        # A text that leaves the page leaves a tombstone, until its release where it comes back.
        display=Display.NOTHING if shown == Display.NOTHING else Display.TOMBSTONE,
        **_accepting(action, judged),
    )
    if action == Action.HIDE:
        _drop_open(contribution)
    else:
        _judge(judged, action)
    if shown == Display.TEXT:
        Comment.objects.filter(pk=contribution.pk).update(comment="")
    if shown != Display.NOTHING:
        raise_version(contribution.discussion_id, shown=-1 if shown == Display.TEXT else 0)
    _tell(contribution, action, before, to, statement)


def _drop_open(contribution: Contribution) -> None:
    """An edit on its road ends with what it was an edit of: nobody judges it by accident."""
    contribution.revisions.filter(state__in=OPEN_REVISIONS).update(state=RevisionState.DROPPED)


def _decide_edit(
    contribution: Contribution,
    action: Action,
    statement: Statement | None,
    judged: Revision | None,
) -> None:
    if judged is None or action not in REVISION_AFTER:
        raise IllegalTransition
    _update(contribution, waiting=None, **_accepting(action, judged))
    _judge(judged, action)
    _tell(contribution, action, contribution.state, contribution.state, statement, is_edit=True)


def _accepting(action: Action, judged: Revision | None) -> dict[str, int]:
    return {"accepted_revision": judged.number} if action == Action.PUBLISH and judged else {}


def _judge(judged: Revision | None, action: Action) -> None:
    if judged is None:
        return
    if action == Action.PUBLISH:
        Revision.objects.filter(
            contribution_id=judged.contribution_id, state=RevisionState.ACCEPTED
        ).update(state=RevisionState.DROPPED)
    Revision.objects.filter(pk=judged.pk).update(state=REVISION_AFTER[action])


def _tell(
    contribution: Contribution,
    action: Action,
    before: str,
    to: str,
    statement: Statement | None,
    *,
    is_edit: bool = False,
) -> None:
    audit.write(
        [
            audit.entry(
                contribution,
                action,
                actor=AMBASSADOR,
                before=before,
                after=to,
                version=contribution.version + 1,
                statement=statement,
            )
        ]
    )
    event = Notice.Event.EDIT_PUBLISHED if is_edit and action == Action.PUBLISH else None
    notices.add([(contribution, event or NOTICE_OF[action], statement)])
    if action == Action.PUBLISH:
        publish_when_due([contribution.discussion_id])


def publish_when_due(discussion_ids: Iterable[int]) -> None:
    """Shows published texts at the next release moment, or now where the site has none."""
    if conf().RELEASE_EVERY:
        ask_release(discussion_ids)
    else:
        release(sorted(set(discussion_ids)))


# --- by the checks ---------------------------------------------------------------------------


def apply_verdicts(examined: Sequence[Examined], rows: Sequence[OutboxRow]) -> None:
    """Decides on many examined revisions in one transaction, and finishes their outbox rows.

    A revision whose contribution changed in the meantime keeps the newer state.
    """
    with transaction.atomic():
        still_pending = _locked([item.revision.pk for item in examined])
        current = [item for item in examined if item.revision.pk in still_pending]
        by_action: dict[Action, list[Examined]] = defaultdict(list)
        for item in current:
            by_action[item.verdict].append(item)
        for action, items in by_action.items():
            if action not in BY_SOFTWARE:
                raise IllegalTransition
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
    for item in items:
        item.revision.findings = item.as_json()
        item.revision.state = REVISION_AFTER[action]
    if action == Action.PUBLISH:
        Revision.objects.filter(
            contribution__in=[item.contribution.pk for item in items],
            state=RevisionState.ACCEPTED,
        ).update(state=RevisionState.DROPPED)
    Revision.objects.bulk_update([item.revision for item in items], ["findings", "state"])
    edits = [item.contribution.pk for item in items if item.is_edit]
    whole = [item.contribution.pk for item in items if not item.is_edit]
    _move(whole, action, Waiting.NEW, state=after(State.PENDING, action))
    _move(edits, action, Waiting.EDIT)


def _move(ids: list[int], action: Action, waiting: Waiting, **changes: object) -> None:
    if not ids:
        return
    Contribution.objects.filter(pk__in=ids).update(
        version=F("version") + 1,
        waiting=waiting if action == Action.HOLD else None,
        **({"accepted_revision": _newest_accepted()} if action == Action.PUBLISH else {}),
        **changes,
    )


def _newest_accepted() -> Subquery:
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
    published = [i.contribution.discussion_id for i in items if i.verdict == Action.PUBLISH]
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
    _update(contribution, state=to, waiting=Waiting.EDIT if is_edit else Waiting.STUCK)
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
