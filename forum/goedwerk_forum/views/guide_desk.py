"""A guide's other pages: all that she guides, ending a dialogue, and what a table said."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .. import guides
from ..actions import ending
from ..actions.contributions import contribute
from ..actions.participants import GUIDE, join_as_guide
from ..attention import attention_over
from ..errors import ForumError, NotFound, SentBefore
from ..forms import as_new, new_submission
from ..guide_forms import EndForm, TableForm
from ..marks import Preview
from ..models import Discussion, Participant
from . import rescue
from .previewing import pressed
from .writing import refusal, surroundings

PER_PAGE = 20


@rescue.signed_in
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All dialogues that the asker guides: what asks most of her first, what is over last."""
    if not guides.may_guide(request.user):
        raise NotFound
    guided = guides.guided_discussions(request.user).order_by("page__title", "pk")
    running = [discussion for discussion in guided if discussion.is_running]
    over = [discussion for discussion in guided if not discussion.is_running]
    counted = sorted(attention_over(running, request.user), key=lambda one: -one.weight)
    context = {
        "items": Paginator(counted, PER_PAGE).get_page(request.GET.get("pagina")),
        "over": over,
        "asking": sum(bool(one.weight) for one in counted),
    }
    return render(request, "goedwerk_forum/guided.html", context)


# --- ending --------------------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, uuid: str) -> HttpResponse:
    """Closing words, with which a dialogue ends; of one that has ended, its words anew."""
    discussion = guides.guided_discussion(request.user, uuid)
    if request.method != "POST":
        form = EndForm.of(discussion, **rescue.restored(request))
        return _end_page(request, discussion, form)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _end_page(request, discussion, form)
    try:
        ending.end(user=request.user, uuid=uuid, words=form.words())
    except ForumError as problem:
        return _end_page(request, discussion, form, problem)
    url = reverse("goedwerk_forum:guide", args=[discussion.uuid.hex])
    return rescue.forgotten(request, redirect(f"{url}?klaar=afgesloten"))


def _end_page(
    request: HttpRequest, discussion: Discussion, form: EndForm, error: ForumError | None = None
) -> HttpResponse:
    context = {"discussion": discussion, "form": form, "error": error}
    status = 409 if error else 422 if form.errors else 200
    return render(request, "goedwerk_forum/guide_end.html", context, status=status)


# --- what a table said ---------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, uuid: str) -> HttpResponse:
    """What a table said at a meeting, written down by the guide; it takes the road of all texts."""
    discussion = guides.guided_discussion(request.user, uuid)
    if request.method != "POST":
        kept: dict[str, Any] = {"submission": new_submission()} | rescue.restored(request)
        return _table_page(request, discussion, TableForm(initial=kept))
    press = pressed(request, TableForm)
    if not press.is_to_send:
        return _table_page(request, discussion, press.form, preview=press.preview)
    try:
        contribution = contribute(
            user=request.user,
            participant=join_as_guide(user=request.user, discussion=discussion),
            discussion=discussion,
            words=press.form.words(marks_seen=press.marks_seen),
            submission=press.form.cleaned_data["submission"] or new_submission(),
        )
    except ForumError as problem:
        form = as_new(press.form) if isinstance(problem, SentBefore) else press.form
        return _table_page(request, discussion, form, error=problem)
    url = redirect("goedwerk_forum:own", public_id=contribution.public_id)
    return rescue.forgotten(request, url)


def _table_page(
    request: HttpRequest,
    discussion: Discussion,
    form: TableForm,
    *,
    error: ForumError | None = None,
    preview: Preview | None = None,
) -> HttpResponse:
    error = error or refusal(discussion, None, to_guide=True)
    context = surroundings(request, discussion) | {
        "form": form,
        "error": error,
        "preview": preview,
        "participant": Participant(pseudonym=GUIDE, is_guide=True),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_forum/guide_table.html", context, status=status)
