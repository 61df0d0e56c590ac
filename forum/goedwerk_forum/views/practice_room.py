"""A practice room that keeps nothing, and whom a reader hides on her own device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from ..forms import PracticeForm
from ..helping import help_for
from ..models import ForumSettings
from ..practice_room import answer_to
from .previewing import pressed


@require_safe
def hidden(request: HttpRequest) -> HttpResponse:
    """Who a reader hides on her device; the same bytes for everybody, a script fills the list."""
    return render(request, "goedwerk_forum/hidden.html")


@sensitive_post_parameters()
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice_room(request: HttpRequest) -> HttpResponse:
    """Shows what the finder marks, what the checks say and what an ambassador would write.

    No token guards the form, and no cookie comes with it: it changes nothing that a stranger's
    page could abuse.
    """
    settings = ForumSettings.for_request(request)
    context = {
        "form": PracticeForm(),
        "house_rules": list(settings.house_rules.all()),
        "hand_over": settings.hand_over,
    }
    if request.method != "POST":
        return render(request, "goedwerk_forum/practice_room.html", context)
    press = pressed(request, PracticeForm)
    context |= {"form": press.form, "preview": press.preview}
    if press.form.errors:
        return render(request, "goedwerk_forum/practice_room.html", context, status=422)
    context["answer"] = answer_to(press.form.cleaned_data["text"], Site.find_for_request(request))
    if press.preview:
        context["help"] = help_for(settings, press.preview.signals)
    return render(request, "goedwerk_forum/practice_room.html", context)
