"""Closing a branch of the thread, and giving it a place of its own; and back again.

A branch is a contribution with all that was said below it. Participants stay where they are: in
the discussion to which the branch belonged, their home, also when they write in the branch. So no
link is touched, no key is needed, and nobody gets a second pseudonym.

Everything here holds the lock of the home, as each new contribution does. Rows of contributions
are locked at once or not at all: who decides on one may wait for the home.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from .. import guides
from ..errors import Answered, Busy, IllegalTransition, NotFound
from ..models import LEVELS, SEGMENT, CheckSetting, Contribution, Discussion
from ..people import Person
from ..transitions import Display
from . import audit
from .discussions import locked, raise_version
from .guiding import GUIDE, guided, record, require_untraceable

#: Codes of the record.
CLOSE, REOPEN, MOVE, MOVE_BACK = "close_branch", "reopen_branch", "move_branch", "move_back"
#: Times that it is tried while somebody decides on one of the contributions, and seconds between.
TRIES, PAUSE = 5, 0.1
#: Contributions changed in one statement.
BATCH = 200

P = ParamSpec("P")
R = TypeVar("R")


def _patient(operation: Callable[P, R]) -> Callable[P, R]:
    """Tries again while somebody else is busy with the same contributions."""

    @wraps(operation)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _try in range(TRIES - 1):
            try:
                return operation(*args, **kwargs)
            except Busy:
                time.sleep(PAUSE)
        return operation(*args, **kwargs)

    return tried


# --- closing -------------------------------------------------------------------------------------


@_patient
def close_branch(*, user: Person, public_id: str) -> None:
    """Lets nobody reply to a contribution any more, nor to what stands below it.

    What was sent before still comes.

    Raises:
        NotFound: readers see no such contribution in a discussion that ``user`` guides.
        OwnContribution: she wrote it under her own pseudonym.
        IllegalTransition: it stands in a closed branch.
    """
    with guided(user, public_id) as head:
        if head.closed_with_id:
            raise IllegalTransition
        open_below = [row.pk for row in _seized(_below(head)) if row.closed_with_id is None]
        Contribution.objects.filter(pk__in=open_below).update(closed_with=head)
        _record(head, CLOSE)


@_patient
def reopen_branch(*, user: Person, public_id: str) -> None:
    """Lets people reply again.

    Raises:
        IllegalTransition: no closed branch starts with it.
    """
    with guided(user, public_id) as head:
        if head.closed_with_id != head.pk:
            raise IllegalTransition
        closed = _seized(Contribution.objects.filter(closed_with=head))
        Contribution.objects.filter(pk__in=[row.pk for row in closed]).update(closed_with=None)
        _record(head, REOPEN)


# --- moving --------------------------------------------------------------------------------------


@_patient
def move_branch(*, user: Person, public_id: str, question: str) -> Discussion:
    """Gives a contribution and all below it a place of their own; a signpost stays.

    Raises:
        NotFound, OwnContribution: as ``close_branch``.
        IllegalTransition: it stands in such a place already, or in a circle: its sessions are the
            only places that its members have beside their home.
        Traceable: the finder marks somebody in the question.
    """
    require_untraceable(question)
    with guided(user, public_id) as head:
        home = head.discussion
        if home.has_own_page:
            raise IllegalTransition
        rows = _seized(_below(head))
        branch = _branch(home, head, question)
        _carry(rows, head, to=branch, path=head.path[-SEGMENT:], level=0)
        shown = _shown(rows)
        raise_version(home.pk, shown=-shown)
        raise_version(branch.pk, shown=shown)
        _record(head, MOVE)
        record(branch, MOVE)
    return branch


def _branch(home: Discussion, head: Contribution, question: str) -> Discussion:
    """A discussion that is run as its home is, checks included."""
    branch = Discussion.objects.create(
        page_id=home.page_id,
        branch_of=home,
        branched_path=head.path,
        branched_position=home.last_position,
        last_position=home.last_position,
        question=question,
        policy=home.policy,
        is_sensitive=home.is_sensitive,
        group_id=home.group_id,
        guide_id=home.guide_id,
        closes_on=home.closes_on,
        ended_on=home.ended_on,
        is_read_only=home.is_read_only,
        pace=home.pace,
    )
    CheckSetting.objects.bulk_create(
        CheckSetting(
            discussion=branch,
            check_code=setting.check_code,
            is_on=setting.is_on,
            threshold=setting.threshold,
        )
        for setting in CheckSetting.objects.filter(discussion=home)
    )
    return branch


@_patient
def move_back(*, user: Person, uuid: str) -> Discussion:
    """Puts a branch back where its signpost stands; returns its home.

    What was written in it since and is not released comes along: refusing for that would tell the
    guide that somebody wrote. It gets new numbers in its home, and stands where it would have
    stood had it been written there.

    Raises:
        NotFound: there is no such branch in a discussion that ``user`` guides.
        Answered: readers see something that was written in it since.
    """
    found = guides.guided_discussion(user, uuid)
    if not found.branch_of_id:
        raise NotFound
    with transaction.atomic():
        branch = locked(found)
        home = branch.home
        if not branch.branched_path:
            raise NotFound
        rows = _seized(Contribution.objects.filter(discussion=branch))
        late = [row for row in rows if int(row.path[-SEGMENT:]) > branch.branched_position]
        if any(row.display != Display.NOTHING for row in late):
            raise Answered
        _renumber(late, home)
        head = next(row for row in rows if row.path == branch.branched_path[-SEGMENT:])
        parent = head.in_reply_to
        level = parent.level + 1 if parent else 0
        _carry(rows, head, to=home, path=branch.branched_path, level=level)
        Discussion.objects.filter(pk=branch.pk).update(branched_path="", is_enabled=False)
        shown = _shown(rows)
        raise_version(branch.pk, shown=-shown)
        raise_version(home.pk, shown=shown)
        _record(head, MOVE_BACK)
        record(branch, MOVE_BACK)
    return home


def _renumber(late: list[Contribution], home: Discussion) -> None:
    """Gives these the next numbers of ``home``: those that they have may be taken there."""
    for position, row in enumerate(late, start=home.last_position + 1):
        row.path = f"{row.path[:-SEGMENT]}{position:0{SEGMENT}d}"
    Discussion.objects.filter(pk=home.pk).update(last_position=home.last_position + len(late))


def _shown(rows: Iterable[Contribution]) -> int:
    return sum(row.display == Display.TEXT for row in rows)


def _carry(
    rows: list[Contribution], head: Contribution, *, to: Discussion, path: str, level: int
) -> None:
    """Moves a whole branch to another discussion, where its head stands at ``path``.

    Order and nesting stay: the last number of each path is the one that its contribution had.
    """
    paths = _paths(rows, head, path)
    for row in rows:
        row.discussion, row.path, row.pin = to, paths[row.pk], None
        row.shown_since = 0  # numbered by another discussion: where it goes it is no news
        if row.closed_with_id and row.closed_with_id not in paths:
            row.closed_with = head
        row.version += 1
    changed = ["discussion", "path", "pin", "closed_with", "shown_since", "version"]
    Contribution.objects.bulk_update(rows, changed, batch_size=BATCH)
    Comment.objects.filter(pk__in=paths).update(object_pk=str(to.pk))
    below = [pk for pk, there in paths.items() if there.startswith(path[: SEGMENT * (LEVELS - 1)])]
    XtdComment.objects.filter(pk__in=below).update(level=F("level") + level - head.level)


def _paths(rows: list[Contribution], head: Contribution, path: str) -> dict[int, str]:
    """The path of each row of a branch whose head stands at ``path``; of its own, as a root."""
    paths = {head.pk: path}
    for row in rows:
        if row.pk != head.pk:
            above = paths[row.in_reply_to_id] if row.in_reply_to_id else ""
            paths[row.pk] = above[: SEGMENT * (LEVELS - 1)] + row.path[-SEGMENT:]
    return paths


# --- finding -------------------------------------------------------------------------------------


def _below(head: Contribution) -> QuerySet[Contribution]:
    """A contribution and all that answers it, however deep; unreleased ones too."""
    near = Contribution.objects.filter(
        discussion_id=head.discussion_id,
        path__startswith=head.path[: SEGMENT * (LEVELS - 1)],
        path__gte=head.path,
    )
    parents = near.order_by("pk").values_list("pk", "in_reply_to_id")
    found = {head.pk}
    for pk, parent in sorted(parents):
        if parent in found:
            found.add(pk)
    return Contribution.objects.filter(pk__in=found)


def _seized(rows: QuerySet[Contribution]) -> list[Contribution]:
    """The rows, locked, parents before their answers.

    Raises:
        Busy: somebody else holds one of them, and might wait for the lock that we hold.
    """
    nowait = connection.features.has_select_for_update_nowait
    try:
        return list(rows.select_for_update(of=("self",), nowait=nowait).order_by("pk"))
    except OperationalError as error:
        raise Busy from error


def _record(contribution: Contribution, action: str) -> None:
    audit.write([audit.entry(contribution, action, actor=GUIDE)])
