"""A member's own pages of her circles: private, never cached, there for nobody else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import circles, link_ends
from ..actions import circle_members
from ..circle_forms import CircleJoinForm
from ..errors import ForumError, HeldBack, InvitationGone
from ..identity import links, pseudonyms
from ..models import Circle, CircleInvitation, CircleSession
from ..reading import voices_of
from . import rescue

#: What is said when something was done.
DONE = {
    "ja": _("Je zei ja tegen de huisregels. Alleen het aantal telt; je naam staat er niet bij."),
    "erbij": _("Fijn dat je erbij bent. De begeleiders zien alleen hoeveel mensen komen."),
    "niet": _("Je bent er deze keer niet bij. Dat hoef je niet uit te leggen."),
    "welkom": _("Welkom. Je zit nu in deze kring."),
    "gestopt": _("Je bent gestopt. Je ziet deze kring niet meer."),
}


@rescue.signed_in
@require_safe
def own_circles(request: HttpRequest) -> HttpResponse:
    """The circles in which the asker sits, those that she guides, and where she was taken out."""
    context = {
        "sat": circles.own_circles(request.user),
        "guided": circles.guided_circles(request.user),
        "may_make": circles.may_make(request.user),
        "done": DONE.get(request.GET.get("klaar", "")),
    }
    return render(request, "goedwerk_forum/circles.html", context)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def circle(request: HttpRequest, uuid: str) -> HttpResponse:
    """A circle: its sessions, its house rules, and what is said between sessions."""
    found = circles.open_circle(request.user, uuid)
    error: ForumError | None = None
    if request.method == "POST":
        try:
            circle_members.agree(user=request.user, uuid=uuid, rules=request.POST.get("rules", ""))
        except ForumError as problem:
            error, found = problem, circles.open_circle(request.user, uuid)
        else:
            return HttpResponseRedirect(_to("circle", uuid, "ja"))
    context = _around(request, found) | {
        "sessions": _described(found),
        "agreed": circles.counted(found, found.discussion),
        "has_agreed": circles.has_marked(request.user, found.discussion),
        "error": error,
    }
    return render(request, "goedwerk_forum/circle.html", context, status=409 if error else 200)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, uuid: str) -> HttpResponse:
    """One session: its day, its story, what to do, and the conversation."""
    found = circles.open_session(request.user, uuid)
    error: ForumError | None = None
    if request.method == "POST":
        comes = request.POST.get("erbij") == "ja"
        try:
            circle_members.attend(user=request.user, uuid=uuid, comes=comes)
        except ForumError as problem:
            error = problem
        else:
            return HttpResponseRedirect(_to("circle_session", uuid, "erbij" if comes else "niet"))
    story = [found.story] if found.story else []
    context = _around(request, found.circle) | {
        "session": found,
        "story": next(iter(circles.readable_pages(story, request)), None),
        "assignments": circles.readable_pages(list(found.assignments.all()), request),
        "comes": circles.has_marked(request.user, found.discussion),
        "error": error,
    }
    if context["guides_it"]:
        context["attending"] = circles.counted(found.circle, found.discussion)
    return render(
        request, "goedwerk_forum/circle_session.html", context, status=409 if error else 200
    )


def _to(name: str, uuid: str, done: str) -> str:
    return f"{reverse(f'goedwerk_forum:{name}', args=[uuid])}?klaar={done}"


def _around(request: HttpRequest, found: Circle) -> dict[str, Any]:
    """What each page of a circle shows around its own."""
    guides_it = circles.guides_it(request.user, found.discussion)
    member = None if guides_it else links.participant_of(request.user, found.discussion)
    return {
        "circle": found,
        "guides_it": guides_it,
        "member": member,
        "members": circles.members_of(found).count(),
        "done": DONE.get(request.GET.get("klaar", "")),
    }


def _described(found: Circle) -> list[CircleSession]:
    """The sessions in a row, each with how much was said in it; ``now`` is the one to come."""
    sessions = list(found.sessions.select_related("discussion", "story"))
    voices = voices_of([one.discussion for one in sessions])
    upcoming = next((one for one in sessions if one.day >= timezone.localdate()), None)
    for one in sessions:
        one.said = voices[one.discussion_id].count
        one.is_next = one is upcoming
    return sessions


# --- coming in and going -------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Says what a circle is and what cannot be promised in one; joins when asked again."""
    try:
        found = circle_members.invitation_of(secret)
        return _invited(request, found, secret)
    except InvitationGone as error:
        return render(request, "goedwerk_forum/circle_invitation.html", {"gone": error}, status=404)


def _invited(request: HttpRequest, found: CircleInvitation, secret: str) -> HttpResponse:
    home = found.circle.discussion
    if circles.is_member(request.user, home):
        return redirect("goedwerk_forum:circle", uuid=found.circle.uuid)
    form = CircleJoinForm(home, request.POST if "join" in request.POST else None)
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            joined = circle_members.join(
                user=request.user, secret=secret, pseudonym=form.cleaned_data["pseudonym"]
            )
            return HttpResponseRedirect(_to("circle", joined.uuid, "welkom"))
        except InvitationGone:
            raise
        except ForumError as problem:
            error = problem
    drawn = pseudonyms.draw(home)
    context = {
        "invitation": found,
        "circle": found.circle,
        "form": form,
        "pseudonym": drawn,
        "signed_pseudonym": pseudonyms.sign(home, drawn),
        "error": error,
        "may_join": not isinstance(error, HeldBack),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_forum/circle_invitation.html", context, status=status)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, uuid: str) -> HttpResponse:
    """Says what leaving does, and does it when asked again."""
    found = circles.open_circle(request.user, uuid)
    if request.method == "POST":
        circle_members.leave(user=request.user, uuid=uuid)
        return HttpResponseRedirect(f"{reverse('goedwerk_forum:circles')}?klaar=gestopt")
    context = _around(request, found)
    if context["member"] is None:
        return redirect("goedwerk_forum:circle", uuid=uuid)
    context["link"] = link_ends.tell([context["member"]])[0]
    return render(request, "goedwerk_forum/circle_leave.html", context)
