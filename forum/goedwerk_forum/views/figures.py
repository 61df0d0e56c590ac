"""The yearly figures, for everyone; the same bytes for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .. import figures

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
    context = {
        "figures": found,
        "years": years,
        "waiting": [(words, found.waiting.get(group, 0)) for group, words in WAITING],
    }
    return render(request, "goedwerk_forum/figures.html", context)
