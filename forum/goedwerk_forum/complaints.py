"""Reports of others and appeals of an author: what is open, and who may see which.

Beside ``access``, the only way to these.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from wagtail.permission_policies.pages import PagePermissionPolicy

from . import access
from .errors import NotFound, OwnContribution, OwnDecision, OwnReport
from .identity import deciders, reporters
from .models import (
    ABOUT_TEXT,
    OPEN_APPEALS,
    Appeal,
    Contribution,
    Report,
    Statement,
    Waiting,
    last_about_text,
)
from .people import Person
from .transitions import Action, Display, Measure, RevisionState, State

#: Days within which an author may appeal, counted from the decision.
TERM = datetime.timedelta(days=183)
#: Decisions that an author may appeal; a text that came back she sends again.
APPEALABLE = (Action.HIDE, Action.REJECT, *Measure)


def open_reports(of: Any) -> QuerySet[Report]:
    """Reports of a contribution (its key, or an expression for it) that nobody answered."""
    return Report.objects.filter(contribution=of, state=Report.State.OPEN)


def open_appeals(of: Any) -> QuerySet[Appeal]:
    """Appeals about a contribution (its key, or an expression for it) that nobody judged."""
    return Appeal.objects.filter(statement__contribution=of, state__in=OPEN_APPEALS)


def ending_appeals(of: Any) -> QuerySet[Appeal]:
    """Those of them that end with what was decided on its text: a measure goes on by itself."""
    return open_appeals(of).exclude(statement__decision__in=Measure.values)


def still_waiting(otherwise: Waiting | None = None) -> Case:
    """Why a contribution goes on waiting when a decision ends its turn, as an expression.

    An open appeal comes first, then an open report; ``otherwise`` where there is neither.
    """
    this = OuterRef("pk")
    return Case(
        When(Exists(open_appeals(this)), then=Value(Waiting.APPEAL)),
        When(Exists(open_reports(this)), then=Value(Waiting.REPORT)),
        default=Value(otherwise),
        output_field=CharField(null=True),
    )


def appeal_until(statement: Statement) -> datetime.date:
    """The last day on which an author may appeal."""
    return statement.day + TERM


def may_appeal(statement: Statement) -> bool:
    """Whether its author may still appeal: in time, once, and against what holds now."""
    return (
        statement.decision in APPEALABLE
        and timezone.localdate() <= appeal_until(statement)
        and not Appeal.objects.filter(statement=statement).exists()
        and holds(statement, statement.contribution)
    )


def holds(statement: Statement, contribution: Contribution) -> bool:
    """Whether a decision still restricts: a later one, or its author, may have ended it."""
    if statement.decision in Measure.values:
        return True
    latest = last_about_text(contribution)
    if latest is None or latest.pk != statement.pk:
        return False
    if statement.decision == Action.HIDE:
        return contribution.state == State.HIDDEN
    return contribution.state == State.REJECTED or is_of_an_edit(statement, contribution)


def is_of_an_edit(statement: Statement, contribution: Contribution) -> bool:
    """Whether what was not placed is a new text for one that stands."""
    latest = contribution.revisions.order_by("-number").first()
    return (
        statement.decision == Action.REJECT
        and contribution.state == State.PUBLISHED
        and latest is not None
        and latest.state == RevisionState.DROPPED
        and latest.number > contribution.accepted_revision
    )


# --- who may see them ------------------------------------------------------------------------


def reportable(public_id: str, request: HttpRequest) -> Contribution:
    """A contribution whose text the asker reads now."""
    contribution = access.readable_contribution(public_id, request)
    if contribution.display != Display.TEXT:
        raise NotFound
    return contribution


def own_reports(user: Person) -> QuerySet[Report]:
    """What the asker reported while she was signed in, newest day first."""
    return (
        Report.objects.filter(reporter__in=reporters.tokens_of(user))
        .select_related("discussion__page", "page", "contribution__participant")
        .order_by("-day", "-decided_on", "public_id")
    )


def report_of_code(code: str) -> Report:
    """The report that a receipt code follows."""
    found = (
        Report.objects.filter(receipt=reporters.hashed(code))
        .select_related("discussion__page", "page", "contribution__participant")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def page_reports(user: Person) -> QuerySet[Report]:
    """Reports of pages that the asker may answer: of discussions granted to her, or of pages
    that she may edit. Her own are among them; those she may not answer."""
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return (
        Report.objects.filter(contribution__isnull=True)
        .filter(
            Q(discussion__in=access.granted_discussions(user))
            | Q(discussion__in_circle=False, discussion__page__in=editable.values("pk"))
            | Q(page__in=editable.values("pk"))
        )
        .select_related("discussion__page", "page")
    )


def page_report(user: Person, public_id: str) -> Report:
    """One report of a page that the asker may answer."""
    found = page_reports(user).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    if found.reporter and found.reporter in reporters.tokens_of(user, [found.place]):
        raise OwnReport
    return found


def may_answer_page_reports(user: Person) -> bool:
    """Whether there can be any report of a page that is the asker's to answer."""
    return access.is_moderator(user) or PagePermissionPolicy().user_has_permission(user, "change")


