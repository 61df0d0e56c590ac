"""An author's appeal (bezwaar) against a decision on her own contribution."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from .. import complaints
from ..actions import appeals
from ..complaint_forms import MOST, AnswerForm, AppealForm
from ..errors import ForumError
from ..models import Appeal, Statement
from . import rescue


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, public_id: str, decision: str) -> HttpResponse:
    """The decision, and the appeal against it: to make, to answer a question in, or to read."""
    statement = complaints.own_statement(request.user, public_id, decision)
    made = Appeal.objects.filter(statement=statement).first()
    if request.method == "POST":
        return _send(request, statement, made)
    return _page(request, statement, made, _empty_form(request, made))


def _empty_form(request: HttpRequest, made: Appeal | None) -> forms.Form:
    kept = rescue.restored(request)
    if made is None:
        return AppealForm(initial=kept)
    return AnswerForm(initial=kept | {"version": made.version})


def _send(request: HttpRequest, statement: Statement, made: Appeal | None) -> HttpResponse:
    form = AnswerForm(request.POST) if made else AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, statement, made, form)
    text = form.cleaned_data["text"]
    try:
        if made is None:
            appeals.appeal(statement=statement, ground=text)
        else:
            made.version = form.cleaned_data["version"]
            appeals.answer(appeal=made, text=text)
    except ForumError as error:
        made = Appeal.objects.filter(statement=statement).first()
        return _page(request, statement, made, form, error)
    return rescue.forgotten(request, redirect(request.path))


def _page(
    request: HttpRequest,
    statement: Statement,
    made: Appeal | None,
    form: forms.Form,
    error: ForumError | None = None,
) -> HttpResponse:
    contribution = statement.contribution
    waits = made is None or made.is_open
    context = {
        "statement": statement,
        "contribution": contribution,
        "discussion": contribution.discussion,
        "appeal": made,
        "said": appeals.words_of(made) if made else {},
        "form": form,
        "error": error,
        "may_appeal": made is None and complaints.may_appeal(statement),
        "may_answer": made is not None and made.state == Appeal.State.ASKED,
        "is_alone": waits and not complaints.other_judges(statement),
        "until": complaints.appeal_until(statement),
        "most": MOST,
    }
    status = 409 if error else 422 if form.errors else 200
    return render(request, "goedwerk_forum/appeal.html", context, status=status)
