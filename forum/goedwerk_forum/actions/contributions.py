"""What an author does: contribute, send again, withdraw."""

from __future__ import annotations

import datetime
from contextlib import ExitStack
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Exists, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone
from django_comments.models import Comment

from .. import access, guides, kinds
from ..complaints import open_reports, still_waiting
from ..conf import conf
from ..errors import ForumError, IllegalTransition, SentBefore, StaleDecision
from ..identity import limits, links, pace, sealed
from ..models import (
    LEVELS,
    SEGMENT,
    Contribution,
    Discussion,
    KeptText,
    Notice,
    Participant,
    Policy,
    Revision,
    Statement,
    last_about_text,
)
from ..outbox.rows import Kind, enqueue
from ..people import Person
from ..transitions import OPEN_REVISIONS, Action, Display, RevisionState, State, after
from . import audit, desk, hints, notices, waiting
from .answers import drop_appeals
from .changing import change, under_lock
from .consents import drop_quotes
from .discussions import (
    locked,
    number_ahead,
    raise_version,
    require_open,
    require_open_branch,
    take_position,
)
from .kinds import require_known
from .standing import require_may_write
from .turns import require_kind_of_its_step, seat_of, take_turn

#: A version on which nobody decided.
WAITS = (RevisionState.PENDING, RevisionState.HELD)


@dataclass(frozen=True)
class Words:
    """What an author wrote, and how she means it."""

    text: str
    kind: str
    lens: str = ""
    #: Whether she was shown what the finder marks in it.
    marks_seen: bool = False
    #: What she answers to the ambassador who gave the text back; only the ambassadors read it.
    answer: str = ""
    #: What a guide names with it.
    naming: str = ""
    #: Number of the step that her form showed; None where it showed none.
    step: int | None = None
    #: Through whose eyes she looks; kept with a perspective, or the kind that a guide asks for.
    viewpoint: str = ""
    #: When a table said it, where a guide writes it down.
    said_on: datetime.date | None = None


def contribute(
    *,
    user: Person,
    participant: Participant,
    discussion: Discussion,
    words: Words,
    submission: str,
    in_reply_to: Contribution | None = None,
) -> Contribution:
    """Puts a contribution on its road; sent twice (same ``submission``), it is there once.

    Raises:
        DiscussionClosed: the discussion is not open.
        DiscussionPaused: its guide lets people only read for now.
        BranchClosed: the guide closed the part in which ``in_reply_to`` stands.
        TooSoon: it goes slowly, and the participant wrote a moment ago.
        NotFound: ``in_reply_to`` is not a readable contribution of this discussion, nor of a
            branch to which it was moved meanwhile.
        HeldBack: she was paused or excluded, here or elsewhere.
        UnknownKind: the kind of the contribution is not in use.
        StepMoved, KindNotOpen, NotYourTurn, TooManyInARow: as ``turns.take_turn``.
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
        SentBefore: other words arrived from the same form (``submission``); these did not.
    """
    try:
        limits.count_write(user)
        asked: dict[str, Combinable] = {"is_held_here": access.is_held_here()}
        if not participant.is_guide:
            asked["is_known"] = is_known(user, discussion)
        with ExitStack() as turn, transaction.atomic():
            place, parent, position = _place(discussion, in_reply_to, participant.is_guide)
            if participant.is_guide:
                guides.require_guide(user, place)
            seat = seat_of(participant, place, **asked)
            require_may_write(user, participant, is_held_here=seat["is_held_here"])
            if not participant.is_guide:
                require_known(words.kind)
            step = take_turn(participant, place, seat, kind=words.kind, written_for=words.step)
            turn.enter_context(pace.turn(participant, place))
            contribution = _new(place, participant, words, parent, position)
            contribution.step = step
            contribution.submission = submission
            contribution.by_newcomer = not seat.get("is_known", True)
            contribution.save(force_insert=True)
            revision = _revise(contribution, words, number=1)
            audit.write(
                [audit.entry(contribution, Action.POST, actor=audit.AUTHOR, after=State.PENDING)]
            )
            enqueue(Kind.CHECK, [(revision.pk, 1)], None)
    except (IntegrityError, ForumError) as refused:
        sent_before = Contribution.objects.filter(participant=participant, submission=submission)
        existing = sent_before.first()
        if existing is not None and _says(existing, words):
            return existing
        if existing is not None and isinstance(refused, IntegrityError):
            raise SentBefore from None
        raise
    return contribution


