"""The page after sending names the draft that arrived, once: the browser drops that one only."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ..identity import drafts

COOKIE, SECONDS = "gw_aangekomen", 600


def note(request: HttpRequest, response: HttpResponseRedirect) -> HttpResponseRedirect:
    """Tells the page that ``response`` leads to what was sent; in no address, so in no log."""
    response.set_cookie(
        COOKIE,
        drafts.mark(request.user, request.path),
        max_age=SECONDS,
        path=response.url,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def noted(request: HttpRequest) -> str:
    """The mark of the draft that arrived just now; empty where none did."""
    return request.COOKIES.get(COOKIE, "")


def shown(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Says it once."""
    if noted(request):
        response.delete_cookie(COOKIE, path=request.path)
    return response
