"""The pages of the two guides of a circle: plan, invite, prepare, start, take out, close."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from .. import circles, ids
from ..actions import circle_members, invitations
from ..actions import circles as actions
from ..circle_forms import MOST_SESSIONS, InviteForm, PlanForm, RemovalForm, RulesForm, SheetForm
from ..errors import ForumError, NotFound, PlanChanged, SheetChanged
from ..guide_forms import GuideForm
from ..models import SMALLEST, Circle
from ..people import Person
from . import rescue

#: What is said when something was done.
DONE = {
    "gemaakt": _("De kring staat klaar. Nodig nu je leden uit."),
    "plan": _("Het plan is bewaard."),
    "regels": _("De huisregels zijn bewaard. Elk lid kan nu ja zeggen."),
    "trek-in": _("De link werkt niet meer."),
    "begin": _("De kring is begonnen. De leden kunnen nu schrijven."),
    "eruit": _("Die schuilnaam zit niet meer in de kring. Zij leest je uitleg bij haar kringen."),
    "blad": _("Je voorbereiding is bewaard."),
    "gesloten": _("De kring is gesloten."),
    "los": _("De kring hoort niet meer bij het traject."),
}


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Plans a new circle."""
    if not circles.may_make(request.user):
        raise Http404
    form = PlanForm(request.user, request.POST or None, initial=_begun(request))
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            made = actions.make(user=request.user, plan=form.plan())
            url = _to_guide(made.uuid, "gemaakt")
            return rescue.forgotten(request, HttpResponseRedirect(url))
        except ForumError as problem:
            error = problem
    return _plan_page(request, form, error)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, uuid: str) -> HttpResponse:
    """Changes the plan of a circle."""
    found = circles.guided_circle(request.user, uuid)
    data = request.POST or None
    form = PlanForm(request.user, data, circle=found, initial=_begun(request))
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            seen = request.POST.get("version", "")
            actions.change(user=request.user, uuid=uuid, plan=form.plan(), seen=seen)
            return rescue.forgotten(request, HttpResponseRedirect(_to_guide(uuid, "plan")))
        except ForumError as problem:
            error = problem
            found = circles.guided_circle(request.user, uuid)
    return _plan_page(request, form, error, found)


def _begun(request: HttpRequest) -> dict[str, Any]:
    """The plan that was typed before the sign-in, as a form begins with it."""
    kept = rescue.restored(request)
    chosen: dict[str, list[str]] = {}
    for name, value in rescue.chosen_in(kept):
        chosen.setdefault(name, []).append(value)
    several = {name: values for name, values in chosen.items() if name.startswith("assignments_")}
    if kept:  # boxes of which none was ticked are not sent at all
        numbers = range(1, MOST_SESSIONS + 1)
        several = {f"assignments_{number}": [] for number in numbers} | several
    return {**kept, **{name: values[0] for name, values in chosen.items()}, **several}


def _plan_page(
    request: HttpRequest, form: PlanForm, error: ForumError | None, found: Circle | None = None
) -> HttpResponse:
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    now = actions.mark_of(found) if found else ""
    version = now if isinstance(error, PlanChanged) else _typed_against(form) or now
    context = {"form": form, "error": error, "circle": found, "version": version}
    return render(request, "goedwerk_forum/circle_plan.html", context, status=status)


def _typed_against(form: GuideForm) -> str:
    """The version that was shown where this was typed; empty where nothing was typed yet.

    A form that is drawn again keeps it: nobody was shown what a colleague changed since.
    """
    return str((form.data if form.is_bound else form.initial).get("version", ""))


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, uuid: str) -> HttpResponse:
    """What a guide sees of a circle, and her tools for it."""
    found = circles.guided_circle(request.user, uuid)
    pressed = request.GET.get("doe", "") if request.method == "POST" else ""
    tool = TOOLS.get(pressed)
    if pressed and tool is None:
        raise Http404
    context: dict[str, Any] = {}
    if tool is not None:
        context = tool(request, uuid, found)
        if not context:
            return rescue.forgotten(request, HttpResponseRedirect(_to_guide(uuid, pressed)))
        found = circles.guided_circle(request.user, uuid)
    return _guide_page(request, found, context)


def _guide_page(request: HttpRequest, found: Circle, tried: dict[str, Any]) -> HttpResponse:
    left = circle_members.places_to_give(found)
    members = list(circles.members_of(found))
    sessions = list(found.sessions.select_related("discussion"))
    for one in sessions:
        one.attending = None if one.is_over else circles.counted(found, one.discussion)
    rules = {"text": found.rules} | rescue.restored(request)
    context: dict[str, Any] = {
        "circle": found,
        "members": members,
        "sessions": sessions,
        "invitations": list(invitations.good(found.invitations)),
        "left": left,
        "agreed": circles.counted(found, found.discussion),
        "is_small": len(members) < SMALLEST,
        "may_start": circles.may_start(found),
        "invite": InviteForm(left) if left else None,
        "rules": RulesForm(initial=rules),
        "done": DONE.get(request.GET.get("klaar", "")),
    } | tried
    form = context.get("form")
    status = 409 if context.get("error") else 422 if form is not None and form.errors else 200
    return render(request, "goedwerk_forum/circle_guide.html", context, status=status)


