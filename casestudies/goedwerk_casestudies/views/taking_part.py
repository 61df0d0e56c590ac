"""Answering a statement or an assignment: a page of one's own, never cached, without script.

A look at one's own answer keeps nothing. What is added to the picture of the group is added for
good, by whoever is signed in, once a round.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from goedwerk_forum.errors import ForumError, NotFound
from goedwerk_forum.views import rescue

from .. import access
from ..actions.ballots import answer, has_answered
from ..ballots.forms import AnswerForm, form_of
from ..ballots.looking import pictures
from ..ballots.own import own_answer
from ..errors import RoundClosed
from ..models import Round, StatementMixin


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form of a round, a look at one's own answer, or what was done with it."""
    try:
        round_ = access.readable_round(public_id, request)
    except NotFound as absent:
        raise Http404(str(absent)) from absent
    page: Any = round_.page.specific
    is_vote = isinstance(page, StatementMixin)
    adds = request.method == "POST" and (is_vote or request.POST.get("do") == "add")
    if not request.user.is_authenticated and (is_vote or adds):
        return rescue.to_sign_in(request)
    try:
        done = request.user.is_authenticated and has_answered(request.user, round_)
    except ForumError as error:
        return _asked(request, round_, page, form_of(round_.asked, _given(request)), error)
    if done:
        return _done(request, round_, page, adds)
    form = form_of(round_.asked, _given(request))
    if adds and form.is_valid():
        return _added(request, round_, page, form)
    return _asked(request, round_, page, form)


def _given(request: HttpRequest) -> QueryDict | None:
    """What was chosen: now, or before she had to sign in."""
    if request.method == "POST":
        return request.POST
    kept = rescue.chosen_in(rescue.restored(request))
    if not kept:
        return None
    given = QueryDict(mutable=True)
    for name, value in kept:
        given.appendlist(name, value)
    return given


def _added(request: HttpRequest, round_: Round, page: Any, form: AnswerForm) -> HttpResponse:
    try:
        answer(user=request.user, round_=round_, cells=form.cells())
    except ForumError as error:
        return _asked(request, round_, page, form, error)
    return rescue.forgotten(
        request, redirect("goedwerk_stories:take_part", public_id=round_.uuid.hex)
    )


def _asked(
    request: HttpRequest,
    round_: Round,
    page: Any,
    form: AnswerForm,
    error: ForumError | None = None,
) -> HttpResponse:
    """The form; of an assignment that was filled in, her own answer with what she can do next."""
    is_vote = isinstance(page, StatementMixin)
    if error is None and is_vote and not round_.takes_answers:
        error = RoundClosed()
    is_look = form.is_bound and form.is_valid() and not is_vote and error is None
    context = _around(round_, page) | {
        "form": form,
        "error": error,
        "own": own_answer(form) if is_look else None,
        "chosen": _chosen(form) if is_look else [],
    }
    name = "look" if is_look else "ask"
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, f"goedwerk_casestudies/ballots/{name}.html", context, status=status)


def _chosen(form: AnswerForm) -> list[tuple[str, str]]:
    """(name, value) of each choice, for the form that adds what was looked at."""
    data: Any = form.data
    names = [form.add_prefix(name) for name in form.fields]
    return [(name, value) for name in names for value in data.getlist(name) if value]


def _done(request: HttpRequest, round_: Round, page: Any, again: bool) -> HttpResponse:
    """She answered; ``again`` where she tried once more, which changed nothing."""
    context = _around(round_, page) | {"pictures": pictures(page.rounds), "again": again}
    return render(request, "goedwerk_casestudies/ballots/done.html", context)


def _around(round_: Round, page: Any) -> dict[str, Any]:
    return {
        "round": round_,
        "page": page,
        "sheet": round_.asked,
        "is_vote": isinstance(page, StatementMixin),
        "discussion": page.discussion,
    }
