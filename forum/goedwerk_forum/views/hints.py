"""The private message of a guide to an author, on both sides; neither learns who the other is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from .. import access, guides, ids
from ..actions import hints
from ..errors import ForumError, OwnContribution
from ..guide_forms import AnswerForm, HintForm
from ..models import HINTS, Contribution, Hint
from . import rescue


@dataclass(frozen=True)
class Letter:
    """A message with its words, as a page shows it."""

    hint: Hint
    text: str
    answer: str


def letters_about(contribution: Contribution) -> list[Letter]:
    """What was written about a contribution, the first first; one query."""
    return [_letter(hint) for hint in contribution.hints.all()]


def _letter(hint: Hint) -> Letter:
    said = hints.words_of(hint)
    return Letter(hint, said["text"], said.get("answer", ""))


# --- the guide -----------------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hint(request: HttpRequest, public_id: str) -> HttpResponse:
    """One short message to the author of a contribution."""
    try:
        contribution = guides.guided_contribution(request.user, public_id)
    except OwnContribution as refused:
        return own_refused(request, public_id, refused)
    form = HintForm(
        request.POST if request.method == "POST" else None, initial=rescue.restored(request)
    )
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            hints.write_hint(user=request.user, public_id=public_id, text=form.cleaned_data["text"])
        except ForumError as problem:
            error = problem
        else:
            url = reverse("goedwerk_forum:guide_tools", args=[public_id])
            return rescue.forgotten(request, redirect(f"{url}?klaar=bericht"))
    letters = letters_about(contribution)
    context = {
        "contribution": contribution,
        "discussion": contribution.discussion,
        "form": form,
        "error": error,
        "letters": letters,
        "may_write": len(letters) < HINTS,
    }
    status = 409 if error else 422 if form.errors else 200
    return render(request, "goedwerk_forum/guide_hint.html", context, status=status)


def own_refused(request: HttpRequest, public_id: str, refused: OwnContribution) -> HttpResponse:
    """Says that a colleague guides what she wrote under her own pseudonym; keeps what she typed."""
    discussion = guides.answered_contribution(request.user, public_id).discussion
    context = {"error": refused, "discussion": discussion, "typed": request.POST.get("text", "")}
    return render(request, "goedwerk_forum/guide_own.html", context, status=403)


# --- the author ----------------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_hint(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the guide wrote to the author about her contribution, and her one answer to each."""
    contribution = access.own_contribution(request.user, public_id)
    op = ids.asked(request.GET, "op")
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial=rescue.restored(request)
    )
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            hints.answer(
                user=request.user,
                public_id=public_id,
                hint=op,
                text=form.cleaned_data["text"],
            )
        except ForumError as problem:
            error = problem
        else:
            url = reverse("goedwerk_forum:own_hint", args=[public_id])
            return rescue.forgotten(request, redirect(url))
    letters = letters_about(contribution)
    waiting = [one.hint.public_id for one in letters if not one.hint.is_answered]
    asked = op if op in waiting or form.is_bound else next(iter(waiting), "")
    context = {
        "contribution": contribution,
        "discussion": contribution.discussion,
        "form": form,
        "error": error,
        "letters": letters,
        "asked": asked,
    }
    status = 409 if error else 422 if form.errors else 200
    return render(request, "goedwerk_forum/own_hint.html", context, status=status)
