"""Nothing typed is lost where something fails; nothing seen stays where somebody signed out."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse

from .errors import KeyMissing

SIGNED_OUT = "goedwerk_signed_out"


def note_sign_out(request: HttpRequest | None, **_more: object) -> None:
    """Follows Django's signal: whichever way somebody signs out, her device is tidied."""
    if request is not None:
        setattr(request, SIGNED_OUT, True)


class KeepTypedTextMiddleware:
    """Answers a database that is away with the text in a form, not with an empty error page.

    And a missing identity key with a sentence: whose page it is cannot be known without it.
    Whoever signs out, everywhere or by leaving, takes the marks of what she saw off this device.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from .following import forget_seen
        from .views.rescue import kept_on_the_way

        response = kept_on_the_way(request, self.get_response(request))
        if getattr(request, SIGNED_OUT, False):
            forget_seen(response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from .views.rescue import holds_words, key_missing, unavailable

        if isinstance(error, Error | KeyMissing) and holds_words(request):
            return unavailable(request)
        return key_missing(request, error) if isinstance(error, KeyMissing) else None
