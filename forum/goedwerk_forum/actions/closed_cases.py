"""What is let go of when a report or an appeal is over: one function per rule of ``keeping``."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..complaints import TERM, still_waiting
from ..identity import deciders
from ..models import OPEN_APPEALS, Appeal, Contribution, KeptText, Participant, Report, Statement
from ..transitions import Action, State
from .answers import answer_open
from .letting_go import in_batches
from .verdicts import SOFTWARE

#: How long a withdrawn text is kept, sealed, for who judges a report of it.
COPY_KEPT = datetime.timedelta(days=30)


def kept_participants() -> QuerySet[Participant, Any]:
    """Ids of participants with an open report or appeal: their link is not cut meanwhile."""
    reported = Report.objects.filter(state=Report.State.OPEN, contribution__isnull=False)
    appealed = Appeal.objects.filter(state__in=OPEN_APPEALS)
    return Participant.objects.filter(
        Q(contributions__in=reported.values("contribution"))
        | Q(contributions__statements__appeal__in=appealed)
    ).values("pk")


def forget_reports() -> int:
    """Reports, six months after they were answered: their rows go."""
    old = Report.objects.filter(decided_on__lt=timezone.localdate() - TERM)
    alone = old.filter(discussion__isnull=True)
    return in_batches(
        old.exclude(discussion=None), lambda rows: rows.delete(), discussion="discussion_id"
    ) + in_batches(alone, lambda rows: rows.delete(), discussion="page_id")


def forget_copies() -> int:
    """Sealed copies of withdrawn texts that nobody looked at in time; their reporters hear so."""
    old = KeptText.objects.filter(day__lt=timezone.localdate() - COPY_KEPT)
    return in_batches(old, _close, discussion="contribution__discussion_id")


def _close(copies: QuerySet[KeptText]) -> None:
    ids = list(copies.values_list("contribution_id", flat=True))
    answer_open(ids, outcome=Report.State.GONE, actor=SOFTWARE)
    copies.delete()
    Contribution.objects.filter(pk__in=ids, state=State.WITHDRAWN).update(waiting=still_waiting())


def erase_appeals() -> int:
    """The words of appeals, six months after they were decided; that there was one stays."""
    old = Appeal.objects.filter(decided_on__lt=timezone.localdate() - TERM).exclude(sealed="")
    return in_batches(
        old,
        lambda rows: rows.update(sealed=""),
        discussion="statement__contribution__discussion_id",
    )


def forget_deciders() -> int:
    """Who decided, when the time for an appeal is over and none is open.

    Who hid a text judges no appeal against its refusal either: her mark stays as long as that may
    be asked.
    """
    ended = timezone.localdate() - TERM
    refused = Statement.objects.filter(
        contribution=OuterRef("contribution"), decision=Action.REJECT
    ).filter(Q(day__gte=ended) | Q(appeal__state__in=OPEN_APPEALS))
    due = (
        Statement.objects.exclude(decider="")
        .filter(day__lt=ended)
        .exclude(appeal__state__in=OPEN_APPEALS)
        .exclude(Exists(refused), decision=Action.HIDE)
    )
    return in_batches(due, deciders.forget, discussion="contribution__discussion_id")
