"""What waits for an ambassador: the same question for the menu, the list and one contribution.

The queue has one order: what is urgent first, and of that the oldest. An index holds what waits
in that order, and lists go on from a row that was seen ("keyset"): a deep page costs what the
first one costs.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr
from django.http import HttpRequest, QueryDict

from .. import access
from ..actions import desk
from ..models import Absence, CaseNote, Contribution, Revision, Urgency
from ..people import key_of
from ..transitions import RevisionState, State

#: Parameters of a list: it goes on after, or up to, the place that a cursor names, or at its end.
AFTER, BEFORE, AT_END = "na", "tot", "einde"
#: Characters of a text that a list shows.
BEGINNING = 160
#: What an ambassador finds in "everything": neither the software's turn, nor what was erased.
JUDGED_STATES = [State.HELD, State.RETURNED, State.PUBLISHED, State.HIDDEN, State.REJECTED]
#: Parameters of a list that have no meaning for one contribution.
OF_A_LIST_ONLY = (AFTER, BEFORE, AT_END, "_w_filter_fragment")
#: Most urgent first, and of those the oldest: the order of the index over what waits.
IN_TURN = ("-urgency", "pk")
NEWEST_FIRST = ("-pk",)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What one request needs to ask once only."""
    kept: dict[str, Any] = request.__dict__.setdefault("_goedwerk_kept", {})
    return kept


class Granted(NamedTuple):
    """A discussion of the asker's, and (the same in each) whether she is away."""

    pk: int
    uuid: uuid.UUID
    title: str
    is_away: bool


def granted(request: HttpRequest) -> list[Granted]:
    """The discussions granted to the asker, by title; asked once in a request."""
    kept = _kept(request)
    if "granted" not in kept:
        away = Absence.objects.filter(user_id=key_of(request.user))
        rows = access.granted_discussions(request.user).annotate(is_away=Exists(away))
        values = rows.order_by("page__draft_title", "pk").values_list(
            "pk", "uuid", "page__draft_title", "is_away", "branch_of", "question"
        )
        kept["granted"] = [
            Granted(pk, uuid, f"{title}: {question}" if branch_of else title, is_away)
            for pk, uuid, title, is_away, branch_of, question in values
        ]
    return kept["granted"]


def judgeable(request: HttpRequest) -> QuerySet[Contribution]:
    """What the asker may judge."""
    known = [(discussion.pk, discussion.uuid) for discussion in granted(request)]
    return access.judgeable_contributions(request.user, known)


def waiting(request: HttpRequest) -> QuerySet[Contribution]:
    """What the asker may judge and what waits for somebody, in its turn."""
    kept = _kept(request)
    if "waiting" not in kept:
        kept["waiting"] = judgeable(request).filter(waiting__isnull=False)
    return kept["waiting"].order_by(*IN_TURN)


def number_waiting(request: HttpRequest, at_most: int) -> int:
    """How many wait; counted once in a request, and no further than asked."""
    kept = _kept(request)
    if "number" not in kept:
        know_number(request, waiting(request).order_by()[:at_most].count())
    return kept["number"]


def know_at_least(request: HttpRequest, number: int) -> None:
    """Spares the count on a deep page of a list: so many come before it."""
    _kept(request)["at_least"] = number


def at_least(request: HttpRequest) -> int | None:
    """How many wait at least, where a list found only that."""
    kept = _kept(request)
    return None if "number" in kept else kept.get("at_least")


def know_number(request: HttpRequest, number: int) -> None:
    """Spares the count where a list has counted already."""
    _kept(request)["number"] = number


def everything(request: HttpRequest) -> QuerySet[Contribution]:
    """All that the asker may judge or has been judged, newest first."""
    return judgeable(request).filter(state__in=JUDGED_STATES).order_by(*NEWEST_FIRST)


@dataclass(frozen=True)
class Place:
    """Where a contribution stands in the order of the lists; ``pk`` may be an expression."""

    pk: int | Subquery
    urgency: int

    @classmethod
    def of(cls, contribution: Contribution) -> Place:
        return cls(contribution.pk, contribution.urgency)


def cursor(contribution: Contribution) -> str:
    """The place of a contribution for an address: its public id, and its urgency when seen."""
    return f"{contribution.urgency}.{contribution.public_id}"


def place_of(said: str) -> Place | None:
    """The place that a cursor names, without asking for it; None where it names none."""
    urgency, _dot, public_id = said.partition(".")
    if not public_id.isalnum() or urgency not in {str(value) for value in Urgency.values}:
        return None
    row = Contribution.objects.filter(public_id=public_id).order_by()
    return Place(Subquery(row.values("pk")[:1]), int(urgency))


def in_turn_after(
    queryset: QuerySet[Contribution], place: Place, most: int, column: str = "pk"
) -> list[Any]:
    """Keys (or another column) of at most ``most`` contributions after a place in the queue.

    One stretch of the index, from the place on; what is urgent is never many.
    """
    if place.urgency == Urgency.ORDINARY:
        behind = queryset.filter(urgency=Urgency.ORDINARY, pk__gt=place.pk)
    else:
        same_or_lower = Q(pk__gt=place.pk) | Q(urgency__lt=place.urgency)
        behind = queryset.filter(same_or_lower, urgency__lte=place.urgency)
    return list(behind.order_by(*IN_TURN).values_list(column, flat=True)[:most])


def newer_than(queryset: QuerySet[Contribution], place: Place, most: int) -> list[int]:
    """Keys of the contributions just before a place in a list that has the newest first."""
    newer = queryset.filter(pk__gt=place.pk).order_by("pk")
    return list(newer.values_list("pk", flat=True)[:most])


def older_than(queryset: QuerySet[Contribution], place: Place, most: int) -> list[int]:
    """Keys of the contributions after a place in a list that has the newest first."""
    older = queryset.filter(pk__lt=place.pk).order_by("-pk")
    return list(older.values_list("pk", flat=True)[:most])


def in_turn_before(
    queryset: QuerySet[Contribution], place: Place, most: int, column: str = "pk"
) -> list[Any]:
    """Keys (or another column) of at most ``most`` before a place in the queue, nearest first."""
    same = queryset.filter(urgency=place.urgency, pk__lt=place.pk).order_by("-pk")
    keys = list(same.values_list(column, flat=True)[:most])
    if len(keys) < most and place.urgency < Urgency.URGENT:
        higher = queryset.filter(urgency__gt=place.urgency).order_by("urgency", "-pk")
        keys += higher.values_list(column, flat=True)[: most - len(keys)]
    return keys


def free_for(request: HttpRequest, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Those that the asker can decide on now: not in a colleague's hands, nor for another."""
    this = OuterRef("pk")
    return queryset.exclude(
        Exists(desk.claims_of_others(request.user).filter(contribution=this))
    ).exclude(Exists(desk.asked_by(request.user).filter(contribution=this)))


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
    this = OuterRef("pk")
    return queryset.select_related("discussion__page", "participant", "claim").annotate(
        asks_second_look=Exists(CaseNote.objects.filter(contribution=this, asks_second_look=True)),
        has_notes=Exists(CaseNote.objects.filter(contribution=this)),
        is_first_here=Q(by_newcomer=True)
        & ~Exists(Contribution.objects.filter(participant=OuterRef("participant"), pk__lt=this)),
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
