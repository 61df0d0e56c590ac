"""What in a discussion asks for its guide: counted when she looks, never acted upon by itself.

Each answer stays within one discussion. Nothing that the asker wrote under her own pseudonym is
named to her: a colleague looks after that.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from . import kinds
from .checks.conduct import Conduct
from .identity import links
from .models import Contribution, Discussion, Hint, Report, Revision, Statement, Waiting
from .people import Person
from .querysets import ContributionQuerySet
from .transitions import Action, Display

#: Days that count as lately, and days without a word that count as silence.
LATELY, SILENCE = 7, 7
#: Days after which a question, and any other contribution of its own, misses an answer; and days
#: after which the latter is left in peace.
QUESTION_WAITS, OTHERS_WAIT, LEFT_IN_PEACE = 2, 7, 30
#: New contributions from which a share says something, and the share (percent) that is heat.
ENOUGH, HEAT = 5, 30
#: Readable contributions from which one voice can be too much, and the share that is.
CHORUS, TOO_MUCH = 6, 40
#: Answers of two people to each other on one day that are quick turns.
QUICK = 4
#: Contributions that one sign names.
NAMED = 5

TAKEN_BACK = [Action.RETURN, Action.REJECT, Action.HIDE]


@dataclass(frozen=True)
class Loudest:
    """The pseudonym that said most: its share in percent, rounded down, and its newest words."""

    share: int
    participant_id: int
    newest: Contribution | None = None


@dataclass(frozen=True)
class Attention:
    """What asks for the guide; empty, or None, where it does not.

    ``heat`` is a percentage, rounded down; ``silent_for`` is in days.
    """

    unanswered: list[Contribution] = field(default_factory=list)
    left_alone: list[Contribution] = field(default_factory=list)
    heat: int | None = None
    sharp: list[Contribution] = field(default_factory=list)
    reported: list[Contribution] = field(default_factory=list)
    quick: list[Contribution] = field(default_factory=list)
    silent_for: int | None = None
    last: Contribution | None = None
    loudest: Loudest | None = None
    answers: list[Hint] = field(default_factory=list)

    @property
    def is_heated(self) -> bool:
        return bool(self.heat or self.sharp or self.reported or self.quick)


def attention_in(discussion: Discussion, user: Person) -> Attention:
    """What asks for the guide of ``discussion`` today; nine queries, however long it is.

    One more for each of three signs that names its newest words.
    """
    others = _others([discussion], user)
    silent_for = _silent_for(discussion, _last_days([discussion]).get(discussion.pk))
    loudest = _loudest([discussion], user).get(discussion.pk)
    return Attention(
        unanswered=_named(_questions(others).order_by("pk")),
        left_alone=_named(_alone(others).order_by("-pk")),
        heat=_heat([discussion]).get(discussion.pk),
        sharp=_named(_sharp(others).order_by("-pk")),
        reported=_named(_reported(others).order_by("-pk")),
        quick=_named(others.filter(pk__in=_quick(others))),
        silent_for=silent_for,
        last=_newest(others) if silent_for else None,
        loudest=loudest
        and replace(loudest, newest=_newest(others.filter(participant=loudest.participant_id))),
        answers=_answers([discussion], user),
    )


@dataclass(frozen=True)
class Counted:
    """The same of one discussion among many, in numbers."""

    discussion: Discussion
    unanswered: int = 0
    left_alone: int = 0
    heated: int = 0
    silent_for: int | None = None
    loudest: int | None = None
    answers: int = 0

    @property
    def weight(self) -> int:
        """How many signs there are: what asks most stands first."""
        signs = (self.answers, self.unanswered, self.heated, self.loudest, self.left_alone)
        return sum(map(bool, (*signs, self.silent_for)))


def attention_over(discussions: Sequence[Discussion], user: Person) -> list[Counted]:
    """What asks for the guide in each of these; eight queries, however many there are."""
    others = _others(discussions, user)
    unanswered, alone = _counted(_questions(others)), _counted(_alone(others))
    sharp_or_reported = others.filter(_is_lately() & Exists(_findings()) | Exists(_reports()))
    heated, quick = _counted(sharp_or_reported), _per_discussion(others, _quick(others))
    shares, loudest = _heat(discussions), _loudest(discussions, user)
    last_days = _last_days(discussions)
    answers = Counter(hint.contribution.discussion_id for hint in _answers(discussions, user))
    return [
        Counted(
            discussion=one,
            unanswered=unanswered[one.pk],
            left_alone=alone[one.pk],
            heated=heated[one.pk] + quick[one.pk] + (one.pk in shares),
            silent_for=_silent_for(one, last_days.get(one.pk)),
            loudest=loudest[one.pk].share if one.pk in loudest else None,
            answers=answers[one.pk],
        )
        for one in discussions
    ]


# --- what is looked at ---------------------------------------------------------------------------


def _others(discussions: Iterable[Discussion], user: Person) -> ContributionQuerySet:
    """What readers see of participants, those apart whom the asker is herself."""
    found: ContributionQuerySet = Contribution.objects.filter(
        discussion__in=[one.pk for one in discussions], display=Display.TEXT, by_guide=False
    )
    return found.exclude(participant__token__in=_tokens(discussions, user))


def _tokens(discussions: Iterable[Discussion], user: Person) -> list[str]:
    return links.tokens_of(user, {one.home.uuid for one in discussions})


def _named(found: QuerySet[Contribution]) -> list[Contribution]:
    return list(found.select_related("participant")[:NAMED])


def _newest(found: QuerySet[Contribution]) -> Contribution | None:
    return found.select_related("participant").order_by("-pk").first()


def _counted(found: QuerySet[Contribution]) -> Counter[int]:
    per_discussion = found.order_by().values_list("discussion").annotate(number=Count("pk"))
    return Counter(dict(per_discussion))


def _ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def _is_lately() -> Q:
    return Q(day__gt=_ago(LATELY))


# --- nobody answered -----------------------------------------------------------------------------


def _questions(others: ContributionQuerySet) -> QuerySet[Contribution]:
    """What asks for an answer and has none that readers see."""
    return others.awaiting_answer().filter(day__lte=_ago(QUESTION_WAITS))


def _alone(others: ContributionQuerySet) -> QuerySet[Contribution]:
    """Other contributions of their own that nobody took up, of the last weeks."""
    days = (_ago(LEFT_IN_PEACE), _ago(OTHERS_WAIT))
    found = others.unanswered().exclude(kind__in=kinds.asking())
    return found.filter(in_reply_to__isnull=True, day__range=days)


# --- heat ----------------------------------------------------------------------------------------


def _heat(discussions: Iterable[Discussion]) -> dict[int, int]:
    """The share of what came lately that was taken back, or waits for a second look."""
    taken_back = Statement.objects.filter(contribution=OuterRef("pk"), decision__in=TAKEN_BACK)
    lately = Contribution.objects.filter(
        _is_lately(), discussion__in=[one.pk for one in discussions]
    )
    each = (
        lately.order_by()
        .values_list("discussion")
        .annotate(
            new=Count("pk"),
            hot=Count("pk", filter=Exists(taken_back) | Q(waiting=Waiting.SECOND_LOOK)),
        )
    )
    shares = {pk: _share(hot, new, least=ENOUGH, bar=HEAT) for pk, new, hot in each}
    return {pk: share for pk, share in shares.items() if share}


def _sharp(others: ContributionQuerySet) -> QuerySet[Contribution]:
    """In which the check on conduct found something lately, and a person let it stand."""
    return others.filter(_is_lately(), Exists(_findings()))


def _findings() -> QuerySet[Revision]:
    shown = Revision.objects.filter(contribution=OuterRef("pk"), number=OuterRef("shown_revision"))
    as_text = shown.annotate(found=Cast("findings", TextField())).order_by()
    return as_text.filter(found__contains=f'"{Conduct.code}"')


def _reported(others: ContributionQuerySet) -> QuerySet[Contribution]:
    """Of which a reader asked lately whether it may stay."""
    return others.filter(Exists(_reports()))


def _reports() -> QuerySet[Report]:
    return Report.objects.filter(contribution=OuterRef("pk"), day__gt=_ago(LATELY)).order_by()


def _quick(others: ContributionQuerySet) -> list[int]:
    """The last answers of pairs that answered each other often on one day, lately; their keys."""
    answers = (
        others.filter(_is_lately(), in_reply_to__by_guide=False)
        .order_by()
        .values_list("day", "participant_id", "in_reply_to__participant_id")
        .annotate(number=Count("pk"), last=Max("pk"))
        .exclude(participant=F("in_reply_to__participant"))
    )
    turns: Counter[tuple[datetime.date, frozenset[int]]] = Counter()
    voices: Counter[tuple[datetime.date, frozenset[int]]] = Counter()
    newest: dict[tuple[datetime.date, frozenset[int]], int] = {}
    for day, one, other, number, last in answers:
        pair = day, frozenset((one, other))
        turns[pair] += number
        voices[pair] += 1
        newest[pair] = max(last, newest.get(pair, 0))
    return [newest[pair] for pair in turns if turns[pair] >= QUICK and voices[pair] == 2]


def _per_discussion(others: ContributionQuerySet, ids: list[int]) -> Counter[int]:
    return _counted(others.filter(pk__in=ids)) if ids else Counter()


# --- silence, one voice, answers to messages -----------------------------------------------------


def _last_days(discussions: Iterable[Discussion]) -> dict[int, datetime.date]:
    """The day on which somebody was last read in each."""
    said = Contribution.objects.filter(
        discussion__in=[one.pk for one in discussions], display=Display.TEXT
    )
    return dict(said.order_by().values_list("discussion").annotate(last=Max("day")))


def _silent_for(discussion: Discussion, last: datetime.date | None) -> int | None:
    """Days since somebody was last read; None where it is not open, or nobody spoke yet."""
    if last is None or not discussion.is_open:
        return None
    days = (timezone.localdate() - last).days
    return days if days >= SILENCE else None


def _loudest(discussions: Sequence[Discussion], user: Person) -> dict[int, Loudest]:
    """Who said most in each, where that is too much."""
    said = Contribution.objects.filter(
        discussion__in=[one.pk for one in discussions], display=Display.TEXT, by_guide=False
    )
    each = (
        said.order_by()
        .values_list("discussion", "participant", "participant__token")
        .annotate(number=Count("pk"))
    )
    total: Counter[int] = Counter()
    most: dict[int, tuple[int, int, str]] = {}
    for discussion, participant, token, number in each:
        total[discussion] += number
        most[discussion] = max(most.get(discussion, (0, 0, "")), (number, participant, token or ""))
    own = set(_tokens(discussions, user))
    found = {}
    for discussion, (number, participant, token) in most.items():
        share = _share(number, total[discussion], least=CHORUS, bar=TOO_MUCH)
        if share and token not in own:
            found[discussion] = Loudest(share, participant)
    return found


def _answers(discussions: Sequence[Discussion], user: Person) -> list[Hint]:
    """Answers of authors to a message of a guide that no guide read yet, the oldest first."""
    found = Hint.objects.filter(
        contribution__discussion__in=[one.pk for one in discussions],
        is_answered=True,
        is_read=False,
    )
    others = found.exclude(contribution__participant__token__in=_tokens(discussions, user))
    return list(others.select_related("contribution__participant").order_by("day", "public_id"))


def _share(part: int, whole: int, *, least: int, bar: int) -> int | None:
    share = 100 * part // whole if whole >= least else 0
    return share if share >= bar else None
