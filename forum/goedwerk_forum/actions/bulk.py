"""One decision on many contributions at once: a fixed number of queries, a record for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import access
from ..complaints import hidden_by, still_waiting
from ..errors import (
    ClaimedByColleague,
    HiddenByHer,
    IllegalTransition,
    SecondLookAsked,
    StaleDecision,
)
from ..models import (
    AuditRecord,
    Claim,
    Contribution,
    Discussion,
    Notice,
    Report,
    Revision,
    Statement,
    Urgency,
    Waiting,
)
from ..people import Person
from ..transitions import Action, Display, RevisionState, State, after
from . import audit, desk, notices, precision, waiting
from .answers import answer_open
from .moderation import (
    AMBASSADOR,
    NOTICE_OF,
    REVISION_AFTER,
    new_statement,
    publish_when_due,
    whole_reason,
)
from .precision import Judged
from .reasons import Why
from .verdicts import newest_accepted

#: Most contributions in one go.
MOST = 100
#: What can be decided about many: hiding needs a look at each.
TOGETHER = (Action.PUBLISH, Action.RETURN, Action.REJECT)
#: What a person waits for that more is needed for than one of these decisions.
DECIDED_HERE = (Waiting.NEW, Waiting.EDIT, Waiting.SECOND_LOOK, Waiting.STUCK)

CHANGED = StaleDecision.message
UNKNOWN = _("Deze bijdrage is er niet, of zij is niet aan jou.")
ALONE = _("Over deze bijdrage beslis je apart.")


@dataclass(frozen=True)
class Skipped:
    """A contribution on which nothing was decided, and why; its text is not in here."""

    public_id: str
    why: str | Promise


@dataclass
class Outcome:
    """What became of a decision on many."""

    decided: list[Contribution] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def decide_many(
    *,
    user: Person,
    seen: Mapping[str, int],
    action: Action,
    reason: str = "",
    words: str = "",
    law: str = "",
) -> Outcome:
    """Decides the same on all that ``user`` saw (public id -> version), at most ``MOST``.

    What changed since, is her own, is not granted, is in a colleague's hands or must be decided
    by itself is left as it is and named in the outcome.

    Raises:
        IllegalTransition: the action is not one for many, or there are too many.
        StaleDecision: somebody decided at the same moment; nothing happened at all.
        ReasonNeeded: they are not placed, and the reason is not whole.
    """
    why = whole_reason(action, reason, words, law)
    if action not in TOGETHER or len(seen) > MOST:
        raise IllegalTransition
    with transaction.atomic():
        found = _found(user, seen)
        hers = hidden_by(user, found.values()) if action == Action.REJECT else set()
        outcome = _sorted_out(found, seen, action, hers)
        if outcome.decided:
            _decide(user, outcome.decided, action, why)
    return outcome


def _found(user: Person, seen: Collection[str]) -> dict[str, Contribution]:
    """Those of ``seen`` that she may judge, with what stands in the way of a decision."""
    rows = (
        access.judgeable_contributions(user)
        .filter(public_id__in=list(seen))
        .select_related("waiting_since", "discussion")
        .annotate(
            is_claimed=Exists(desk.claims_of_others(user).filter(contribution=OuterRef("pk"))),
            has_claim=Exists(Claim.objects.filter(contribution=OuterRef("pk"))),
            is_asked=Exists(desk.second_looks().filter(contribution=OuterRef("pk"))),
            was_asked=Exists(desk.asked_by(user).filter(contribution=OuterRef("pk"))),
        )
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    return {row.public_id: row for row in rows}


def _sorted_out(
    found: Mapping[str, Contribution],
    seen: Mapping[str, int],
    action: Action,
    hers: Collection[int],
) -> Outcome:
    """``hers`` are the keys of those of which somebody else decides that they stay away."""
    outcome = Outcome()
    for public_id, version in seen.items():
        contribution = found.get(public_id)
        why = _in_the_way(contribution, version, action)
        if contribution and not why and contribution.pk in hers:
            why = HiddenByHer.message
        if why or contribution is None:
            outcome.skipped.append(Skipped(public_id, why or UNKNOWN))
        else:
            outcome.decided.append(contribution)
    return outcome


def _in_the_way(
    contribution: Contribution | None, version: int, action: Action
) -> str | Promise | None:
    """Why nothing is decided on this one; None where nothing stands in the way."""
    if contribution is None:
        return UNKNOWN
    if contribution.version != version or contribution.waiting is None:
        return CHANGED
    if contribution.is_claimed:
        return ClaimedByColleague.message
    if contribution.was_asked:
        return SecondLookAsked.message
    if contribution.waiting not in DECIDED_HERE:
        return ALONE
    is_edit = contribution.waiting == Waiting.EDIT
    if not is_edit and after(contribution.state, action) is None:
        return IllegalTransition.message
    return None


def _decide(user: Person, decided: list[Contribution], action: Action, why: Why | None) -> None:
    ids = [contribution.pk for contribution in decided]
    latest = _latest_revisions(ids)
    judged = {pk: row for pk, row in latest.items() if row.state == RevisionState.HELD}
    statements = _statements(user, decided, latest, action, why)
    _answer_reports(decided, action, why.words if why else "")
    _judge(judged, action)
    _move(decided, action)
    _change_pages(decided)
    told = [(item, _event(item, action), statements.get(item.pk)) for item in decided]
    audit.write([_record(item, action, statements.get(item.pk)) for item in decided])
    notices.add(told)
    if action == Action.PUBLISH:
        publish_when_due([contribution.discussion for contribution in decided])
    reason = why.reason if why else ""
    precision.count([Judged(revision, action, reason) for revision in judged.values()])
    if any(item.has_claim or item.is_asked for item in decided):
        desk.close(ids)
    waiting.count_known(
        (item.waiting, item.waiting_since.hour)
        for item in decided
        if item.waiting and hasattr(item, "waiting_since")
    )
    waiting.forget(ids)


def _latest_revisions(ids: list[int]) -> dict[int, Revision]:
    """The version that waits, or else the one that was accepted, per contribution."""
    states = [RevisionState.HELD, RevisionState.ACCEPTED]
    rows = Revision.objects.filter(contribution__in=ids, state__in=states)
    return {revision.contribution_id: revision for revision in rows.order_by("number")}


def _statements(
    user: Person,
    decided: list[Contribution],
    latest: Mapping[int, Revision],
    action: Action,
    why: Why | None,
) -> dict[int, Statement]:
    if why is None:
        return {}
    statements = [new_statement(user, item, action, why, latest.get(item.pk)) for item in decided]
    Statement.objects.bulk_create(statements)
    return {statement.contribution_id: statement for statement in statements}


def _answer_reports(decided: list[Contribution], action: Action, words: str) -> None:
    """Only what readers saw can have been reported."""
    seen = [item.pk for item in decided if item.display == Display.TOMBSTONE]
    if seen:
        outcome = Report.State.REFUSED if action == Action.PUBLISH else Report.State.UPHELD
        answer_open(seen, outcome=outcome, actor=AMBASSADOR, words=words)


def _judge(judged: Mapping[int, Revision], action: Action) -> None:
    """The judged versions take their new state; a version that one replaces is dropped."""
    pks = [revision.pk for revision in judged.values()]
    rows = Q(pk__in=pks)
    if action == Action.PUBLISH:
        rows |= Q(contribution__in=list(judged), state=RevisionState.ACCEPTED)
    Revision.objects.filter(rows).update(
        state=Case(
            When(pk__in=pks, then=Value(REVISION_AFTER[action])),
            default=Value(RevisionState.DROPPED),
        )
    )


def _move(decided: list[Contribution], action: Action) -> None:
    """One conditional update for all; those whose edit was judged keep their state."""
    unchanged = Q()
    for item in decided:
        unchanged |= Q(pk=item.pk, version=item.version, state=item.state)
    is_edit = Q(waiting=Waiting.EDIT)
    stands = dict.fromkeys(("accepted_revision", "vetted_revision"), newest_accepted())
    changed = Contribution.objects.filter(unchanged).update(
        version=F("version") + 1,
        state=Case(When(is_edit, then=F("state")), default=Value(_to(action))),
        waiting=still_waiting(),
        urgency=Urgency.ORDINARY,
        **(stands if action == Action.PUBLISH else {}),
    )
    if changed != len(decided):
        raise StaleDecision


def _to(action: Action) -> State:
    """Where the action leads: the same from every state from which it can be taken."""
    to = after(State.HELD, action)
    if to is None:
        raise IllegalTransition
    return to


def _change_pages(decided: list[Contribution]) -> None:
    """Readers of a discussion in which an empty place was decided on see something else."""
    shown = {c.discussion_id for c in decided if c.display == Display.TOMBSTONE}
    if shown:
        Discussion.objects.filter(pk__in=shown).update(version=F("version") + 1)


def _event(contribution: Contribution, action: Action) -> str:
    is_edit = contribution.waiting == Waiting.EDIT
    if is_edit and action == Action.PUBLISH:
        return Notice.Event.EDIT_PUBLISHED
    return NOTICE_OF[action]


def _record(contribution: Contribution, action: Action, statement: Statement | None) -> AuditRecord:
    is_edit = contribution.waiting == Waiting.EDIT
    return audit.entry(
        contribution,
        action,
        actor=AMBASSADOR,
        before=contribution.state,
        after=contribution.state if is_edit else _to(action),
        version=contribution.version + 1,
        statement=statement,
    )
