"""Joining a discussion, contributing, replying: pages of their own, never cached."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import access
from ..actions.contributions import contribute
from ..actions.discussions import require_open, require_open_branch
from ..actions.participants import join as join_discussion
from ..actions.turns import what_waits
from ..called import called_in
from ..courses import course_of, read_again, step_of
from ..errors import ForumError, HeldBack, KeyMissing, NotFound, SentBefore, StepMoved
from ..forms import ContributionForm, JoinForm, as_new, new_submission
from ..helping import help_for
from ..identity import drafts, links, pseudonyms
from ..identity.standing import Held
from ..marks import Preview
from ..models import Contribution, Discussion, ForumSettings, Participant, Step
from ..reading import SINCE, cursor_of
from . import arriving, rescue
from .previewing import pressed


def surroundings(request: HttpRequest, discussion: Discussion) -> dict[str, Any]:
    """What stands around each form: the discussion, the rules, the way elsewhere."""
    settings = ForumSettings.for_request(request)
    return {
        "discussion": discussion,
        "page": discussion.page,
        "course": course_of(discussion),
        "step": step_of(discussion),
        "house_rules": list(settings.house_rules.all()),
        "hand_over": settings.hand_over,
        "forum_settings": settings,
        "called": called_in(discussion),
    }


def what_holds(
    request: HttpRequest, participant: Participant | None
) -> tuple[ForumError | None, Held | None]:
    """What the asker reads at a form: why she cannot write, or the warning that she got."""
    try:
        held = access.held_back(request.user, participant)
    except KeyMissing as error:
        return error, None
    if held is None or not held.forbids:
        return None, held
    return HeldBack(held), None


@never_cache
def write(request: HttpRequest, uuid: str) -> HttpResponse:
    """Writes a contribution of its own."""
    try:
        discussion = access.readable_discussion(uuid, request)
    except NotFound:
        return rescue.gone(request)
    return _write(request, discussion, parent=None)


@never_cache
def reply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Writes a reply, with the contribution it answers in view."""
    try:
        parent = access.readable_contribution(public_id, request)
    except NotFound:
        return rescue.gone(request)
    return _write(request, parent.discussion, parent)


def _write(
    request: HttpRequest, discussion: Discussion, parent: Contribution | None
) -> HttpResponse:
    if not request.user.is_authenticated:
        return rescue.to_sign_in(request)
    try:
        participant = links.participant_of(request.user, discussion)
    except ForumError as error:
        return _form_page(request, discussion, parent, None, error)
    if participant is None:
        return rescue.to_page(request, reverse("goedwerk_forum:join", args=[discussion.uuid.hex]))
    if request.method != "POST":
        return _form_page(request, discussion, parent, participant)
    return _send(request, discussion, parent, participant)


def _send(
    request: HttpRequest,
    discussion: Discussion,
    parent: Contribution | None,
    participant: Participant,
) -> HttpResponse:
    step = step_of(discussion)
    press = pressed(request, partial(ContributionForm, at=step))
    form = press.form
    if not press.is_to_send:
        # Of another step it may be of a kind that this one does not open.
        moved = StepMoved() if step and form.errors and _was_shown_another(form, step) else None
        return _form_page(
            request, discussion, parent, participant, moved, form=form, preview=press.preview
        )
    try:
        contribution = contribute(
            user=request.user,
            participant=participant,
            discussion=discussion,
            words=form.words(marks_seen=press.marks_seen),
            submission=form.cleaned_data["submission"] or new_submission(),
            in_reply_to=parent,
        )
    except ForumError as error:
        read_again(discussion)
        form = as_new(form) if isinstance(error, SentBefore) else form
        return _form_page(request, discussion, parent, participant, error, form)
    to_own = redirect("goedwerk_forum:own", public_id=contribution.public_id)
    return rescue.forgotten(request, arriving.note(request, to_own))


def _was_shown_another(form: ContributionForm, step: Step) -> bool:
    return form.data.get("step", "") not in ("", str(step.number))


