"""Figures for researchers: counts of what anybody may read, with no small cells and nobody in it.

Only quarters that are over are counted, so that two files of neighbouring days do not tell what
was written between them. Cells under three are put together or left out (``over_time.merged``).
Texts are not in it: nobody was asked whether hers may be studied.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncQuarter
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from . import access, kinds
from .models import Contribution, Discussion
from .over_time import Quarter, merged
from .transitions import Display


@dataclass(frozen=True)
class Line:
    """One number: which table it is of, the group in it, what was counted."""

    table: str
    group: str
    what: str
    number: int | None


@dataclass(frozen=True)
class Groups:
    """Discussions as another app groups them: the name of the table, and its groups by name."""

    title: str | Promise
    each: Callable[[], Iterable[tuple[str, QuerySet[Discussion]]]]


#: What other apps add: a table of kinds for each of their groups.
MORE: list[Groups] = []

#: (first day of the quarter, kind, lens): how many.
Said = Mapping[tuple[datetime.date, str, str], int]


def lines() -> list[Line]:
    """All tables below each other; so many queries, and one for each group of another app."""
    said = _said(access.public_discussions())
    return [
        *_notes(),
        *_table(_("Bijdragen per kwartaal en soort"), _summed(said, _quarter, _kind)),
        *_table(_("Bijdragen per kwartaal en lens"), _summed(said, _quarter, _lens)),
        *_table(_("Bijdragen per soort en lens"), _summed(said, _kind, _lens)),
        *_table(_("Vragen met en zonder antwoord, per kwartaal"), _answered()),
        *_table(_("Bijdragen per dialoog"), {_("alle dialogen"): _per_discussion()}),
        *(
            line
            for groups in MORE
            for line in _table(
                str(groups.title),
                {name: _kinds_in(discussions) for name, discussions in groups.each()},
            )
        ),
    ]


def _notes() -> list[Line]:
    """What whoever opens the file must know, in the file."""
    return [
        Line(_("Let op"), "", sentence, None)
        for sentence in (
            _("Geteld zijn bijdragen die iedereen kan lezen, tot en met het vorige kwartaal."),
            _(
                "Aantallen onder drie staan er niet in: zij zijn samengenomen onder ‘samen’, of "
                "weggelaten."
            ),
            _("Er staan geen teksten en geen schuilnamen in."),
        )
    ]


def _public_texts(discussions: QuerySet[Discussion]) -> QuerySet[Contribution]:
    """What participants said in them before this quarter, and readers see."""
    today = timezone.localdate()
    this_quarter = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    return (
        Contribution.objects.filter(discussion__in=discussions, display=Display.TEXT)
        .filter(by_guide=False, day__lt=this_quarter)
        .order_by()
    )


def _said(discussions: QuerySet[Discussion]) -> Said:
    rows = (
        _public_texts(discussions)
        .annotate(quarter=TruncQuarter("day"))
        .values_list("quarter", "kind", "lens")
        .annotate(number=Count("pk"))
    )
    return {(quarter, kind, lens): number for quarter, kind, lens, number in rows}


def _quarter(key: tuple[datetime.date, str, str]) -> str:
    return Quarter(key[0]).words


def _kind(key: tuple[datetime.date, str, str]) -> str:
    return kinds.words_of(key[1]).name


def _lens(key: tuple[datetime.date, str, str]) -> str:
    return kinds.lens_of(key[2]).name if key[2] else _("geen lens")


def _summed(
    said: Said,
    group_of: Callable[[tuple[datetime.date, str, str]], str],
    what_of: Callable[[tuple[datetime.date, str, str]], str],
) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for key, number in sorted(said.items()):
        sums[group_of(key)][what_of(key)] += number
    return sums


def _answered() -> dict[str, Counter[str]]:
    """Per quarter, how many contributions that ask for an answer have one that can be read."""
    answers = Contribution.objects.filter(in_reply_to=OuterRef("pk"), display=Display.TEXT)
    rows = (
        _public_texts(access.public_discussions())
        .filter(kind__in=kinds.asking())
        .annotate(quarter=TruncQuarter("day"), answered=Exists(answers.order_by()))
        .values_list("quarter", "answered")
        .annotate(number=Count("pk"))
    )
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for quarter, answered, number in sorted(rows):
        sums[Quarter(quarter).words][_("met antwoord") if answered else _("zonder")] = number
    return sums


def _per_discussion() -> Counter[str]:
    """By the title of its page, of what anybody may read word for word."""
    rows = (
        _public_texts(access.public_discussions())
        .values_list("discussion")
        .annotate(number=Count("pk"))
    )
    numbers = dict(rows)
    found = Discussion.objects.filter(pk__in=numbers).select_related("page")
    sums: Counter[str] = Counter()
    for discussion in access.only_public(found):
        sums[discussion.page.title] += numbers[discussion.pk]
    return sums


def _kinds_in(discussions: QuerySet[Discussion]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for key, number in _said(discussions).items():
        sums[_kind(key)] += number
    return sums


def _table(title: str, groups: Mapping[str, Mapping[str, int]]) -> list[Line]:
    return [
        Line(title, group, what, number)
        for group, cells in groups.items()
        for what, number in merged(cells.items(), _("samen"))
    ]


def harmless(value: object) -> str:
    """Words that no spreadsheet takes for a formula."""
    words = "" if value is None else str(value)
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else words
