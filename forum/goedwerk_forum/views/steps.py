"""Leading a dialogue through its steps, for its guide; and passing one's turn in a round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import access, guides
from ..actions import formats
from ..actions.listening import has_passed, listen
from ..courses import course_of, step_of, unheard_in
from ..errors import CourseBegun, ForumError, NoSuchStep, NotFound, StepsChanged
from ..identity import links
from ..models import Discussion
from ..people import Person
from ..step_forms import forms_of_steps
from . import rescue
from .writing import refusal, surroundings, what_holds

Said = dict[str, Any]

#: What is said when a tool did its work.
DONE = {
    "werkvorm": _("Deze dialoog heeft nu stappen. Je begint bij de eerste."),
    "kondig": _("De volgende stap is aangekondigd."),
    "blijf": _("Er is niets meer aangekondigd: de dialoog blijft in deze stap."),
    "stap": _("De dialoog is in een andere stap."),
    "vrij": _("Het rondje is klaar: iedereen mag weer schrijven."),
}

#: What each tool does, by its name in the address.
ACTS: dict[str, Callable[[Person, str, Said], object]] = {
    "werkvorm": lambda user, uuid, said: formats.choose_format(
        user=user, uuid=uuid, template=said["template"]
    ),
    "kondig": lambda user, uuid, said: formats.announce(
        user=user, uuid=uuid, to=said["to"], on=said["on"], seen=said["version"]
    ),
    "blijf": lambda user, uuid, said: formats.take_back(user=user, uuid=uuid),
    "stap": lambda user, uuid, said: formats.move(
        user=user, uuid=uuid, to=said["to"], seen=said["version"]
    ),
    "vrij": lambda user, uuid, said: formats.open_floor(user=user, uuid=uuid),
}

#: What is said where a tool has no form (any more).
TOO_LATE: dict[str, type[ForumError]] = {
    "werkvorm": CourseBegun,
    "kondig": NoSuchStep,
    "stap": NoSuchStep,
}
#: Tools whose form shows the version of the steps that it was made for.
SHOW_A_VERSION = ("kondig", "stap")


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, uuid: str) -> HttpResponse:
    """The steps of a discussion that she guides: choose a format, announce, move, open a round."""
    discussion = guides.guided_discussion(request.user, uuid)
    tool = request.GET.get("doe", "") if request.method == "POST" else ""
    forms = forms_of_steps(discussion, request.POST, tool)
    tried = forms.get(tool)
    error: ForumError | None = TOO_LATE[tool]() if tool in TOO_LATE and tried is None else None
    if tried is not None and tool in SHOW_A_VERSION and _is_stale(request, discussion):
        error = StepsChanged()
    if tool in ACTS and error is None and (tried is None or tried.is_valid()):
        try:
            ACTS[tool](request.user, uuid, tried.cleaned_data if tried else {})
        except ForumError as problem:
            error = problem
            discussion = guides.guided_discussion(request.user, uuid)
            forms = forms_of_steps(discussion, request.POST, tool)
            tried = forms.get(tool)
        else:
            url = reverse("goedwerk_forum:guide_steps", args=[discussion.uuid.hex])
            return redirect(f"{url}?klaar={tool}")
    context = {
        "discussion": discussion,
        "course": course_of(discussion),
        "step": step_of(discussion),
        "unheard": unheard_in(discussion),
        "forms": forms,
        "form": tried,
        "error": error,
        "done": DONE.get(request.GET.get("klaar", "")),
    }
    status = 409 if error else 422 if tried is not None and tried.errors else 200
    return render(request, "goedwerk_forum/guide_steps.html", context, status=status)


def _is_stale(request: HttpRequest, discussion: Discussion) -> bool:
    """Whether the form shows other steps than there are now: what she chose may not be there."""
    shown, course = request.POST.get("version", ""), course_of(discussion)
    return bool(shown) and course is not None and shown != str(course.version)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pass_turn(request: HttpRequest, uuid: str) -> HttpResponse:
    """Passing one's turn in the round in hand, on a page of one's own."""
    try:
        discussion = access.readable_discussion(uuid, request)
    except NotFound:
        return rescue.gone(request)
    if not request.user.is_authenticated:
        return rescue.to_sign_in(request)
    participant = error = None
    try:
        participant = links.participant_of(request.user, discussion)
    except ForumError as problem:
        error = problem
    if participant is None and error is None:
        return rescue.to_page(request, reverse("goedwerk_forum:join", args=[discussion.uuid.hex]))
    error = error or refusal(discussion) or what_holds(request, participant)[0]
    if request.method == "POST" and participant is not None and error is None:
        try:
            listen(user=request.user, participant=participant, discussion=discussion)
        except ForumError as problem:
            error = problem
    context = surroundings(request, discussion) | {
        "participant": participant,
        "error": error,
        "passed": participant is not None and has_passed(participant, discussion),
    }
    status = 409 if error else 200
    return render(request, "goedwerk_forum/listen.html", context, status=status)
