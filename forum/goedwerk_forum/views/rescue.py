"""What was typed comes back in a form: after sign-in, a refused token, a database that is away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ..errors import KeyMissing, NotFound
from ..identity import drafts, rescue

#: What people type in our forms, and what it is called where it comes back; other apps add theirs.
WORDS: dict[str, Promise | str] = {
    "text": _("Je tekst"),
    "answer": _("Je antwoord"),
    "heard": _("Wat is er gehoord?"),
    "onward": _("Wat gebeurt er nu mee?"),
    "name": _("Naam van de kring"),
    "about": _("Waar gaat de kring over?"),
    "series_name": _("Naam van het traject"),
    "purpose": _("Waarvoor is het traject?"),
    "words": _("In je eigen woorden"),
    "law": _("Welke wet of regel?"),
    "comment": _("Je opmerking"),
    "own": _("Woorden die ervoor in de plaats komen"),
}
#: The same where a form has it many times; a number follows the name: "title_3" is that of one
#: meeting in the plan of a circle, "mark_3" of one row below a decision.
WORDS_IN_ROWS = {
    "title": _("Titel van bijeenkomst %(number)s"),
    "question": _("Vraag van bijeenkomst %(number)s"),
    "mark": _("Woorden uit de tekst, rij %(number)s"),
    "instead": _("Zo kan het ook, rij %(number)s"),
}
#: What else a form may carry over: choices, days and what the form knows of itself. Nothing else
#: of a refused request is repeated.
CARRIED = (
    "action",
    "ask",
    "choice",
    "closes_on",
    "days",
    "expires_on",
    "if_silent",
    "kind",
    "lens",
    "naming",
    "note",
    "on",
    "outcome",
    "pace",
    "places",
    "pseudonym",
    "reason",
    "role_label",
    "said_on",
    "second_guide",
    "step",
    "submission",
    "template",
    "to",
    drafts.FIELD,
    "until",
    "version",
    "viewpoint",
    "wants_result",
    "why",
)
#: How names of fields begin that may hold several choices, or that stand in a form many times.
CHOICES = ("a-", "assignments_", "day_", "finding_", "story_")
#: What a form knows of itself: empty, the form draws it anew.
OF_THE_FORM = ("submission", "version")
View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Typed:
    """Words under the name of their field, as they stand in the form that can be sent once more."""

    name: str
    label: Promise | str
    text: str


def label_of(name: str) -> Promise | str:
    """What the words in the field ``name`` are called; empty where it holds none."""
    word, _line, number = name.partition("_")
    if number.isdigit() and word in WORDS_IN_ROWS:
        return WORDS_IN_ROWS[word] % {"number": number}
    return WORDS.get(name, "")


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was sent, also what she left empty: it may have been full before."""
    typed = {
        name: str(value)
        for name, value in request.POST.items()
        if (label_of(name) or name in CARRIED) and (value or name not in OF_THE_FORM)
    }
    chosen = [
        (name, value)
        for name, values in request.POST.lists()
        if name.startswith(CHOICES)
        for value in values
    ]
    return typed | ({"chosen": json.dumps(chosen)} if chosen else {})


def _again(request: HttpRequest, cause: str) -> dict[str, object]:
    """What stands in the form that can be sent once more."""
    typed = _typed(request)
    words = _words(typed)
    shown = {one.name for one in words} | {"chosen"}
    chosen = chosen_in(typed)
    return {
        "words": words,
        "carried": [item for item in typed.items() if item[0] not in shown] + chosen,
        "has_choices": _has_choices(typed),
        "action": request.get_full_path(),
        "cause": cause,
    }


def _words(typed: dict[str, str]) -> list[Typed]:
    return [
        Typed(name, label_of(name), text) for name, text in typed.items() if text and label_of(name)
    ]


def _has_choices(typed: dict[str, str]) -> bool:
    return any(value for _name, value in chosen_in(typed))


def holds_words(request: HttpRequest) -> bool:
    """Whether somebody sent words of her own, that must not be lost."""
    return request.method == "POST" and bool(_words(_typed(request)))


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
    return kept(
        request, HttpResponseRedirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
    )


def kept_on_the_way(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keeps what somebody typed whom another app sends to sign in first, as Wagtail's admin does.

    Only words of a form that says whose it is: staff type what not everybody may read.
    """
    if request.method != "POST" or response.status_code != 302:
        return response
    onward = response.headers.get("Location", "")
    asked = parse_qs(urlsplit(onward).query).get("next")
    leads_back = asked == [request.get_full_path()]
    has_cookie = rescue.cookie_of(request.path) in response.cookies
    if has_cookie or not leads_back or drafts.FIELD not in request.POST:
        return response
    return response if request.user.is_authenticated else kept(request, response)


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Seals what was typed in a form that did not arrive; its key goes along with ``response``."""
    typed = _typed(request) if request.method == "POST" else {}
    if _words(typed) or _has_choices(typed):
        response.set_cookie(
            rescue.cookie_of(request.path),
            rescue.keep(typed | {"path": request.path}),
            max_age=int(rescue.LIFETIME.total_seconds()),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def restored(request: HttpRequest) -> dict[str, str]:
    """What was typed here before the sign-in; empty where nothing waits for this form.

    A form that was shown to somebody carries her mark, and its words come back to her alone: not
    to whoever signs in next on her browser. Without a mark it was shown to nobody in particular.
    """
    cookie = request.COOKIES.get(rescue.cookie_of(request.path))
    typed = rescue.restore(cookie) if cookie else {}
    is_here = typed.pop("path", "") == request.path
    by = typed.pop(drafts.FIELD, "")
    return typed if is_here and by in ("", drafts.writer(request.user)) else {}


def restored_in(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """The same, of the fields called ``names``; of a choice made many times, the last."""
    found = restored(request)
    typed = found | dict(chosen_in(found))
    return {name: typed[name] for name in names if name in typed}


def forgotten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Drops the kept text now that it has been sent; what another form or writer lost stays."""
    if restored(request):
        cookie = rescue.cookie_of(request.path)
        rescue.forget(request.COOKIES[cookie])
        response.delete_cookie(cookie)
    return response


@never_cache
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
    if not holds_words(request):
        raise Http404(str(NotFound.message))
    return render(request, "goedwerk_forum/send_again.html", _again(request, "gone"), status=404)


@never_cache
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


@never_cache
def key_missing(request: HttpRequest, error: KeyMissing) -> HttpResponse:
    """A page of one's own without the key that finds one: a sentence, and nothing is lost."""
    return render(request, "goedwerk_forum/key_missing.html", {"error": error}, status=503)
