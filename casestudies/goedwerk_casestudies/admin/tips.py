"""The tips in a harvest, and the button that makes a tip of its own of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from goedwerk_forum.errors import NotAllowed, NotFound
from goedwerk_forum.harvests import is_harvest
from goedwerk_forum.models import HarvestPage
from goedwerk_forum.people import Person

from ..actions.tips import make_tip, place_for, source_of_tips
from ..models import Cluster, TipPage


def page_header_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From a harvest on the site to its tips, for who may write tips."""
    if page.pk and page.live and is_harvest(page) and place_for(user) is not None:
        url = reverse("goedwerk_tips", args=[page.pk])
        yield Button(_("Maak een handvat"), url=url, icon_name="plus", priority=93)


class TipsView(WagtailAdminTemplateMixin, View):
    """Each tip of a harvest that is on the site, with the tip that was made of it."""

    template_name = "goedwerk_casestudies/admin/tips.html"
    page_title = gettext_lazy("Maak een handvat")
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if place_for(request.user) is None:
            raise PermissionDenied
        try:
            self.harvest: HarvestPage = source_of_tips(kwargs["page_id"])
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404 from error
        except NotAllowed as error:
            raise PermissionDenied from error

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        piece = request.POST.get("tip", "")
        slug = request.POST.get("cluster", "")
        cluster = next((one for one in Cluster.objects.all() if one.slug == slug), None)
        if cluster is None:
            return self._page(422, wrong=piece)
        tip = make_tip(user=request.user, page_id=page_id, piece=piece, cluster=cluster)
        messages.success(request, _("Er staat een concept klaar. Vul aan wanneer het helpt."))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[tip.pk]))

    def _page(self, status: int = 200, **context: Any) -> HttpResponse:
        made = TipPage.objects.filter(harvest=self.harvest).exclude(harvest_tip="")
        by_piece = {tip.harvest_tip: tip for tip in made}
        rows = [(block, by_piece.get(str(block.id))) for block in self.harvest.tips]
        context = self.get_context_data(
            harvest=self.harvest, rows=rows, clusters=list(Cluster.objects.all()), **context
        )
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self) -> str:
        return str(self.harvest.title)
