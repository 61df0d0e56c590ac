"""What one follows: a page of one's own with what is new, and one for each thing.

Nothing here stands on the public page but a plain link. What was seen is kept in this browser.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import access, following
from ..actions import following as actions
from ..errors import ForumError, NotFound
from ..following import SOURCES, Thing
from ..models import Follow

#: The sentence on a page that is seen by whoever is sent to it.
NOTHING_NEW = "niets-nieuws"


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All that the asker follows; what has news comes first."""
    context = {
        "followed": following.following(request),
        "wants_mail": access.wants_mail(request.user),
    }
    return render(request, "goedwerk_forum/following.html", context)


@login_required
@never_cache
@require_POST
def all_seen(request: HttpRequest) -> HttpResponse:
    """Keeps in this browser that she saw all of it."""
    response = redirect(f"{reverse('goedwerk_forum:following')}?klaar=gelezen")
    following.note_seen(request, response, following.following(request).things)
    return response


@login_required
@never_cache
@require_POST
def stop_all(request: HttpRequest) -> HttpResponse:
    """Ends all following."""
    actions.unfollow_all(user=request.user)
    return redirect(f"{reverse('goedwerk_forum:following')}?klaar=gestopt")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """Follows one thing, changes how, or ends it."""
    thing, row = _thing(request, kind, address)
    error: ForumError | None = None
    if request.method == "POST":
        if request.POST.get("doe") == "stop":
            actions.unfollow(user=request.user, kind=kind, target=thing.target)
            return redirect(f"{reverse('goedwerk_forum:following')}?klaar=gestopt")
        try:
            actions.follow(
                user=request.user,
                kind=kind,
                target=thing.target,
                in_mail=bool(request.POST.get("mail")),
            )
        except ForumError as problem:
            error = problem
        else:
            response = redirect(f"{reverse('goedwerk_forum:following')}?klaar=volgt")
            if row is None:
                following.note_seen(request, response, [thing])
            return response
    context = {
        "thing": thing,
        "is_followed": row is not None,
        "in_mail": bool(row and row.sealed_account) or bool(request.POST.get("mail")),
        "wants_mail": access.wants_mail(request.user),
        "ends": row.gone_after if row else None,
        "error": error,
    }
    return render(request, "goedwerk_forum/follow.html", context, status=409 if error else 200)


@login_required
@never_cache
@require_POST
def stop(request: HttpRequest, kind: str, target: str) -> HttpResponse:
    """Ends following of what she may no longer read; by what its row holds."""
    actions.unfollow(user=request.user, kind=kind, target=target)
    return redirect(f"{reverse('goedwerk_forum:following')}?klaar=gestopt")


@login_required
@never_cache
@require_safe
def first_new(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """Leads to the first new thing there, and keeps in this browser that she saw it all."""
    thing, row = _thing(request, kind, address)
    day = row.day if row else timezone.localdate()
    seen = following.seen_of(request, thing, day)
    nothing = f"{thing.url.partition('#')[0]}#{NOTHING_NEW}"
    url = SOURCES[kind].first_new(thing, seen) or nothing
    response = redirect(url)
    following.note_seen(request, response, [thing])
    return response


def _thing(request: HttpRequest, kind: str, address: str) -> tuple[Thing, Follow | None]:
    """The thing at an address, if the asker may read it, and her row if she follows it."""
    source = SOURCES.get(kind)
    try:
        if source is None:
            raise NotFound
        target = source.find(address, request)
        thing = source.shown([target], request)[target]
    except (NotFound, KeyError) as error:
        raise Http404 from error
    return thing, following.own_follow(request.user, kind, target)
