"""Circles that belong together: their page, and what their guides do with it. Never cached."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import circles, ids, series
from ..actions import invitations
from ..actions import series as actions
from ..circle_forms import UntilForm
from ..errors import ForumError, InvitationGone, NotFound, ReportChanged, SeriesChanged
from ..guide_forms import GuideForm
from ..models import Series
from ..series_forms import JoinSeriesForm, ReportForm, SeriesForm
from . import rescue

#: What is said when something was done.
DONE = {
    "begonnen": _("Het traject is begonnen. Nodig nu andere kringen uit."),
    "bewaard": _("De naam en het doel zijn bewaard."),
    "erbij": _("Je kring hoort nu bij dit traject."),
    "trek-in": _("De link werkt niet meer."),
    "verslag": _("Het verslag is bewaard. Leden lezen het pas als je het vrijgeeft."),
    "vrij": _("Het verslag is vrijgegeven. Alle leden van de kringen kunnen het nu lezen."),
    "terug": _("Het verslag is teruggenomen. Alleen de begeleiders lezen het nog."),
}


@rescue.signed_in
@require_safe
def series_page(request: HttpRequest, series_id: str) -> HttpResponse:
    """What the circles do together, how far each is, and the report once it is released."""
    return _page(request, "series", _around(request, series.open_series(request.user, series_id)))


def _around(request: HttpRequest, found: series.Opened) -> dict[str, Any]:
    return {
        "series": found.series,
        "parts": found.parts,
        "guides_it": found.guided is not None,
        "done": DONE.get(request.GET.get("klaar", "")),
    }


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    status = 409 if context.get("error") else 422 if form is not None and form.errors else 200
    return render(request, f"goedwerk_forum/{name}.html", context, status=status)


def _done(name: str, series_id: str, done: str) -> HttpResponseRedirect:
    url = reverse(f"goedwerk_forum:{name}", args=[series_id])
    return HttpResponseRedirect(f"{url}?klaar={done}")


# --- circles come and go -------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, uuid: str) -> HttpResponse:
    """Begins a series from a circle; where it is in one already, that is shown."""
    circle = circles.guided_circle(request.user, uuid)
    form = SeriesForm(request.POST or None, initial=rescue.restored(request))
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            made = actions.begin(user=request.user, uuid=uuid, words=form.words())
            return rescue.forgotten(request, _done("series", made.public_id, "begonnen"))
        except ForumError as problem:
            error = problem
    elif circle.series and not form.is_bound:
        return redirect("goedwerk_forum:series", series_id=circle.series.public_id)
    return _page(request, "series_words", {"circle": circle, "form": form, "error": error})


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Lets a guide choose which circle of hers joins; to who guides none the link is nothing."""
    try:
        return _invited(request, secret)
    except InvitationGone as error:
        if request.method == "POST" and (joined := _series_of_chosen(request)):
            return _done("series", joined.public_id, "erbij")
        return render(request, "goedwerk_forum/series_invitation.html", {"gone": error}, status=404)


def _series_of_chosen(request: HttpRequest) -> Series | None:
    """Of which series the circle is that she chose: pressed twice, the link is used up by her."""
    try:
        return circles.guided_circle(request.user, request.POST.get("choice", "")).series
    except NotFound:
        return None


def _invited(request: HttpRequest, secret: str) -> HttpResponse:
    found = actions.invitation_of(secret)
    guided = series.free_circles(request.user)
    if not guided and not circles.may_make(request.user):
        raise InvitationGone
    form = JoinSeriesForm(guided, request.POST or None)
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            uuid = form.cleaned_data["choice"]
            joined = actions.join(user=request.user, secret=secret, uuid=uuid)
            return _done("series", joined.public_id, "erbij")
        except InvitationGone:
            raise
        except ForumError as problem:
            error = problem
    context = {"series": found.series, "circles": guided, "form": form, "error": error}
    return _page(request, "series_invitation", context)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, uuid: str) -> HttpResponse:
    """Says what taking a circle out does, and does it when asked again."""
    circle = circles.guided_circle(request.user, uuid)
    if request.method == "POST":
        with suppress(NotFound):  # pressed twice, or by her colleague: it is out
            actions.leave(user=request.user, uuid=uuid)
        url = reverse("goedwerk_forum:circle_guide", args=[uuid])
        return HttpResponseRedirect(f"{url}?klaar=los")
    if circle.series is None:
        return redirect("goedwerk_forum:circle_guide", uuid=uuid)
    left = len(series.circles_of(circle.series.public_id)) - 1
    context = {"circle": circle, "series": circle.series, "is_last": left < 1}
    return _page(request, "series_leave", context)


