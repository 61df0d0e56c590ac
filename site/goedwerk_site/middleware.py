"""HTTP policies of the reference site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

#: Wagtail's admin writes inline styles and scripts; previews show the site inside the admin.
ADMIN_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)


class AdminPolicyMiddleware:
    """Only the admin has a looser content security policy; everything else has the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/beheer/"):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        return response


class CompressPublicPagesMiddleware(GZipMiddleware):
    """Packs what is the same for everybody, and nothing else.

    How long a packed page is tells of what is in it. A page with a token (which sets a cookie) or
    with somebody's own words goes as it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        control = response.headers.get("Cache-Control", "")
        if response.cookies or "no-store" in control or "private" in control:
            return response
        return super().process_response(request, response)
