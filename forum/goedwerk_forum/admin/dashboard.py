"""The dashboard: how moderation goes, for who moderates and for the site's owner."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.viewsets.base import ViewSet

from .. import access, overview
from ..actions import alerts
from ..charts import Chart
from ..conf import conf
from ..models import Account, Discussion
from ..people import Person, key_of
from . import dashboard_charts as pictures
from .dashboard_form import PeriodForm


def may_look(user: Person) -> bool:
    """Ambassadors over what they moderate, the site's owner over everything."""
    return access.is_moderator(user) or access.oversees_all(user)


class DashboardView(SpreadsheetExportMixin, WagtailAdminTemplateMixin, View):
    """Figures over a period as pictures with tables; asks as many queries whatever it counts."""

    template_name = "goedwerk_forum/admin/dashboard.html"
    page_title = gettext_lazy("Overzicht van de moderatie")
    header_icon = "view"
    list_export = ["figure", "what", "number"]
    export_headings = {
        "figure": gettext_lazy("Cijfer"),
        "what": gettext_lazy("Waarvan"),
        "number": gettext_lazy("Aantal"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        self.form = PeriodForm.asked(request.GET)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        figures = self._figures()
        if self.is_export:
            lines = pictures.lines_of(figures["charts"])
            exported: HttpResponseBase = self.as_spreadsheet(lines, request.GET["export"])
            return exported
        return self.render_to_response(self.get_context_data(**figures))

    def _figures(self) -> dict[str, Any]:
        user, period = self.request.user, self.form.period
        discussions = access.overseen_discussions(user)
        sees_all = access.oversees_all(user)
        times = overview.times(period)
        decided = overview.decided(None if sees_all else discussions, period)
        return {
            "now": overview.waiting_now(discussions),
            "by_kind": pictures.by_kind(times),
            "decided": decided,
            "silent": self._silent(overview.silent(discussions, self.form.cleaned_data["silent"])),
            "charts": [
                pictures.waiting_chart(overview.waiting_by_day(discussions, period)),
                pictures.times_chart(overview.all_times(times)),
                pictures.decisions_chart(decided),
                pictures.reasons_chart(decided),
                pictures.appeals_chart(decided),
                *self._of_checks(),
            ],
        }

    def _of_checks(self) -> list[Chart]:
        if not self.request.user.has_perm("goedwerk_forum.view_checkprecision"):
            return []
        return [pictures.precision_chart(overview.precisions())]

    def _silent(self, found: list[Discussion]) -> list[tuple[Discussion, str | None]]:
        """With the address of each page; one more than are shown says that there are more."""
        return [(one, one.page.get_url(self.request)) for one in found]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            form=self.form,
            sees_all=access.oversees_all(user),
            is_moderator=access.is_moderator(user),
            wants_alerts=Account.objects.filter(user_id=key_of(user), wants_alerts=True).exists(),
            promised=conf().PROMISED_HOURS,
            named=overview.NAMED,
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_filename(self) -> str:
        period = self.form.period
        return f"moderatie-{period.first:%Y-%m-%d}-{period.last:%Y-%m-%d}"


class AlertsView(View):
    """What an ambassador chooses about mail on what waits too long; only a POST changes it."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not access.is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        wants = "wants_alerts" in request.POST
        alerts.choose(user=request.user, wants_alerts=wants)
        said = (
            _("Je krijgt een mail als iets te lang wacht.") if wants else _("Je krijgt geen mail.")
        )
        messages.success(request, said)
        return redirect(reverse("goedwerk_dashboard:index"))


class DashboardMenuItem(MenuItem):
    """ "Overzicht", for who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


class DashboardViewSet(ViewSet):
    """The figures, and the choice about mail."""

    name = "goedwerk_dashboard"
    url_prefix = "overzicht"
    icon = "view"
    menu_label = gettext_lazy("Overzicht")
    menu_name = "overzicht"
    menu_order = 152
    menu_item_class = DashboardMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", DashboardView.as_view(), name="index"),
            path("mail/", AlertsView.as_view(), name="alerts"),
        ]
