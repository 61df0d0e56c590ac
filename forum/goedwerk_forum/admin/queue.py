"""What waits for an ambassador: the same question for the menu, the list and one contribution."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr
from django.http import HttpRequest, QueryDict

from .. import access
from ..models import Contribution, Revision
from ..transitions import RevisionState, State

#: Characters of a text that a list shows.
BEGINNING = 160
#: What an ambassador finds in "everything": neither the software's turn, nor what was erased.
JUDGED_STATES = [State.HELD, State.RETURNED, State.PUBLISHED, State.HIDDEN, State.REJECTED]
#: Parameters of a list that have no meaning for one contribution.
OF_A_LIST_ONLY = ("p", "_w_filter_fragment")


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What one request needs to ask once only."""
    kept: dict[str, Any] = request.__dict__.setdefault("_goedwerk_kept", {})
    return kept


def waiting(request: HttpRequest) -> QuerySet[Contribution]:
    """What the asker may judge and what waits for somebody, oldest first.

    Kept on the request: computing her tokens takes two queries.
    """
    kept = _kept(request)
    if "waiting" not in kept:
        judgeable = access.judgeable_contributions(request.user)
        kept["waiting"] = judgeable.filter(waiting__isnull=False)
    return kept["waiting"].order_by("pk")


def number_waiting(request: HttpRequest, at_most: int) -> int:
    """How many wait; counted once in a request, and no further than asked."""
    kept = _kept(request)
    if "number" not in kept:
        know_number(request, waiting(request).order_by()[:at_most].count())
    return kept["number"]


def know_number(request: HttpRequest, number: int) -> None:
    """Spares the count where a list has counted already."""
    _kept(request)["number"] = number


def everything(request: HttpRequest) -> QuerySet[Contribution]:
    """All that the asker may judge or has been judged, newest first."""
    judgeable = access.judgeable_contributions(request.user)
    return judgeable.filter(state__in=JUDGED_STATES).order_by("-pk")


def _to_judge(of: Any) -> QuerySet[Revision]:
    """Revisions of one contribution, the one to judge first: what waits, else what was accepted."""
    rank = Case(
        When(state=RevisionState.HELD, then=Value(0)),
        When(state=RevisionState.ACCEPTED, then=Value(1)),
        default=Value(2),
    )
    return Revision.objects.filter(contribution=of).order_by(rank, "-number")


def revision_to_judge(contribution: Contribution) -> Revision | None:
    return _to_judge(contribution.pk).first()


def with_texts(queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Adds the beginning of the text to judge, its day, and what was found in it."""
    revision = _to_judge(OuterRef("pk"))
    return queryset.select_related("discussion__page", "participant").annotate(
        beginning=Subquery(
            revision.annotate(start=Substr("text", 1, BEGINNING)).values("start")[:1]
        ),
        findings=Subquery(revision.values("findings")[:1]),
        written_on=Subquery(revision.values("day")[:1]),
    )


def searched(queryset: QuerySet[Contribution], words: str) -> QuerySet[Contribution]:
    """Those whose pseudonym, or text that stands or waits, holds ``words``."""
    if not words:
        return queryset
    texts = Revision.objects.filter(contribution=OuterRef("pk"), text__icontains=words).exclude(
        state__in=[RevisionState.DROPPED, RevisionState.ERASED]
    )
    return queryset.filter(Q(participant__pseudonym__icontains=words) | Exists(texts))


def narrowed(request: HttpRequest) -> QuerySet[Contribution]:
    """The queue as the asker narrowed it, by the filters and the search in the address."""
    from .filters import QueueFilterSet

    queryset = waiting(request)
    if not request.GET:
        return queryset
    filters = QueueFilterSet(request.GET, request=request)
    if filters.is_valid():
        queryset = filters.filter_queryset(queryset)
    return searched(queryset, request.GET.get("q", "").strip())


def carried(parameters: QueryDict) -> str:
    """The filters and search of a list, for an address: "?discussion=…", or nothing."""
    kept = parameters.copy()
    for name in OF_A_LIST_ONLY:
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""
