"""Reports of pages: for who moderates the discussion of a page, and for who may edit it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from .. import complaints
from ..actions.reports import answer_page_report
from ..errors import ForumError, KeyMissing, NotFound, OwnReport
from ..models import Report
from ..views import rescue
from .complaint_forms import PageReportForm
from .complaints import shown

PER_PAGE = 20


class ForAnswerers(View):
    """Lets in who moderates or edits something; without the key that opens reports, nobody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not complaints.may_answer_page_reports(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except KeyMissing:
            return render(request, "goedwerk_forum/admin/key_missing.html", status=503)
        except OwnReport as error:
            return render(request, "goedwerk_forum/admin/own.html", {"error": error}, status=403)
        except NotFound:  # also where the reporter added something while an answer was typed
            return rescue.gone(request)


class PageReportsView(ForAnswerers, WagtailAdminTemplateMixin):
    """All reports of pages that are hers to answer: what waits first, oldest day first."""

    template_name = "goedwerk_forum/admin/page_reports.html"
    header_icon = "warning"
    page_title: str | Promise = gettext_lazy("Meldingen over verhalen")

    def get(self, request: HttpRequest) -> HttpResponse:
        found = complaints.page_reports(request.user).order_by("decided_on", "day", "public_id")
        waiting = found.filter(state=Report.State.OPEN)
        answered = found.exclude(state=Report.State.OPEN).order_by("-decided_on", "public_id")
        page = Paginator(answered, PER_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(waiting=list(waiting), answered=page)
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class PageReportView(ForAnswerers, WagtailAdminTemplateMixin):
    """One report of a page, and the form that answers it."""

    template_name = "goedwerk_forum/admin/page_report.html"
    header_icon = "warning"
    page_title: str | Promise = gettext_lazy("Melding over een verhaal")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.report = complaints.page_report(request.user, public_id)
        typed_before = rescue.restored_in(request, ["outcome", "text"])
        return self._page(PageReportForm(initial=typed_before))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.report = complaints.page_report(request.user, public_id)
        form = PageReportForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            answer_page_report(
                user=request.user,
                public_id=public_id,
                upheld=form.cleaned_data["outcome"] == Report.State.UPHELD,
                words=form.cleaned_data["text"],
            )
        except ForumError as error:
            self.report.refresh_from_db()
            return self._page(form, status=409, error=error)
        messages.success(request, _("Beantwoord. Wie meldde, leest je antwoord."))
        onward = HttpResponseRedirect(reverse("goedwerk_reports:index"))
        return rescue.forgotten(request, onward)

    def _page(self, form: PageReportForm, status: int = 200, **context: Any) -> HttpResponse:
        context = self.get_context_data(form=form, item=shown(self.report), **context)
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("goedwerk_reports:index"), "label": _("Meldingen over verhalen")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]


class ReportsMenuItem(MenuItem):
    """For who may answer reports of pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return complaints.may_answer_page_reports(request.user)


class PageReportsViewSet(ViewSet):
    """Reports of pages."""

    name = "goedwerk_reports"
    url_prefix = "meldingen"
    icon = "warning"
    menu_label = gettext_lazy("Meldingen over verhalen")
    menu_name = "meldingen"
    menu_order = 155
    menu_item_class = ReportsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PageReportsView.as_view(), name="index"),
            path("<slug:public_id>/", PageReportView.as_view(), name="report"),
        ]
