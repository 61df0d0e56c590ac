"""What holds after each step, whatever was done, and whoever died in the middle of it."""

from __future__ import annotations

from django.db.models import Count, Q
from django_comments.models import Comment

from goedwerk_forum.actions.verifying import verify
from goedwerk_forum.models import (
    LEVELS,
    SEGMENT,
    Appeal,
    AuditRecord,
    Contribution,
    Discussion,
    OutboxRow,
    Report,
    Revision,
    Statement,
)
from goedwerk_forum.models.appeals import OPEN_APPEALS
from goedwerk_forum.outbox.rows import Kind
from goedwerk_forum.transitions import Action, Display, RevisionState, State, after

#: Which decision a restriction rests on; its statement of reasons must be there.
RESTRICTED_BY = {
    State.HIDDEN: Action.HIDE,
    State.REJECTED: Action.REJECT,
    State.RETURNED: Action.RETURN,
}
UNDO = "undo"
#: Steps that leave the state of a published contribution as it is: an edit is on its own road.
OF_AN_EDIT = {Action.EDIT, Action.HOLD, Action.PUBLISH, Action.RETURN, Action.REJECT}
OF_AN_EDIT |= {Action.GRANT, Action.CONDITION}


class Past:
    """What was seen in earlier steps, to hold the next one against."""

    def __init__(self) -> None:
        #: The last record that was looked at; what the example begins with was recorded too.
        self.read_until = 0
        #: Public id -> the states it went through on record, the newest last.
        self.states: dict[str, list[str]] = {}
        #: (contribution, text) that readers see now, or ever saw.
        self.visible = visible_texts()
        self.ever_visible = set(self.visible)


def visible_texts() -> set[tuple[int, str]]:
    rows = Contribution.objects.filter(display=Display.TEXT)
    return set(rows.values_list("pk", "comment"))


def only_legal_steps(past: Past) -> None:
    """Each record continues where the last one ended, by a step of the table."""
    records = AuditRecord.objects.filter(
        pk__gt=past.read_until, object_kind="contribution", action__in=[*Action.values, UNDO]
    ).order_by("pk")
    for record in records:
        past.read_until = record.pk
        if record.after:
            _step(past.states.setdefault(record.object_id, [""]), record)
    stands = dict(Contribution.objects.values_list("public_id", "state"))
    assert stands == {public_id: states[-1] for public_id, states in past.states.items()}


def _step(states: list[str], record: AuditRecord) -> None:
    before, to, action = record.before, record.after, record.action
    assert before == states[-1], (record, states)
    if action == UNDO:
        assert states[-2] == to, (record, states)
        states.pop()
        return
    if action == Action.POST:
        assert (before, to) == ("", State.PENDING)
    elif before == to == State.PUBLISHED and action in OF_AN_EDIT:
        pass
    elif before == to == State.WITHDRAWN and action == Action.KEEP:
        pass  # the case of a reported text whose author took it back is closed
    else:
        assert after(before, action) == to, record
    states.append(to)


def readable_is_released(past: Past, *, at_release: bool, by_undo: bool) -> None:
    """A text becomes readable at a release moment only, and only when it was published."""
    now = visible_texts()
    new = now - past.visible
    if by_undo:
        new -= past.ever_visible
    assert not new or at_release, new
    shown = Contribution.objects.filter(display=Display.TEXT)
    assert not shown.exclude(state=State.PUBLISHED).exists()
    for contribution, text in new:
        states = [RevisionState.ACCEPTED, RevisionState.DROPPED]
        assert Revision.objects.filter(
            contribution=contribution, text=text, state__in=states
        ).exists()
    past.visible = now
    past.ever_visible |= now


def base_table_is_empty_unless_shown() -> None:
    held = set(Comment.objects.exclude(comment="").values_list("pk", flat=True))
    shown = Contribution.objects.filter(display=Display.TEXT)
    assert held == set(shown.values_list("pk", flat=True))
    assert not Comment.objects.filter(is_public=True).exists()


def the_record_is_whole() -> None:
    assert [str(problem) for problem in verify()] == []


def the_tree_is_a_tree() -> None:
    """In each discussion; what was moved answers what stands elsewhere in its family."""
    rows = list(Contribution.objects.select_related("in_reply_to__discussion", "discussion"))
    paths = [(row.discussion_id, row.path) for row in rows]
    assert len(set(paths)) == len(paths)
    for row in rows:
        above = row.in_reply_to
        assert len(row.path) % SEGMENT == 0
        if above is None:
            assert len(row.path) == SEGMENT
        elif above.discussion_id == row.discussion_id:
            assert row.path.startswith(above.path[: SEGMENT * (LEVELS - 1)])
            assert row.path > above.path
        else:
            assert row.discussion.home.pk == above.discussion.home.pk


def counts_are_equal() -> None:
    shown = Count("contributions", filter=Q(contributions__display=Display.TEXT))
    for discussion in Discussion.objects.annotate(counted=shown):
        assert discussion.shown_count == discussion.counted


def every_restriction_has_a_statement() -> None:
    stated = set(Statement.objects.values_list("contribution", "decision"))
    for contribution in Contribution.objects.filter(state__in=list(RESTRICTED_BY)):
        decision = RESTRICTED_BY[State(contribution.state)]
        assert (contribution.pk, decision) in stated, contribution.state
    returned = Revision.objects.filter(state=RevisionState.RETURNED)
    for contribution in returned.values_list("contribution", flat=True):
        assert (contribution, Action.RETURN) in stated


def kept_texts() -> dict[int, list[str]]:
    """All versions of each contribution, by its key."""
    kept: dict[int, list[str]] = {}
    for row in Revision.objects.order_by("contribution", "number"):
        kept.setdefault(row.contribution_id, []).append(row.text)
    return kept


def nothing_typed_is_lost(sent: dict[int, list[str]]) -> None:
    """Every text that was taken in is there as it was sent, or its author took it back."""
    kept = kept_texts()
    withdrawn = set(Contribution.objects.filter(state=State.WITHDRAWN).values_list("pk", flat=True))
    for contribution, texts in sent.items():
        if contribution in withdrawn:
            assert not any(kept[contribution])
        else:
            assert kept[contribution] == texts


def all_work_is_asked_for() -> None:
    """What waits for software stands in the outbox, what waits for a person on a list."""
    asked = set(OutboxRow.objects.filter(kind=Kind.CHECK).values_list("object_id", flat=True))
    pending = Revision.objects.filter(state=RevisionState.PENDING)
    assert set(pending.values_list("pk", flat=True)) <= asked
    waits = Contribution.objects.filter(waiting__isnull=True)
    assert not waits.filter(state__in=[State.HELD, State.HIDDEN]).exists()
    assert not waits.filter(revisions__state=RevisionState.HELD).exists()
    seen = [State.PUBLISHED, State.HIDDEN]
    open_reports = Report.objects.filter(state=Report.State.OPEN, contribution__state__in=seen)
    assert not open_reports.filter(contribution__waiting__isnull=True).exists()
    appeals = Appeal.objects.filter(state__in=OPEN_APPEALS)
    assert not appeals.filter(statement__contribution__waiting__isnull=True).exists()