def _says(contribution: Contribution, words: Words) -> bool:
    """Whether its newest version is word for word this one, meant in the same way."""
    latest = contribution.revisions.order_by("-number").first()
    if latest is None or (latest.text, latest.kind, latest.lens) != (
        words.text,
        words.kind,
        words.lens,
    ):
        return False
    # What was kept of it depends on what the guide called for at that moment.
    eyes = (words.viewpoint, _eyes(contribution.discussion, words))
    said_on = words.said_on if contribution.by_guide else None
    naming = words.naming if contribution.by_guide else ""
    beside = (contribution.naming, contribution.said_on)
    return contribution.viewpoint in eyes and beside == (naming, said_on)


def _place(
    discussion: Discussion, in_reply_to: Contribution | None, is_guide: bool
) -> tuple[Discussion, Contribution | None, int]:
    """Where it is going to stand, locked, what it answers there now, and its number."""
    if in_reply_to is None:
        here = locked(discussion)
        return here, None, take_position(here, to_guide=is_guide)
    home_id = discussion.branch_of_id or discussion.pk
    if discussion.branch_of_id:
        locked(discussion)
    else:
        number_ahead(home_id)
    parent = access.answerable(home_id, in_reply_to)
    require_open_branch(parent)
    place = parent.discussion
    if discussion.branch_of_id or place.pk != home_id:
        return place, parent, take_position(place, to_guide=is_guide)
    require_open(place, to_guide=is_guide)
    return place, parent, place.last_position


def is_known(user: Person, discussion: Discussion) -> Combinable:
    """Asks whether an account is no newcomer here, whom a person reads first; by its own tokens.

    "Trusted first" asks for more published contributions than the other policies do. That one
    answer is kept with the contribution, and no second one: who is known but not yet trusted
    would stand out.
    """
    needed = conf().NEWCOMER_UNTIL
    if discussion.policy == Policy.TRUSTED_FIRST:
        needed = max(needed, conf().TRUSTED_FROM)
    return Exists(_published(user)[needed - 1 : needed]) if needed else Value(True)


def published_at_least(user: Person, needed: int) -> bool:
    """Whether so many contributions of an account are published, in whatever discussion."""
    return len(_published(user).values_list("pk", flat=True)[:needed]) >= needed


def _published(user: Person) -> QuerySet[Contribution]:
    tokens = links.tokens_lately(user)
    published = Contribution.objects.filter(participant__token__in=tokens, state=State.PUBLISHED)
    return published.order_by()


def _new(
    discussion: Discussion,
    participant: Participant,
    words: Words,
    parent: Contribution | None,
    position: int,
) -> Contribution:
    above = parent.path[: SEGMENT * (LEVELS - 1)] if parent else ""
    return Contribution(
        discussion=discussion,
        participant=participant,
        in_reply_to=parent,
        path=f"{above}{position:0{SEGMENT}d}",
        kind=words.kind,
        lens=words.lens,
        by_guide=participant.is_guide,
        naming=words.naming if participant.is_guide else "",
        viewpoint=_eyes(discussion, words),
        said_on=words.said_on if participant.is_guide else None,
        day=timezone.localdate(),
        content_type=ContentType.objects.get_for_model(Discussion),
        object_pk=str(discussion.pk),
        site_id=settings.SITE_ID,
        comment="",
        submit_date=_midnight(),
        is_public=False,
        parent_id=parent.pk if parent else 0,
        level=parent.level + 1 if parent else 0,
    )


def _eyes(discussion: Discussion, words: Words) -> str:
    """Through whose eyes she looks; with a kind that has no room for that, through nobody's."""
    has_room = words.kind in (kinds.PERSPECTIVE, discussion.called_kind)
    return words.viewpoint if has_room else ""


def _midnight() -> datetime.datetime:
    """Today without a time: a moment would single out its author."""
    return datetime.datetime.combine(
        timezone.localdate(), datetime.time.min, tzinfo=timezone.get_current_timezone()
    )


def _revise(contribution: Contribution, words: Words, number: int) -> Revision:
    return Revision.objects.create(
        contribution=contribution,
        number=number,
        text=words.text,
        kind=words.kind,
        lens=words.lens,
        marks_seen=words.marks_seen,
        answer=words.answer,
        day=timezone.localdate(),
    )


