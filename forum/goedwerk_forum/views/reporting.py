"""Reporting a contribution or a page, and following what came of it; by anybody."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from .. import access, complaints
from ..actions.reports import Filed
from ..actions.reports import report as file_report
from ..complaint_forms import MOST, CodeForm, ReportForm
from ..errors import AnsweredMeanwhile, ForumError, NotFound
from ..forms import as_new
from ..identity import reporters
from ..identity.limits import network_of
from ..models import Contribution, Discussion, Report
from . import rescue

PER_PAGE = 20
#: What is said above one's own reports, by what was done just before.
DONE = {
    "gemeld": gettext_lazy(
        "Je melding is verstuurd. Iemand leest haar en beslist. Je hoort het bij ‘Berichten’."
    ),
    "aangevuld": gettext_lazy("Je meldde dit al. Wat je nu schreef, staat erbij."),
    "al-gemeld": gettext_lazy("Je meldde dit al. Je melding staat hieronder."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reports a contribution that the asker can read."""
    try:
        contribution = complaints.reportable(public_id, request)
    except NotFound:
        return rescue.gone(request)
    return _report(request, contribution.discussion, contribution)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, uuid: str) -> HttpResponse:
    """Reports the page that a discussion is about."""
    try:
        discussion = access.readable_discussion(uuid, request)
    except NotFound:
        return rescue.gone(request)
    return _report(request, discussion, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_alone(request: HttpRequest, key: UUID, place: UUID) -> HttpResponse:
    """Reports a page on which no dialogue stands; one that was ended there answers with it."""
    try:
        page = access.readable_page(key, place, request)
    except NotFound:
        return rescue.gone(request)
    home = Discussion.objects.filter(page=page, branch_of=None, in_circle=False).first()
    return _report(request, home, None, page)


def _report(
    request: HttpRequest,
    discussion: Discussion | None,
    contribution: Contribution | None,
    page: Page | None = None,
) -> HttpResponse:
    if request.method != "POST":
        form = ReportForm(initial={"submission": reporters.new_mark()})
        return _form_page(request, discussion, contribution, page, form)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form_page(request, discussion, contribution, page, form)
    try:
        filed = file_report(
            user=request.user,
            network=network_of(request),
            discussion=discussion,
            contribution=contribution,
            complaint=form.complaint(),
            page=None if discussion else page,
        )
    except NotFound:
        return rescue.gone(request)
    except ForumError as error:
        form = as_new(form) if isinstance(error, AnsweredMeanwhile) else form
        return _form_page(request, discussion, contribution, page, form, error)
    return _filed(request, filed)


def _form_page(
    request: HttpRequest,
    discussion: Discussion | None,
    contribution: Contribution | None,
    page: Page | None,
    form: ReportForm,
    error: ForumError | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "discussion": discussion,
        "contribution": contribution,
        "page": page,
        "error": error,
        "most": MOST,
    }
    status = 409 if error else 422 if form.errors else 200
    return render(request, "goedwerk_forum/report.html", context, status=status)


def _filed(request: HttpRequest, filed: Filed) -> HttpResponse:
    """Who is signed in finds it among her own; others get the code, on this page only."""
    if not filed.code:
        done = "al-gemeld" if filed.was_there else "gemeld"
        done = "aangevuld" if filed.was_added else done
        return redirect(f"{reverse('goedwerk_forum:own_reports')}?klaar={done}")
    context = {"code": filed.code, "report": filed.report}
    return render(request, "goedwerk_forum/reported.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What came of a report, for who has its code; the code never stands in an address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    found: Report | None = None
    if form.is_bound and form.is_valid():
        found = _found(form)
    context = {"form": form, "report": found}
    status = 422 if form.is_bound and found is None else 200
    return render(request, "goedwerk_forum/report_follow.html", context, status=status)


def _found(form: forms.Form) -> Report | None:
    try:
        return complaints.report_of_code(form.cleaned_data["code"])
    except NotFound:
        form.add_error(
            "code",
            _(
                "Deze code kennen we niet. Kijk of je hem goed overnam. Een half jaar na het "
                "antwoord gaat een melding weg, en de code ook."
            ),
        )
        return None


@login_required
@never_cache
def own_reports(request: HttpRequest) -> HttpResponse:
    """What the asker reported while signed in, and what came of it."""
    page = Paginator(complaints.own_reports(request.user), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    context = {"items": page, "done": DONE.get(request.GET.get("klaar", ""))}
    return render(request, "goedwerk_forum/own_reports.html", context)