# --- tools: nothing in the answer means that it was done -----------------------------------------


def _invite(request: HttpRequest, uuid: str, found: Circle) -> dict[str, Any]:
    """The link is in the answer to this one request; after that nobody can see it."""
    form = InviteForm(circle_members.places_to_give(found), request.POST)
    if not form.is_valid():
        return {"invite": form, "form": form}
    try:
        secret = circle_members.invite(
            user=request.user,
            uuid=uuid,
            expires_on=form.cleaned_data["expires_on"],
            places=form.cleaned_data["places"],
        )
    except ForumError as error:
        return {"error": error, "invite": form, "form": form}
    path = reverse("goedwerk_forum:circle_invitation", args=[secret])
    return {"link": request.build_absolute_uri(path), "invited": form.cleaned_data}


def _revoke(request: HttpRequest, uuid: str, found: Circle) -> dict[str, Any]:
    public_id = ids.asked(request.POST, "uitnodiging")
    with suppress(NotFound):  # pressed twice, or used meanwhile: it does not work any more
        circle_members.revoke(user=request.user, uuid=uuid, public_id=public_id)
    return {}


def _rules(request: HttpRequest, uuid: str, found: Circle) -> dict[str, Any]:
    form = RulesForm(request.POST)
    if not form.is_valid():
        return {"rules": form, "form": form}
    tried = _tried(
        lambda user: actions.set_rules(user=user, uuid=uuid, text=form.cleaned_data["text"]),
        request,
    )
    return tried and tried | {"rules": form, "form": form}


def _start(request: HttpRequest, uuid: str, found: Circle) -> dict[str, Any]:
    return _tried(lambda user: actions.start(user=user, uuid=uuid), request)


def _tried(act: Callable[[Person], object], request: HttpRequest) -> dict[str, Any]:
    try:
        act(request.user)
    except ForumError as error:
        return {"error": error}
    return {}


TOOLS: dict[str, Callable[[HttpRequest, str, Circle], dict[str, Any]]] = {
    "nodig-uit": _invite,
    "trek-in": _revoke,
    "regels": _rules,
    "begin": _start,
}


# --- pages of their own --------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, uuid: str) -> HttpResponse:
    """What the two guides prepare for a session; to print."""
    found = circles.guided_session(request.user, uuid)
    kept = {"text": actions.sheet_of(found)} | rescue.restored(request)
    form = SheetForm(request.POST or None, initial=kept)
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            actions.write_sheet(
                user=request.user,
                uuid=uuid,
                text=form.cleaned_data["text"],
                seen=request.POST.get("version", ""),
            )
            url = reverse("goedwerk_forum:circle_sheet", args=[uuid])
            return rescue.forgotten(request, HttpResponseRedirect(f"{url}?klaar=blad"))
        except ForumError as problem:
            error = problem
            found = circles.guided_session(request.user, uuid)
    now = actions.mark_of_sheet(found)
    context = {
        "session": found,
        "sheet": actions.sheet_of(found),
        "version": now if isinstance(error, SheetChanged) else _typed_against(form) or now,
        "circle": found.circle,
        "story": next(iter(circles.readable_pages([found.story], request)), None)
        if found.story
        else None,
        "assignments": circles.readable_pages(list(found.assignments.all()), request),
        "attending": circles.counted(found.circle, found.discussion),
        "form": form,
        "error": error,
        "done": DONE.get(request.GET.get("klaar", "")),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_forum/circle_sheet.html", context, status=status)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, uuid: str) -> HttpResponse:
    """Takes a member out of the circle, with a reason that she reads."""
    found = circles.guided_circle(request.user, uuid)
    form = RemovalForm(found, request.POST or None, initial=rescue.restored(request))
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            circle_members.remove(
                user=request.user,
                uuid=uuid,
                pseudonym=form.cleaned_data["pseudonym"],
                ground=form.ground(),
            )
            return rescue.forgotten(request, HttpResponseRedirect(_to_guide(uuid, "eruit")))
        except ForumError as problem:
            error = problem
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    context = {"circle": found, "form": form, "error": error}
    return render(request, "goedwerk_forum/circle_remove.html", context, status=status)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, uuid: str) -> HttpResponse:
    """Says what closing a circle does, and does it when asked again."""
    found = circles.guided_circle(request.user, uuid)
    error: ForumError | None = None
    if request.method == "POST":
        try:
            actions.close(user=request.user, uuid=uuid)
            return HttpResponseRedirect(_to_guide(uuid, "gesloten"))
        except ForumError as problem:
            error = problem
    if found.is_closed and error is None:
        return redirect("goedwerk_forum:circle_guide", uuid=uuid)
    context = {"circle": found, "error": error}
    return render(
        request, "goedwerk_forum/circle_close.html", context, status=409 if error else 200
    )


def _to_guide(uuid: str, done: str) -> str:
    return f"{reverse('goedwerk_forum:circle_guide', args=[uuid])}?klaar={done}"