def _form_page(
    request: HttpRequest,
    discussion: Discussion,
    parent: Contribution | None,
    participant: Participant | None,
    error: ForumError | None = None,
    form: ContributionForm | None = None,
    preview: Preview | None = None,
) -> HttpResponse:
    error = error or refusal(discussion, parent)
    warning = None
    if error is None:
        error, warning = what_holds(request, participant)
    if error is None and participant is not None and request.method != "POST":
        error = what_waits(participant, discussion)
    if form is None:
        kept = rescue.restored(request)
        posted = request.POST.dict() if request.method == "POST" else {}
        form = ContributionForm(
            at=step_of(discussion),
            initial={
                "kind": request.GET.get("soort"),
                "lens": request.GET.get("lens"),
                "viewpoint": request.GET.get("ogen"),
                "submission": new_submission(),
            }
            | kept
            | posted,
        )
    context = surroundings(request, discussion)
    context |= {
        "form": form,
        "parent": parent,
        "participant": participant,
        "error": error,
        "warning": warning,
        "preview": preview,
        "help": help_for(context["forum_settings"], preview.signals) if preview else None,
        "draft": drafts.mark(request.user, request.path),
        "is_fragment": request.headers.get("X-Goedwerk-Fragment") == "1",
    }
    status = 200
    if error is not None:
        status = 409
    elif form.is_bound and form.errors:
        status = 422
    return render(request, "goedwerk_forum/write.html", context, status=status)


@never_cache
def join(request: HttpRequest, uuid: str) -> HttpResponse:
    """Draws a pseudonym for one discussion, and shows what is promised."""
    try:
        discussion = access.readable_discussion(uuid, request)
    except NotFound as absent:
        raise Http404(str(absent)) from absent
    if not request.user.is_authenticated:
        return rescue.to_sign_in(request)
    onward = _onward(request, discussion)
    form = JoinForm(discussion, request.POST if "join" in request.POST else None)
    error = refusal(discussion)
    if error is None:
        error, _warning = what_holds(request, None)
    try:
        if links.participant_of(request.user, discussion) is not None:
            return HttpResponseRedirect(onward)
        if form.is_bound and form.is_valid():
            join_discussion(
                user=request.user,
                discussion=discussion,
                pseudonym=form.cleaned_data["pseudonym"],
                role_label=form.cleaned_data["role_label"],
            )
            return HttpResponseRedirect(onward)
    except ForumError as problem:
        error = problem
    drawn = pseudonyms.draw(discussion)
    context = surroundings(request, discussion) | {
        "form": form,
        "pseudonym": drawn,
        "signed_pseudonym": pseudonyms.sign(discussion, drawn),
        "chosen_label": request.POST.get("role_label", ""),
        "next": onward,
        "error": error,
    }
    return render(request, "goedwerk_forum/join.html", context, status=409 if error else 200)


def refusal(
    discussion: Discussion, parent: Contribution | None = None, *, to_guide: bool = False
) -> ForumError | None:
    """What keeps everybody, or a guide, from writing here now; None where nothing does."""
    try:
        require_open(discussion, to_guide=to_guide)
        if parent is not None:
            require_open_branch(parent)
    except ForumError as refused:
        return refused
    return None


def _onward(request: HttpRequest, discussion: Discussion) -> str:
    """Where joining leads: back to what the writer was doing, on this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("goedwerk_forum:write", args=[discussion.uuid.hex])


def permalink(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leads to the window of the page in which a contribution stands."""
    try:
        contribution = access.readable_contribution(public_id, request)
    except NotFound as error:
        raise Http404(_("Deze bijdrage is er niet (meer).")) from error
    discussion = contribution.discussion
    page_url = discussion.url if discussion.has_own_page else discussion.page.get_url(request)
    since = cursor_of(request).since
    query = urlencode({"vanaf": public_id} | ({SINCE: since} if since else {}))
    to_it = HttpResponseRedirect(f"{page_url or '/'}?{query}#b-{public_id}")
    return kept_as(discussion, to_it)


def kept_as(discussion: Discussion, response: HttpResponse) -> HttpResponse:
    """Nobody on the way keeps what not everybody may read; as Wagtail sends the page itself."""
    if discussion.is_restricted:
        add_never_cache_headers(response)
    return response
