"""Nothing typed is lost: a write form sent after the session ended survives the sign-in."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse

from .errors import KeyMissing


class KeepTypedTextMiddleware:
    """Answers a database that is away with the text in a form, not with an empty error page.

    And a missing identity key with a sentence: whose page it is cannot be known without it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from .views.rescue import holds_words, key_missing, unavailable

        if isinstance(error, Error | KeyMissing) and holds_words(request):
            return unavailable(request)
        return key_missing(request, error) if isinstance(error, KeyMissing) else None
