"""What an author does: contribute, send again, withdraw."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django_comments.models import Comment

from .. import access
from ..conf import conf
from ..errors import DiscussionClosed, ForumError, IllegalTransition, StaleDecision
from ..identity import limits, links
from ..models import LEVELS, SEGMENT, Contribution, Discussion, Participant, Policy, Revision
from ..outbox.rows import Kind, enqueue
from ..people import Person
from ..transitions import OPEN_REVISIONS, Action, Display, RevisionState, State, after
from . import audit, waiting
from .discussions import locked, raise_version, take_position
from .standing import require_may_write


@dataclass(frozen=True)
class Words:
    """What an author wrote, and how she means it."""

    text: str
    kind: str
    lens: str = ""
    #: Whether she was shown what the finder marks in it.
    marks_seen: bool = False


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
        NotFound: ``in_reply_to`` is not a readable contribution of this discussion.
        HeldBack: she was paused or excluded, here or elsewhere.
        TooManyWrites: the account wrote more than WRITES_PER_HOUR.
    """
    try:
        limits.count_write(user)
        by_newcomer = is_newcomer(user, discussion)
        with transaction.atomic():
            parent = access.answerable(discussion, in_reply_to) if in_reply_to else None
            position = take_position(parent.discussion if parent else locked(discussion))
            require_may_write(user, participant)
            contribution = _new(discussion, participant, words, parent, position)
            contribution.submission = submission
            contribution.by_newcomer = by_newcomer
            contribution.save(force_insert=True)
            revision = _revise(contribution, words, number=1)
            audit.write(
                [audit.entry(contribution, Action.POST, actor=audit.AUTHOR, after=State.PENDING)]
            )
            enqueue(Kind.CHECK, [(revision.pk, 1)], None)
    except (IntegrityError, ForumError):
        sent_before = Contribution.objects.filter(participant=participant, submission=submission)
        if existing := sent_before.first():
            return existing
        raise
    return contribution


def is_newcomer(user: Person, discussion: Discussion) -> bool:
    """Whether a person reads an account first here; computed from its own tokens.

    "Trusted first" asks for more published contributions than the other policies do. That one
    answer is kept with the contribution, and no second one: who is known but not yet trusted
    would stand out.
    """
    published = Contribution.objects.filter(
        participant__token__in=links.tokens_of(user), state=State.PUBLISHED
    ).order_by()
    needed = conf().NEWCOMER_UNTIL
    if discussion.policy == Policy.TRUSTED_FIRST:
        needed = max(needed, conf().TRUSTED_FROM)
    return len(published.values_list("pk", flat=True)[:needed]) < needed


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
        day=timezone.localdate(),
    )


def _change(contribution: Contribution, **changes: object) -> None:
    """The one conditional update of a contribution.

    Raises:
        StaleDecision: its state or version is no longer what was read.
    """
    changed = Contribution.objects.filter(
        pk=contribution.pk, state=contribution.state, version=contribution.version
    ).update(version=F("version") + 1, **changes)
    if changed != 1:
        raise StaleDecision


def send_again(
    *, contribution: Contribution, version: int, words: Words, user: Person | None = None
) -> Contribution:
    """A new version of one's own text; the old one stays in sight until this one is accepted.

    Sent twice with the same text, it is there once. ``user`` is who sends it; without her only
    what was decided in this discussion can hold her back.

    Raises:
        DiscussionClosed: the discussion is not open.
        HeldBack: she was paused or excluded.
        StaleDecision: the contribution changed since its form was shown.
        IllegalTransition: it was rejected, hidden or withdrawn.
    """
    with transaction.atomic():
        latest = contribution.revisions.order_by("-number").first()
        repeated = latest is not None and latest.text == words.text
        if repeated and latest.state in (RevisionState.PENDING, RevisionState.HELD):
            return contribution
        if not contribution.discussion.is_open:
            raise DiscussionClosed
        if contribution.version != version:
            raise StaleDecision
        require_may_write(user, contribution.participant)
        _ask_check(contribution, words, number=latest.number + 1 if latest else 1)
    return contribution


def _ask_check(contribution: Contribution, words: Words, number: int) -> None:
    before = contribution.state
    is_edit = before == State.PUBLISHED
    to = State.PUBLISHED if is_edit else after(before, Action.RESEND)
    if to is None:
        raise IllegalTransition
    _change(contribution, state=to, waiting=None)
    waiting.forget([contribution.pk])
    contribution.revisions.filter(state__in=OPEN_REVISIONS).update(state=RevisionState.DROPPED)
    revision = _revise(contribution, words, number)
    action = Action.EDIT if is_edit else Action.RESEND
    audit.write([audit.entry(contribution, action, actor=audit.AUTHOR, before=before, after=to)])
    enqueue(Kind.CHECK, [(revision.pk, number)], None)
    contribution.refresh_from_db()


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
        shown = contribution.display
        _change(
            contribution,
            state=State.WITHDRAWN,
            waiting=None,
            display=Display.NOTHING if shown == Display.NOTHING else Display.TOMBSTONE,
        )
        waiting.forget([contribution.pk])
        Comment.objects.filter(pk=contribution.pk).update(comment="")
        contribution.revisions.update(text="", findings=[], state=RevisionState.ERASED)
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
    return contribution
