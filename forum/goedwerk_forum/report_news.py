"""What somebody hears in her inbox of what she reported while she was signed in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import complaints, news
from .models import Report
from .people import Person

GLYPHS = {Report.State.UPHELD: "s-klaar", Report.State.REFUSED: "s-weg"}


def of(user: Person) -> list[news.News]:
    """The answers to the reports of one person, newest first."""
    answered = complaints.own_reports(user).filter(decided_on__isnull=False)
    return [
        news.News(
            public_id=report.public_id,
            day=report.decided_on,
            title=_("Er is besloten over je melding"),
            url=reverse("goedwerk_forum:own_reports"),
            link_text=_("Lees het antwoord op je melding"),
            glyph=GLYPHS.get(Report.State(report.state), "s-open"),
        )
        for report in answered.order_by("-decided_on", "public_id")
        if report.decided_on is not None
    ]


def seals(_ids: Iterable[int]) -> list[str]:
    """No mail: a report holds no sealed account, so nobody can be looked up from it."""
    return []


SOURCE = news.Source(
    kind="report",
    title=gettext_lazy("Mijn meldingen"),
    url_name="goedwerk_forum:own_reports",
    of=of,
    seals=seals,
)
