"""Nothing typed is lost: a write form sent after the session ended survives the sign-in."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse


class KeepTypedTextMiddleware:
    """Answers a database that is away with the text in a form, not with an empty error page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from .views.rescue import unavailable

        if isinstance(error, Error) and request.method == "POST" and "text" in request.POST:
            return unavailable(request)
        return None
