"""What was typed comes back in a form: after sign-in, a refused token, a database that is away."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache

from ..errors import KeyMissing, NotFound
from ..identity import rescue

#: What a form may carry over; nothing else of a refused request is repeated.
FIELDS = (
    "text",
    "heard",
    "onward",
    "answer",
    "kind",
    "lens",
    "naming",
    "viewpoint",
    "said_on",
    "reason",
    "submission",
    "version",
)
#: Which of them hold words of hers that must not be lost.
WORDS = ("text", "heard", "onward")
#: How names of fields begin that hold choices; a form of choices has no text.
CHOICES = "a-"
View = TypeVar("View", bound=Callable[..., HttpResponse])


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: request.POST[name] for name in FIELDS if request.POST.get(name)}
    chosen = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(CHOICES)
        for value in values
        if value
    ]
    return typed | ({"chosen": json.dumps(chosen)} if chosen else {})


def _again(request: HttpRequest, cause: str) -> dict[str, object]:
    """What stands in the form that can be sent once more."""
    typed = _typed(request)
    return {
        "typed": typed,
        "chosen": chosen_in(typed),
        "has_words": _has_words(typed),
        "action": request.get_full_path(),
        "cause": cause,
    }


def _has_words(typed: dict[str, str]) -> bool:
    return any(typed.get(name) for name in WORDS)


def chosen_in(kept: dict[str, str]) -> list[tuple[str, str]]:
    """(name of the field, value) of each choice in what was kept."""
    return [(name, value) for name, value in json.loads(kept.get("chosen", "[]"))]


def signed_in(view: View) -> View:
    """For a page of one's own: asks who she is first, and keeps what was typed, there and gone."""

    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        try:
            return view(request, *args, **kwargs)
        except NotFound:
            return gone(request)

    return cast(View, asked)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    return to_page(request, resolve_url(settings.LOGIN_URL))


def to_page(request: HttpRequest, url: str) -> HttpResponse:
    """Sends the writer to ``url`` first (sign-in, joining) and back; keeps what she typed."""
    response = HttpResponseRedirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
    typed = _typed(request) if request.method == "POST" else {}
    if _has_words(typed) or typed.get("chosen"):
        response.set_cookie(
            rescue.COOKIE,
            rescue.keep(typed | {"path": request.path}),
            max_age=int(rescue.LIFETIME.total_seconds()),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def restored(request: HttpRequest) -> dict[str, str]:
    """What was typed here before the sign-in; empty where nothing waits for this form."""
    cookie = request.COOKIES.get(rescue.COOKIE)
    kept = rescue.restore(cookie) if cookie else {}
    return kept if kept.pop("path", "") == request.path else {}


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
        _again(request, "csrf"),
        status=403,
    )


def gone(request: HttpRequest) -> HttpResponse:
    """What she writes at is not there (any more): whoever typed gets her words back, to keep.

    Raises:
        Http404: nothing was typed.
    """
    typed = _typed(request) if request.method == "POST" else {}
    if not _has_words(typed):
        raise Http404(str(NotFound.message))
    return render(request, "goedwerk_forum/send_again.html", _again(request, "gone"), status=404)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer: the same words in a form that can be sent in a minute."""
    response = render(
        request,
        "goedwerk_forum/send_again.html",
        _again(request, "unavailable"),
        status=503,
    )
    response.headers["Retry-After"] = "60"
    return response


def key_missing(request: HttpRequest, error: KeyMissing) -> HttpResponse:
    """A page of one's own without the key that finds one: a sentence, and nothing is lost."""
    return render(request, "goedwerk_forum/key_missing.html", {"error": error}, status=503)