def own_statement(user: Person, public_id: str, decision: str) -> Statement:
    """The statement of reasons of this kind about a contribution of the asker that is her turn.

    That is one in whose appeal something is asked of her; else the latest that is under appeal or
    may still be; else the latest.
    """
    contribution = access.own_contribution(user, public_id)
    of_kind = contribution.statements.filter(decision=decision).select_related("appeal")
    found = list(of_kind.order_by("-pk"))
    if not found:
        raise NotFound
    for statement in found:
        statement.contribution = contribution
    return max(found, key=_turn)


def _turn(statement: Statement) -> int:
    appeal: Appeal | None = getattr(statement, "appeal", None)
    if appeal is None:
        return int(may_appeal(statement))
    return 2 if appeal.state == Appeal.State.ASKED else int(appeal.is_open)


def judgeable_appeal(user: Person, public_id: str) -> Appeal:
    """An appeal in a discussion granted to the asker, against a decision that was not hers."""
    found = (
        Appeal.objects.filter(
            public_id=public_id,
            statement__contribution__discussion__in=access.granted_discussions(user),
        )
        .select_related(
            "statement__contribution__discussion__page", "statement__contribution__participant"
        )
        .first()
    )
    if found is None:
        raise NotFound
    if access.is_own(user, found.statement.contribution):
        raise OwnContribution
    if decided(user, found.statement):
        raise OwnDecision
    return found


def decided(user: Person, statement: Statement) -> bool:
    """Whether the asker is among who decided what is, or could be, appealed."""
    return _is_among(user, _decisions_behind(statement))


def _is_among(user: Person, statements: Iterable[Statement]) -> bool:
    return any(deciders.is_among(user, statement) for statement in statements)


def _decisions_behind(statement: Statement) -> list[Statement]:
    """A decision, with those before it on the same text since it last stood.

    A measure is a decision by itself, and so is one on an edit of a text that stands.
    """
    contribution = statement.contribution
    if statement.decision in Measure.values or contribution.state == State.PUBLISHED:
        return [statement]
    behind = []
    earlier = contribution.statements.filter(ABOUT_TEXT, pk__lte=statement.pk)
    for each in earlier.order_by("-pk"):
        behind.append(each)
        if each.decision == Action.HIDE:  # until then it stood
            break
    return behind


def hidden_by(user: Person, contributions: Iterable[Contribution]) -> set[int]:
    """Those (keys) that stand hidden and that the asker hid; one query where any is hidden."""
    hidden = [each.pk for each in contributions if each.state == State.HIDDEN]
    if not hidden:
        return set()
    found = Statement.objects.filter(contribution__in=hidden, decision=Action.HIDE)
    latest = {each.contribution_id: each for each in found.order_by("pk")}
    return {pk for pk, statement in latest.items() if deciders.is_among(user, statement)}


def few_judges(statement: Statement) -> bool:
    """Whether at most one person of the team did not decide.

    For what the team sees or the owner is mailed: who wrote it does not count here, because a
    team of two would read from it that the other one did.
    """
    return len(_who_did_not_decide(statement)) <= 1


def other_judges(statement: Statement) -> list[AbstractUser]:
    """Who on the team may judge an appeal: neither who decided, nor who wrote.

    For the author's own page alone.
    """
    contribution = statement.contribution
    return [
        colleague
        for colleague in _who_did_not_decide(statement)
        if not access.is_own(colleague, contribution)
    ]


def _who_did_not_decide(statement: Statement) -> list[AbstractUser]:
    team = get_user_model()._default_manager.filter(
        access.team_of(statement.contribution.discussion), is_active=True
    )
    behind = _decisions_behind(statement)
    return [
        colleague
        for colleague in team
        if access.is_moderator(colleague) and not _is_among(colleague, behind)
    ]