def send_again(
    *, contribution: Contribution, version: int, words: Words, user: Person | None = None
) -> Contribution:
    """A new version of one's own text; the old one stays in sight until this one is accepted.

    Sent twice, meant in the same way, it is there once. ``user`` is who sends it; without her only
    what was decided in this discussion can hold her back.

    Raises:
        DiscussionClosed: the discussion is not open.
        HeldBack: she was paused or excluded.
        UnknownKind: another kind than it had, and not in use.
        KindNotOpen: another kind than it had, and not one of the step in which it was said.
        StaleDecision: the contribution changed since its form was shown.
        IllegalTransition: it was rejected, hidden or withdrawn.
    """
    with transaction.atomic():
        latest = contribution.revisions.order_by("-number").first()
        if words.answer and not takes_answer(latest, last_about_text(contribution)):
            words = replace(words, answer="")
        if latest is not None and latest.state in WAITS and _is_meant_as(latest, words):
            return contribution
        require_open(contribution.discussion, to_guide=contribution.by_guide)
        if contribution.version != version:
            raise StaleDecision
        require_may_write(user, contribution.participant)
        require_known(words.kind, had=[contribution.kind, latest.kind if latest else ""])
        require_kind_of_its_step(contribution, words.kind)
        _ask_check(contribution, words, number=latest.number + 1 if latest else 1)
    return contribution


def takes_answer(latest: Revision | None, decided: Statement | None) -> bool:
    """Whether the author may say something to who gave her text back: also while the new text,
    with her answer, still waits. ``decided`` is the last decision about it."""
    if latest is None:
        return False
    was_returned = decided is not None and decided.decision == Action.RETURN
    return latest.state == RevisionState.RETURNED or (was_returned and latest.state in WAITS)


def _is_meant_as(revision: Revision, words: Words) -> bool:
    return (revision.text, revision.kind, revision.lens, revision.answer) == (
        words.text,
        words.kind,
        words.lens,
        words.answer,
    )


def _ask_check(contribution: Contribution, words: Words, number: int) -> None:
    before = contribution.state
    is_edit = before == State.PUBLISHED
    to = State.PUBLISHED if is_edit else after(before, Action.RESEND)
    if to is None:
        raise IllegalTransition
    if is_edit:  # what was decided on the edit before holds no longer
        overtaken = drop_appeals(contribution, actor=audit.AUTHOR)
        notices.add(
            (contribution, Notice.Event.APPEAL_OVERTAKEN, statement) for statement in overtaken
        )
    change(contribution, state=to, waiting=still_waiting())
    contribution.revisions.filter(state__in=OPEN_REVISIONS).update(state=RevisionState.DROPPED)
    revision = _revise(contribution, words, number)
    action = Action.EDIT if is_edit else Action.RESEND
    audit.write([audit.entry(contribution, action, actor=audit.AUTHOR, before=before, after=to)])
    enqueue(Kind.CHECK, [(revision.pk, number)], None)
    contribution.refresh_from_db()
    _forget_waiting(contribution)


def _forget_waiting(contribution: Contribution) -> None:
    """Its author ended the waiting, unless somebody reported it."""
    if contribution.waiting is None:
        waiting.forget([contribution.pk])


def withdraw(*, contribution: Contribution) -> Contribution:
    """Takes one's own contribution back: all versions of its text go, at once and for good.

    Raises:
        IllegalTransition: it was withdrawn before.
        StaleDecision: somebody changed it at the same moment.
    """
    with transaction.atomic():
        before = contribution.state
        if after(before, Action.WITHDRAW) is None:
            raise IllegalTransition
        if under_lock(contribution).version != contribution.version:
            raise StaleDecision
        shown = contribution.display
        # Their words go with the text that they are about.
        drop_appeals(contribution, actor=audit.AUTHOR, sealed="")
        change(
            contribution,
            state=State.WITHDRAWN,
            waiting=still_waiting(),
            display=Display.NOTHING if shown == Display.NOTHING else Display.TOMBSTONE,
        )
        _keep_for_case(contribution)
        Comment.objects.filter(pk=contribution.pk).update(comment="")
        contribution.revisions.update(text="", answer="", findings=[], state=RevisionState.ERASED)
        drop_quotes(contribution)
        desk.erase(contribution)
        hints.erase(contribution)
        audit.write(
            [
                audit.entry(
                    contribution,
                    Action.WITHDRAW,
                    actor=audit.AUTHOR,
                    before=before,
                    after=State.WITHDRAWN,
                )
            ]
        )
        if shown != Display.NOTHING:
            raise_version(contribution.discussion_id, shown=-1 if shown == Display.TEXT else 0)
        contribution.refresh_from_db()
        _forget_waiting(contribution)
    return contribution


def _keep_for_case(contribution: Contribution) -> None:
    """A sealed copy of the text that readers saw, for who judges an open report of it."""
    if not open_reports(contribution.pk).exists():
        return
    shown = contribution.revisions.filter(number=contribution.shown_revision).first()
    if shown is None or not shown.text:
        return
    kept = KeptText(contribution=contribution, day=timezone.localdate())
    kept.sealed = sealed.seal(shown.text, kept.uuid)
    kept.save(force_insert=True)
