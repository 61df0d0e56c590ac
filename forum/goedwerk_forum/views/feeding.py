"""Web feeds (Atom): the same bytes for everybody, until readers see something else.

A feed has an entity tag made of what stands in it, and no time: what was withdrawn is gone at the
next request, and nothing tells when anybody wrote.
"""

from __future__ import annotations

import datetime
import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import feeds
from ..errors import NotFound

#: What a feed without entries, and one of days only, says of its time.
MIDNIGHT = datetime.time(tzinfo=datetime.UTC)
NEVER = datetime.date(2000, 1, 1)


@require_safe
def of_site(request: HttpRequest) -> HttpResponse:
    """All that is public."""
    title = getattr(settings, "WAGTAIL_SITE_NAME", "") or _("Dialogen")
    return _answer(request, feeds.of_site(title))


@require_safe
def of_discussion(request: HttpRequest, uuid: str) -> HttpResponse:
    """One public discussion or branch."""
    try:
        return _answer(request, feeds.of_discussion(uuid, request))
    except NotFound as error:
        raise Http404 from error


@require_safe
def of_other(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """A feed that another app brings."""
    if kind not in feeds.FEEDS:
        raise Http404
    try:
        return _answer(request, feeds.FEEDS[kind](address, request))
    except NotFound as error:
        raise Http404 from error


class _DayFeed(Atom1Feed):
    """An Atom feed whose time is the day of its newest entry, and not the moment of asking."""

    def latest_post_date(self) -> datetime.datetime:
        days = [item["updateddate"] for item in self.items]
        return max(days, default=datetime.datetime.combine(NEVER, MIDNIGHT))


def _answer(request: HttpRequest, feed: feeds.Feed) -> HttpResponse:
    body = _written(request, feed)
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    # May be kept, but is asked for anew each time: what is withdrawn goes at once.
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response) or response


def _written(request: HttpRequest, feed: feeds.Feed) -> str:
    here = request.build_absolute_uri
    atom = _DayFeed(
        title=feed.title,
        link=here(feed.path),
        description="",
        feed_url=here(request.path),
        author_name=getattr(settings, "WAGTAIL_SITE_NAME", "") or feed.title,
        language=get_language(),
    )
    host = request.get_host().partition(":")[0]
    for entry in feed.entries:
        day = datetime.datetime.combine(entry.day, MIDNIGHT)
        atom.add_item(
            title=entry.title,
            link=here(entry.path),
            description=linebreaks(entry.text, autoescape=True),
            unique_id=f"tag:{host},2026:{entry.mark}",
            author_name=entry.author or None,
            updateddate=day,
        )
    return atom.writeString("utf-8")
