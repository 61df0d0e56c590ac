"""Where a guide makes a harvest: from the thread, with its writers' consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .. import guides, harvests
from ..actions import harvests as acts
from ..errors import ForumError, NotAllowed, NotFound
from ..models import Contribution, Discussion, HarvestPage, HarvestQuote
from ..people import Person
from .harvest_forms import PickForm

PER_PAGE = 20


@method_decorator(never_cache, name="dispatch")
class ForComposers(WagtailAdminTemplateMixin, View):
    """Lets in who guides or moderates something; what is not hers is not there."""

    header_icon = "pick"
    page_title: str | Promise = gettext_lazy("Opbrengst")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not guides.guided_discussions(request.user).exists():
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404 from error
        except NotAllowed as error:
            raise PermissionDenied from error

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class OfDiscussionView(ForComposers):
    """The harvests of one discussion, and the button that begins another."""

    template_name = "goedwerk_forum/admin/harvests.html"

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        self.discussion = harvests.source_discussion(request.user, uuid)
        made = harvests.harvests_of(self.discussion)
        return self.show(discussion=self.discussion, harvests=made)

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        page = acts.start(user=request.user, uuid=uuid)
        messages.success(
            request, _("Er staat een concept klaar. Kies eerst wat je uit de dialoog opneemt.")
        )
        return HttpResponseRedirect(_url("compose", page))

    def get_page_subtitle(self) -> str:
        return str(self.discussion.page.get_admin_display_title())


class OfHarvest(ForComposers):
    """One harvest that is hers to compose."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page_id = int(kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def harvest(self) -> HarvestPage:
        if "_harvest" not in self.__dict__:
            self._harvest = harvests.composable(self.request.user, self.page_id)
        return self._harvest

    def back(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(_url("compose", self.harvest))

    def get_page_subtitle(self) -> str:
        return str(self.harvest.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.harvest.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": _url("compose", self.harvest), "label": _("Woorden uit de dialoog")},
        ]


class ComposeView(OfHarvest):
    """What was picked and what became of it, and below it the thread to pick from."""

    template_name = "goedwerk_forum/admin/harvest.html"
    page_title = gettext_lazy("Woorden uit de dialoog")

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        quotes = harvests.quotes_of(self.harvest)
        said = Paginator(harvests.pickable(self.harvest), PER_PAGE).get_page(request.GET.get("p"))
        taken = {quote.contribution_id for quote in quotes}
        return self.show(
            harvest=self.harvest,
            discussion=harvests.discussion_of(self.harvest),
            quotes=quotes,
            to_ask=sum(_can_be_asked(quote) for quote in quotes),
            said=said,
            rows=[(one, one.pk in taken) for one in said],
        )


def _can_be_asked(quote: HarvestQuote) -> bool:
    has_writer = quote.contribution.participant.token is not None
    return quote.consent == HarvestQuote.Consent.PICKED and has_writer


class PickView(OfHarvest):
    """One contribution, and which words of it go into the harvest."""

    template_name = "goedwerk_forum/admin/harvest_pick.html"
    page_title = gettext_lazy("Neem woorden op")

    def get(self, request: HttpRequest, page_id: int, public_id: str) -> HttpResponse:
        said = harvests.pickable_one(self.harvest, public_id)
        form = PickForm(initial={"form": "quote", "place": "insights", "text": said.comment})
        return self._page(said, form)

    def post(self, request: HttpRequest, page_id: int, public_id: str) -> HttpResponse:
        said = harvests.pickable_one(self.harvest, public_id)
        form = PickForm(request.POST)
        if not form.is_valid():
            return self._page(said, form, 422)
        try:
            acts.pick(user=request.user, page_id=page_id, public_id=public_id, **form.cleaned_data)
        except ForumError as error:
            form.add_error("text", str(error))
            return self._page(said, form, 409)
        messages.success(request, _("Opgenomen. Niemand leest het zonder ja van de schrijver."))
        return self.back()

    def _page(self, said: Contribution, form: PickForm, status: int = 200) -> HttpResponse:
        return self.show(status, harvest=self.harvest, contribution=said, form=form)


class AskView(OfHarvest):
    """Asks the writers of all that was picked."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        number = acts.ask(user=request.user, page_id=page_id)
        messages.success(
            request,
            ngettext("%(n)d schrijver is gevraagd.", "%(n)d schrijvers zijn gevraagd.", number)
            % {"n": number},
        )
        return self.back()


class LeaveOutView(OfHarvest):
    """Takes words out of the harvest again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int, public_id: str) -> HttpResponse:
        try:
            acts.leave_out(user=request.user, page_id=page_id, public_id=public_id)
        except ForumError as error:
            if isinstance(error, NotFound):
                raise
            messages.error(request, str(error))
        else:
            messages.success(request, _("Deze woorden staan er niet meer in."))
        return self.back()


def _url(name: str, page: HarvestPage) -> str:
    return reverse(f"goedwerk_harvests:{name}", args=[page.pk])


def page_header_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From a page to the harvests of its dialogue; from a harvest to the words of others."""
    if not page.pk:
        return
    if harvests.is_harvest(page):
        if harvests.composes(user, page):
            url = reverse("goedwerk_harvests:compose", args=[page.pk])
            yield Button(_("Woorden uit de dialoog"), url=url, icon_name="pick", priority=92)
        return
    guided = guides.guided_discussions(user).filter(page_id=page.pk, branch_of__isnull=True)
    for discussion in guided:
        yield Button(_("Opbrengst"), url=url_of(discussion), icon_name="pick", priority=92)


def url_of(discussion: Discussion) -> str:
    """Where the harvests of a discussion are made."""
    return reverse("goedwerk_harvests:of_discussion", args=[discussion.home.uuid.hex])


class HarvestsViewSet(ViewSet):
    """Making harvests."""

    name = "goedwerk_harvests"
    url_prefix = "opbrengst"
    icon = "pick"
    menu_label = gettext_lazy("Opbrengst")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("van/<str:uuid>/", OfDiscussionView.as_view(), name="of_discussion"),
            path("<int:page_id>/", ComposeView.as_view(), name="compose"),
            path("<int:page_id>/vraag/", AskView.as_view(), name="ask"),
            path("<int:page_id>/neem/<slug:public_id>/", PickView.as_view(), name="pick"),
            path(
                "<int:page_id>/laat-weg/<slug:public_id>/",
                LeaveOutView.as_view(),
                name="leave_out",
            ),
        ]
