"""What in a discussion asks for its guide: counted for her page, without names."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from . import kinds
from .models import Contribution, Discussion, Statement, Waiting
from .transitions import Action, Display

#: Days that count as lately, and days without a word that count as silence.
LATELY, SILENCE = 7, 7
#: New contributions from which a share says something, and the share (percent) that is heat.
ENOUGH, HEAT = 5, 30
#: Readable contributions from which one voice can be too much, and the share that is.
CHORUS, TOO_MUCH = 6, 40
#: Unanswered questions that the page names.
NAMED = 5

TAKEN_BACK = [Action.RETURN, Action.REJECT, Action.HIDE]


@dataclass(frozen=True)
class Attention:
    """What asks for the guide; None, or nothing, where it does not.

    ``heat`` and ``loudest`` are percentages, rounded down; ``silent_for`` is in days.
    """

    unanswered: list[Contribution]
    heat: int | None
    silent_for: int | None
    loudest: int | None

    @property
    def is_calm(self) -> bool:
        return not (self.unanswered or self.heat or self.silent_for or self.loudest)


def attention_in(discussion: Discussion) -> Attention:
    """What asks for the guide of ``discussion`` today; four queries."""
    return Attention(
        unanswered=_unanswered(discussion),
        heat=_heat(discussion),
        silent_for=_silent_for(discussion),
        loudest=_loudest(discussion),
    )


def _unanswered(discussion: Discussion) -> list[Contribution]:
    """Questions without a readable answer, the oldest first."""
    questions = Contribution.objects.filter(
        discussion=discussion,
        display=Display.TEXT,
        kind__in=kinds.asking(),
        by_guide=False,
        closed_with__isnull=True,
    )
    return list(questions.with_voices().filter(is_answered=False).order_by("pk")[:NAMED])


def _heat(discussion: Discussion) -> int | None:
    """The share of what came lately that was taken back, or waits for a second look."""
    taken_back = Statement.objects.filter(contribution=OuterRef("pk"), decision__in=TAKEN_BACK)
    since = timezone.localdate() - datetime.timedelta(days=LATELY)
    counted = Contribution.objects.filter(discussion=discussion, day__gte=since).aggregate(
        new=Count("pk"),
        hot=Count("pk", filter=Exists(taken_back) | Q(waiting=Waiting.SECOND_LOOK)),
    )
    return _share(counted["hot"], counted["new"], least=ENOUGH, bar=HEAT)


def _silent_for(discussion: Discussion) -> int | None:
    """Days since somebody was last read; None where it is not open, or nobody spoke yet."""
    if not discussion.is_open:
        return None
    said = Contribution.objects.filter(discussion=discussion, display=Display.TEXT)
    last = said.aggregate(last=Max("day"))["last"]
    days = (timezone.localdate() - last).days if last else 0
    return days if days >= SILENCE else None


def _loudest(discussion: Discussion) -> int | None:
    """The share of the one who said most."""
    said = Contribution.objects.filter(discussion=discussion, display=Display.TEXT, by_guide=False)
    each = list(
        said.order_by()
        .values_list("participant")
        .annotate(n=Count("pk"))
        .values_list("n", flat=True)
    )
    return _share(max(each, default=0), sum(each), least=CHORUS, bar=TOO_MUCH)


def _share(part: int, whole: int, *, least: int, bar: int) -> int | None:
    share = 100 * part // whole if whole >= least else 0
    return share if share >= bar else None
