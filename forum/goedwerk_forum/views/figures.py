"""The yearly figures, for everyone; the same bytes for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .. import figures
from ..charts import Bar, BarChart
from ..transitions import Action

WAITING = [
    (figures.SAME_DAY, _("dezelfde dag")),
    (figures.NEXT_DAY, _("een dag later")),
    (figures.WITHIN_WEEK, _("binnen een week")),
    (figures.LATER, _("na meer dan een week")),
]


@require_safe
def yearly(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """What came in and what was decided in a year; this year where none is asked for."""
    years = figures.years()
    if year is not None and year not in years:
        raise Http404
    found = figures.figures_of(year or years[0])
    waiting = [(words, found.waiting.get(group, 0)) for group, words in WAITING]
    context = {
        "figures": found,
        "years": years,
        "waiting": waiting,
        "decisions_chart": _decisions_chart(found),
        "waiting_chart": _waiting_chart(waiting),
    }
    return render(request, "goedwerk_forum/figures.html", context)


def _decisions_chart(found: figures.Figures) -> BarChart:
    total = sum(line.total for line in found.decisions)
    return BarChart(
        name="decisions",
        title=gettext("Wat wij beslisten"),
        description=ngettext("%(total)d besluit.", "%(total)d besluiten.", total)
        % {"total": total},
        head=(gettext("Besluit"), gettext("Samen")),
        bars=[
            Bar(str(Action(line.code).label).capitalize(), line.total) for line in found.decisions
        ],
    )


def _waiting_chart(waiting: Sequence[tuple[str | Promise, int]]) -> BarChart:
    return BarChart(
        name="waiting",
        title=gettext("Hoe lang het duurde"),
        description=gettext("Van insturen tot het eerste besluit, in dagen."),
        head=(gettext("Duur"), gettext("Bijdragen")),
        bars=[Bar(str(words).capitalize(), number) for words, number in waiting],
    )
