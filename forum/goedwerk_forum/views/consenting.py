"""Where a writer says whether her words may stand in a harvest, and takes that back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .. import access, harvests, link_ends
from ..actions import consents as acts
from ..errors import ForumError
from ..models import HarvestQuote
from . import rescue

Consent = HarvestQuote.Consent
#: What each button does.
ANSWERS: dict[str, Callable[[HarvestQuote], None]] = {
    "ja": lambda quote: acts.answer(quote=quote, agrees=True),
    "nee": lambda quote: acts.answer(quote=quote, agrees=False),
    "terug": lambda quote: acts.take_back(quote=quote),
}


@rescue.signed_in
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Everything of the asker's that somebody asked for, and what she said."""
    context = {"quotes": harvests.own_quotes(request.user), "is_later": "later" in request.GET}
    return render(request, "goedwerk_forum/consents.html", context)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """What would be shown, where, and for how long; yes, no, or later."""
    quote = harvests.own_quote(request.user, public_id)
    chosen = request.POST.get("choice", "")
    if request.method == "POST" and chosen == "later":
        return redirect(f"{reverse('goedwerk_forum:consents')}?later")
    error: ForumError | None = None
    is_missing = request.method == "POST" and chosen not in ANSWERS
    if chosen in ANSWERS:
        try:
            ANSWERS[chosen](quote)
        except ForumError as problem:
            error = problem
            quote.refresh_from_db()
        else:
            return redirect(request.path)
    status = 409 if error else 422 if is_missing else 200
    return _page(request, quote, status, error=error, is_missing=is_missing)


def _page(
    request: HttpRequest, quote: HarvestQuote, status: int, **context: object
) -> HttpResponse:
    discussion = quote.contribution.discussion
    return render(
        request,
        "goedwerk_forum/consent.html",
        context
        | {
            "quote": quote,
            "contribution": quote.contribution,
            "discussion": discussion,
            "is_public": access.public_discussions().filter(pk=discussion.pk).exists(),
            "link": link_ends.tell([quote.contribution.participant])[0],
        },
        status=status,
    )
