"""All that is hers: see it, take it along, take it back, let go of it.

Each act has a page of its own that says what it does and what stays, and acts on a POST only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import access, belongings, link_ends, own_file
from ..actions import accounts, own
from ..conf import conf
from ..errors import ForumError, KeyMissing, NotFound
from ..identity.standing import Held
from ..models import Participant

View = Callable[..., HttpResponseBase]


def asked_again(view: View) -> View:
    """For who is signed in and, where the site can ask, has just shown again who she is."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ask = import_string(conf().ASK_AGAIN) if conf().ASK_AGAIN else lambda asked: asked
        return ask(view)(request, *args, **kwargs)

    safe = require_http_methods(["GET", "HEAD", "POST"])(guarded)
    return never_cache(login_required(safe))


@login_required
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """Who she is in each discussion, and what she can do with all that."""
    context = {
        "participants": link_ends.tell(access.own_participants(request.user)),
        "held": access.all_that_holds(request.user),
        "others": belongings.of(request.user),
    }
    return render(request, "goedwerk_forum/own_data.html", context)


@asked_again
def download(request: HttpRequest) -> HttpResponseBase:
    """Says what is in the file, and gives it."""
    if request.method != "POST":
        return render(request, "goedwerk_forum/own_download.html")
    return StreamingHttpResponse(
        own_file.streamed(own_file.everything(request.user)),
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="mijn-bijdragen.zip"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@asked_again
def erase(request: HttpRequest, uuid: str = "") -> HttpResponseBase:
    """Withdraws all that she wrote, in one discussion or in all; goes on where it broke off."""
    participant = _participant(request, uuid) if uuid else None
    discussion = participant.discussion if participant else None
    left = None
    if request.method == "POST":
        left = own.withdraw_all(user=request.user, discussion=discussion)
        if not left:
            return redirect(f"{reverse('goedwerk_forum:own_data')}?klaar=ingetrokken")
    chosen = [participant] if participant else list(access.own_participants(request.user))
    context = {
        "participant": participant,
        "participants": [one for one in chosen if one.standing],
        "standing": sum(one.standing for one in chosen),
        "left": left,
    }
    return render(request, "goedwerk_forum/own_erase.html", context)


@asked_again
def cut(request: HttpRequest, uuid: str = "") -> HttpResponseBase:
    """Cuts the link now, in one discussion or in all."""
    participant = _participant(request, uuid) if uuid else None
    error: ForumError | None = None
    if request.method == "POST":
        try:
            _cut(request, participant)
        except NotFound:
            pass  # pressed twice: it is cut
        except ForumError as problem:
            error = problem
        if error is None:
            return redirect(f"{reverse('goedwerk_forum:own_data')}?klaar=verbroken")
    chosen = [participant] if participant else list(access.own_participants(request.user))
    context = {
        "participant": participant,
        "participants": chosen,
        "undecided": sum(one.undecided for one in chosen),
        "in_case": [one for one in link_ends.tell(chosen) if one.has_open_case],
        "others": [] if participant else belongings.of(request.user),
        "held": _held(request),
        "error": error,
    }
    return render(request, "goedwerk_forum/own_cut.html", context, status=409 if error else 200)


def _held(request: HttpRequest) -> list[Held]:
    """What holds for her; letting go works without the key that tells."""
    try:
        return access.all_that_holds(request.user)
    except KeyMissing:
        return []


def _cut(request: HttpRequest, participant: Participant | None) -> None:
    if participant is None:
        own.cut_all_links(user=request.user)
    else:
        own.cut_link(user=request.user, discussion=participant.discussion)


def _participant(request: HttpRequest, uuid: str) -> Participant:
    try:
        return access.own_participant(request.user, uuid)
    except NotFound as error:
        raise Http404 from error


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, mark: str) -> HttpResponse:
    """Ends the mail at one press, in the mail program or here; a look alone ends nothing.

    No token guards the form: the mark in the address is the secret, and the mail program that
    presses the button has no cookie.
    """
    done = request.method == "POST" and accounts.stop_mail(mark=mark)
    wrong = request.method == "POST" and not done
    context = {"done": done, "wrong": wrong}
    status = 404 if wrong else 200
    return render(request, "goedwerk_forum/unsubscribe.html", context, status=status)