# --- tools of the guides -------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, series_id: str) -> HttpResponse:
    """Makes a link for one circle more, and takes links back."""
    found = series.guided_series(request.user, series_id)
    context = _around(request, found)
    form = UntilForm()
    if request.method == "POST" and "uitnodiging" in request.POST:
        public_id = ids.asked(request.POST, "uitnodiging")
        with suppress(NotFound):  # pressed twice, or used meanwhile: it does not work any more
            actions.revoke(user=request.user, public_id=series_id, invitation=public_id)
        return _done("series_invite", series_id, "trek-in")
    if request.method == "POST":
        form = UntilForm(request.POST)
        context |= _linked(request, series_id, form)
    context |= {"form": form, "invitations": list(invitations.good(found.series.invitations))}
    return _page(request, "series_invite", context)


def _linked(request: HttpRequest, series_id: str, form: UntilForm) -> dict[str, Any]:
    """The link is in the answer to this one request; after that nobody can see it."""
    if not form.is_valid():
        return {}
    day = form.cleaned_data["expires_on"]
    try:
        secret = actions.invite(user=request.user, public_id=series_id, expires_on=day)
    except ForumError as error:
        return {"error": error}
    path = reverse("goedwerk_forum:series_invitation", args=[secret])
    return {"link": request.build_absolute_uri(path)}


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, series_id: str) -> HttpResponse:
    """Changes what the series is called, and what it is for."""
    found = series.guided_series(request.user, series_id)
    form = SeriesForm(request.POST or None, found=found.series, initial=rescue.restored(request))
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            seen = request.POST.get("version", "")
            actions.change(user=request.user, public_id=series_id, words=form.words(), seen=seen)
            return rescue.forgotten(request, _done("series", series_id, "bewaard"))
        except ForumError as problem:
            error = problem
            found = series.guided_series(request.user, series_id)
    now = found.series.words_mark
    version = now if isinstance(error, SeriesChanged) else _typed_against(form) or now
    context = _around(request, found) | {"form": form, "error": error, "version": version}
    return _page(request, "series_words", context)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, series_id: str) -> HttpResponse:
    """What the guides write together; a draft, until they release it."""
    found = series.guided_series(request.user, series_id)
    kept = {"text": found.series.draft} | rescue.restored(request)
    form = ReportForm(request.POST or None, initial=kept)
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            actions.write(
                user=request.user,
                public_id=series_id,
                text=form.cleaned_data["text"],
                seen=request.POST.get("version", ""),
            )
            return rescue.forgotten(request, _done("series_report", series_id, "verslag"))
        except ForumError as problem:
            error = problem
            found = series.guided_series(request.user, series_id)
    now = found.series.draft_mark
    version = now if isinstance(error, ReportChanged) else _typed_against(form) or now
    context = _around(request, found) | {"form": form, "error": error, "version": version}
    return _page(request, "series_report", context)


def _typed_against(form: GuideForm) -> str:
    """The version that was shown where this was typed; empty where nothing was typed yet."""
    return str((form.data if form.is_bound else form.initial).get("version", ""))


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, series_id: str) -> HttpResponse:
    """Shows what everybody in the circles will read, and releases it when asked again."""
    found = series.guided_series(request.user, series_id)
    error: ForumError | None = None
    if request.method == "POST":
        try:
            seen = request.POST.get("version", "")
            actions.release(user=request.user, public_id=series_id, seen=seen)
            return _done("series", series_id, "vrij")
        except ForumError as problem:
            error = problem
            found = series.guided_series(request.user, series_id)
    elif found.series.draft in ("", found.series.report):
        return redirect("goedwerk_forum:series_report", series_id=series_id)
    return _page(request, "series_release", _around(request, found) | {"error": error})


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, series_id: str) -> HttpResponse:
    """Says what taking the report back does, and does it when asked again."""
    found = series.guided_series(request.user, series_id)
    if request.method == "POST":
        actions.take_back(user=request.user, public_id=series_id)
        return _done("series_report", series_id, "terug")
    if not found.series.report:
        return redirect("goedwerk_forum:series_report", series_id=series_id)
    return _page(request, "series_take_back", _around(request, found))
