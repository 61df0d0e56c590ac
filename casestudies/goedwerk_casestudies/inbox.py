"""A contributor's news in the forum's inbox and digest."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goedwerk_forum import news
from goedwerk_forum.people import Person

from . import access
from .actions.news import KIND
from .describing import waits_for_her
from .models import News

GLYPHS = {
    News.Event.TAKEN: "s-half",
    News.Event.LETTER: "s-brief",
    News.Event.ASKED: "s-nu",
    News.Event.PUBLISHED: "s-klaar",
    News.Event.REFUSED: "s-weg",
    News.Event.LAPSED: "s-weg",
}


def of(user: Person) -> list[news.News]:
    """What happened to the submissions of ``user``, newest first."""
    own = access.own_submissions(user).order_by()
    found = News.objects.filter(submission__in=own).select_related("submission")
    return [_told(item) for item in found]


def _told(item: News) -> news.News:
    return news.News(
        public_id=item.public_id,
        day=item.day,
        title=item.get_event_display(),
        url=reverse("goedwerk_stories:own", args=[item.submission.public_id]),
        link_text=_("Bekijk je inzending"),
        glyph=GLYPHS[News.Event(item.event)],
        asks=item.event == News.Event.ASKED and waits_for_her(item.submission),
    )


def seals(ids: Iterable[int]) -> list[str]:
    """The sealed accounts of who gets these messages."""
    found = News.objects.filter(pk__in=list(ids)).select_related("submission")
    seals = (item.submission.sealed_account for item in found)
    return [seal for seal in seals if seal]


SOURCE = news.Source(
    kind=KIND,
    title=gettext_lazy("Mijn inzendingen"),
    url_name="goedwerk_stories:mine",
    of=of,
    seals=seals,
)
