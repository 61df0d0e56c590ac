"""The figures of the dashboard as pictures with their tables, and as lines of an export."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..charts import Bar, BarChart, Chart, ColumnChart, thinned
from ..checks.verdict import check_by_code
from ..models import CheckPrecision
from ..models import Waiting as WaitsAs
from ..overview import Decided, Times
from .labels import action_label, kind_label


@dataclass(frozen=True)
class Line:
    """One number of an export: of which figure, of what, how many."""

    figure: str
    what: str
    number: int


def lines_of(charts: Iterable[Chart]) -> Iterator[Line]:
    for chart in charts:
        for bar in chart.bars:
            yield Line(chart.title, bar.label, bar.value)


def waiting_chart(counted: Sequence[tuple[datetime.date, int]]) -> ColumnChart:
    """How many waited, day by day; of a long period the highest of each run of days."""
    days = [Bar(date_format(day, "j b"), number) for day, number in counted]
    most = max((bar.value for bar in days), default=0)
    return ColumnChart(
        name="waiting",
        title=_("Hoeveel er wachtte"),
        description=_(
            "Per dag, van %(first)s tot en met %(last)s. Het hoogste aantal was %(most)d."
        )
        % {"first": days[0].label, "last": days[-1].label, "most": most},
        head=(_("Dag"), _("Wachtte")),
        bars=thinned(days),
    )


def times_chart(times: Times) -> BarChart:
    bars = [Bar(str(within.label).capitalize(), number) for within, number in times.counted]
    return BarChart(
        name="times",
        title=_("Hoe lang een besluit duurde"),
        description=percentiles(times) or _("Er is in deze periode niets besloten."),
        head=(_("Duur"), _("Besluiten")),
        bars=bars,
    )


def percentiles(times: Times) -> str:
    """Half, and nearly all, of the decisions in a sentence; empty where there were none."""
    half, nearly_all = times.percentile(50), times.percentile(95)
    if half is None or nearly_all is None:
        return ""
    return _("De helft was er %(half)s, 95 van de 100 %(nearly_all)s.") % {
        "half": half.label,
        "nearly_all": nearly_all.label,
    }


def by_kind(times: dict[str, Times]) -> list[tuple[str, int, str, str]]:
    """(what it waited as, decisions, half, nearly all) in words."""
    return [
        (_waits_as(kind), found.total, _bound(found, 50), _bound(found, 95))
        for kind, found in times.items()
    ]


def _waits_as(kind: str) -> str:
    return str(WaitsAs(kind).label) if kind in WaitsAs.values else kind


def _bound(times: Times, percent: int) -> str:
    within = times.percentile(percent)
    return str(within.label) if within is not None else "–"


def decisions_chart(decided: Decided) -> BarChart:
    return BarChart(
        name="decisions",
        title=_("Wat er is besloten"),
        description=ngettext(
            "%(total)d besluit, waarvan %(software)d door software.",
            "%(total)d besluiten, waarvan %(software)d door software.",
            decided.total,
        )
        % {"total": decided.total, "software": decided.by_software},
        head=(_("Besluit"), _("Aantal")),
        bars=[
            Bar(action_label(action).capitalize(), number) for action, number in decided.by_action
        ],
    )


def reasons_chart(decided: Decided) -> BarChart:
    return BarChart(
        name="reasons",
        title=_("Waarom iets niet of niet meteen te lezen was"),
        description=_("De redenen bij teruggeven, niet plaatsen en verbergen."),
        head=(_("Reden"), _("Aantal")),
        bars=[Bar(str(reason.label), number) for reason, number in decided.by_reason],
    )


def appeals_chart(decided: Decided) -> BarChart:
    return BarChart(
        name="appeals",
        title=_("Bezwaren"),
        description=_("Van %(judged)d bezwaren kregen er %(granted)d gelijk.")
        % {"judged": decided.judged, "granted": decided.granted},
        head=(_("Uitkomst"), _("Aantal")),
        bars=[
            Bar(_("Gelijk gekregen: het besluit is teruggedraaid"), decided.granted),
            Bar(_("Geen gelijk gekregen"), decided.refused),
        ],
    )


def precision_chart(rows: Iterable[CheckPrecision]) -> BarChart:
    return BarChart(
        name="precision",
        title=_("Hoe vaak de controles gelijk hadden"),
        description=_("Per soort bevinding, sinds het begin; het minst vaak gelijk eerst."),
        head=(_("Soort"), _("Gelijk")),
        bars=[Bar(_of_check(row), row.percent, f"{row.percent} %") for row in rows],
        full=100,
    )


def _of_check(row: CheckPrecision) -> str:
    """The kind of finding says enough; a check without kinds has its name."""
    check = check_by_code(row.check_code)
    name = str(check.name) if check else row.check_code
    return (kind_label(row.kind) if row.kind else name).capitalize()
