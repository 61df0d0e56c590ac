"""Warning, pausing and excluding from a case, and the second person's part in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access
from ..actions import standing
from ..errors import ForumError, KeyMissing, NotFound, OwnContribution
from ..models import Contribution, MeasureRequest
from ..transitions import Measure
from ..views import rescue
from . import queue
from .listing import ForModerators
from .measure_forms import MeasureForm

#: Requests that the home page names.
NAMED = 5


def _case_url(contribution: Contribution) -> str:
    return reverse("goedwerk_moderation:case", args=[contribution.public_id])


class MeasurePage(ForModerators, WagtailAdminTemplateMixin):
    """What the pages about measures share: never about herself, and nothing by a look alone."""

    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except OwnContribution as error:
            context = {"error": error}
            return render(request, "goedwerk_forum/admin/own.html", context, status=403)
        except NotFound as error:
            raise Http404 from error

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_moderation:index"), "label": _("Moderatie")},
            *self.way(),
            {"url": "", "label": self.get_page_title()},
        ]

    def way(self) -> list[dict[str, Any]]:
        """What lies between the queue and this page."""
        return [{"url": reverse("goedwerk_moderation:measures"), "label": _("Maatregelen")}]

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class TakeMeasureView(MeasurePage):
    """Warns, pauses, or asks a colleague to exclude, with a contribution as occasion."""

    template_name = "goedwerk_forum/admin/measure.html"
    page_title: str | Promise = gettext_lazy("Waarschuw, pauzeer of sluit uit")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.contribution = access.judgeable(request.user, public_id)
        return self.page(form=MeasureForm(initial=rescue.restored(request)))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.contribution = access.judgeable(request.user, public_id)
        form = MeasureForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, form=form)
        order = form.order()
        act = standing.ask_exclusion if order.kind == Measure.EXCLUDE else standing.warn_or_pause
        try:
            act(user=request.user, public_id=public_id, order=order)
        except KeyMissing:
            raise
        except ForumError as error:
            return self.page(status=409, form=form, error=error)
        messages.success(request, _taken(order.kind))
        onward = HttpResponseRedirect(_case_url(self.contribution))
        return rescue.forgotten(request, onward)

    def way(self) -> list[dict[str, Any]]:
        label = self.contribution.participant.pseudonym
        return [{"url": _case_url(self.contribution), "label": label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contribution = self.contribution
        return super().get_context_data(
            contribution=contribution,
            revision=queue.revision_to_judge(contribution),
            measures=access.measures_of(self.request.user, contribution.participant),
            case_url=_case_url(contribution),
            **kwargs,
        )


class AskedMeasuresView(MeasurePage):
    """Requests to exclude that wait for a second person, in her own discussions."""

    template_name = "goedwerk_forum/admin/measures.html"
    page_title: str | Promise = gettext_lazy("Maatregelen die op een tweede wachten")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(asked=list(access.asked_measures(request.user)))

    def way(self) -> list[dict[str, Any]]:
        return []


class AskedMeasureView(MeasurePage):
    """One request to exclude: the second person confirms it, or turns it down."""

    template_name = "goedwerk_forum/admin/measure_asked.html"
    page_title: str | Promise = gettext_lazy("Verzoek om uit te sluiten")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.asked = access.asked_measure(request.user, public_id)
        return self.page()

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.asked = access.asked_measure(request.user, public_id)
        agrees = request.POST.get("choice") == "confirm"
        act = standing.confirm if agrees else standing.turn_down
        try:
            act(user=request.user, public_id=public_id)
        except KeyMissing:
            raise
        except ForumError as error:
            return self.page(status=409, error=error)
        messages.success(
            request,
            _confirmed() if agrees else _("Afgewezen. Er gebeurt niets; het verzoek is weg."),
        )
        return HttpResponseRedirect(_case_url(self.asked.contribution))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            asked=self.asked,
            contribution=self.asked.contribution,
            revision=queue.revision_to_judge(self.asked.contribution),
            is_asker=standing.is_asker(self.request.user, self.asked),
            case_url=_case_url(self.asked.contribution),
            **kwargs,
        )


class EndMeasureView(MeasurePage):
    """Ends a measure before its day."""

    template_name = "goedwerk_forum/admin/measure_end.html"
    page_title: str | Promise = gettext_lazy("Hef een maatregel op")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        measure = access.standing_measure(request.user, public_id)
        return self.page(measure=measure, case_url=_case_url(measure.contribution))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        measure = access.standing_measure(request.user, public_id)
        standing.end_early(user=request.user, public_id=public_id)
        messages.success(request, _("Opgeheven. De deelnemer krijgt bericht."))
        return HttpResponseRedirect(_case_url(measure.contribution))


class AskedPanel(Component):
    """Says on the home page that a colleague asks for a second person."""

    name = "goedwerk_asked_measures"
    order = 25
    template_name = "goedwerk_forum/admin/home_measures.html"

    def __init__(self, asked: list[MeasureRequest]) -> None:
        self.asked = asked

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"asked": self.asked}


def asked_panel(request: HttpRequest) -> AskedPanel | None:
    """The panel, where there is something to confirm."""
    try:
        asked = list(access.asked_measures(request.user)[:NAMED])
    except KeyMissing:
        return None
    return AskedPanel(asked) if asked else None


def _taken(kind: Measure) -> str:
    return {
        Measure.WARN: _("Gewaarschuwd. De deelnemer leest je reden bij de berichten."),
        Measure.PAUSE: _("Gepauzeerd, in alle dialogen. De deelnemer leest je reden."),
        Measure.EXCLUDE: _("Gevraagd. Er gebeurt niets tot een andere ambassadeur dit bevestigt."),
    }[kind]


def _confirmed() -> str:
    return _("Uitgesloten, in alle dialogen. De deelnemer leest de reden bij de berichten.")
