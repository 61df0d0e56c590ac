"""What was typed comes back in a form: after sign-in, a refused token, a database that is away."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from ..identity import rescue

#: What a form may carry over; nothing else of a refused request is repeated.
FIELDS = ("text", "kind", "lens", "submission", "version")


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in FIELDS if request.POST.get(name)}


def to_page(request: HttpRequest, url: str) -> HttpResponse:
    """Sends the writer to ``url`` first (sign-in, joining) and back; keeps what she typed."""
    response = HttpResponseRedirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
    typed = _typed(request) if request.method == "POST" else {}
    if typed.get("text"):
        response.set_cookie(
            rescue.COOKIE,
            rescue.keep(typed),
            max_age=int(rescue.LIFETIME.total_seconds()),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def restored(request: HttpRequest) -> dict[str, str]:
    """What was typed before the sign-in; empty where nothing waits."""
    cookie = request.COOKIES.get(rescue.COOKIE)
    return rescue.restore(cookie) if cookie else {}


def forgotten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Drops the kept text now that it has been sent."""
    cookie = request.COOKIES.get(rescue.COOKIE)
    if cookie:
        rescue.forget(cookie)
        response.delete_cookie(rescue.COOKIE)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form that was open too long: the same words in a form that can be sent."""
    return render(
        request,
        "goedwerk_forum/send_again.html",
        {"typed": _typed(request), "action": request.get_full_path(), "cause": "csrf"},
        status=403,
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer: the same words in a form that can be sent in a minute."""
    response = render(
        request,
        "goedwerk_forum/send_again.html",
        {"typed": _typed(request), "action": request.get_full_path(), "cause": "unavailable"},
        status=503,
    )
    response.headers["Retry-After"] = "60"
    return response
