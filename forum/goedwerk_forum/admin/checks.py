"""The checks in the admin: on or off, from when, per site and discussion; and trying a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Site

from ..actions import checks as actions
from ..checks import Check, Context
from ..checks.registry import all_checks
from ..checks.switches import Switch, Switches, in_force, of_discussion_alone, of_site
from ..checks.verdict import prepare_checks, run_checks, verdict
from ..conf import conf
from ..models import Discussion
from ..people import Person
from ..texts import marked
from ..transitions import Action
from .case import Explained, explained
from .check_forms import (
    DiscussionSwitchesForm,
    SwitchesForm,
    TryForm,
    may_change,
    may_look,
    visible_discussions,
)

VERDICTS: dict[Action, str | Promise] = {
    Action.PUBLISH: gettext_lazy("Direct geplaatst"),
    Action.HOLD: gettext_lazy("Naar een ambassadeur"),
    Action.RETURN: gettext_lazy("Terug naar de schrijver"),
}


# --- what would this do? ---------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """What the checks find in a pasted text, and the verdict that follows."""

    marked: str
    verdict: str | Promise
    #: Per check: whether it is on, and what it found.
    checks: list[tuple[Check, bool, list[Explained]]]


def tried(text: str, *, policy: str, context: Context, switched: Switches) -> Tried:
    """Runs the checks as they would run; keeps and logs nothing of the text."""
    prepare_checks()
    findings = run_checks(text, context, switched)
    as_json = [finding.as_json() for finding in findings]
    by_check = {
        check.code: [item for item in as_json if item["check"] == check.code]
        for check in all_checks()
    }
    return Tried(
        marked(text, as_json),
        VERDICTS[verdict(policy, findings, context)],
        [
            (
                check,
                switched.get(check.code, Switch()).is_on,
                explained(text, by_check[check.code]),
            )
            for check in all_checks()
        ],
    )


# --- pages -----------------------------------------------------------------------------------


def site_of(request: HttpRequest) -> Site:
    """The site asked for, else the one of the address, else the first."""
    asked = request.GET.get("site", "")
    if asked.isdigit():
        found = Site.objects.filter(pk=asked).first()
        if found is None:
            raise Http404
        return found
    found = Site.find_for_request(request) or Site.objects.order_by("-is_default_site").first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    index = reverse("goedwerk_checks:index")
    above = [] if request.path == index else [{"url": index, "label": _("Controles")}]
    breadcrumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Start")},
        *above,
        {"url": "", "label": title},
    ]
    return render(
        request,
        f"goedwerk_forum/admin/{template}.html",
        {
            "page_title": title,
            "header_title": title,
            "header_icon": "tasks",
            "breadcrumbs_items": breadcrumbs,
            "may_change": may_change(request.user),
            **context,
        },
    )


@method_decorator(never_cache, name="dispatch")
class CheckView(View):
    """A page that is for who may look; what changes something asks for more."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_look(request.user):
            raise PermissionDenied
        if request.method == "POST" and not self.may_post(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_post(self, user: Person) -> bool:
        return may_change(user)


class SiteChecksView(CheckView):
    """All checks of a site; an ambassador reads how they are set."""

    def get(self, request: HttpRequest) -> HttpResponse:
        site = site_of(request)
        return self._shown(request, site, SwitchesForm(of_site(site)))

    def post(self, request: HttpRequest) -> HttpResponse:
        site = site_of(request)
        form = SwitchesForm(of_site(site), request.POST)
        if not form.is_valid():
            return self._shown(request, site, form)
        tell_what_changed(request, actions.switch_on_site(site, form.wanted()))
        return redirect(f"{reverse('goedwerk_checks:index')}?site={site.pk}")

    def _shown(self, request: HttpRequest, site: Site, form: SwitchesForm) -> HttpResponse:
        discussions = visible_discussions(request.user).annotate(own=Count("check_settings"))
        return _page(
            request,
            "checks",
            _("Controles"),
            site=site,
            sites=Site.objects.all(),
            form=form,
            switches=of_site(site),
            discussions=discussions.order_by("question")[:200],
        )


class DiscussionChecksView(CheckView):
    """What is different in one discussion."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        discussion = self._discussion(request, uuid)
        return self._shown(request, discussion, self._form(discussion))

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        discussion = self._discussion(request, uuid)
        form = self._form(discussion, request.POST)
        if not form.is_valid():
            return self._shown(request, discussion, form)
        tell_what_changed(request, actions.switch_in_discussion(discussion, form.wanted_here()))
        return redirect("goedwerk_checks:index")

    @staticmethod
    def _discussion(request: HttpRequest, uuid: str) -> Discussion:
        found = visible_discussions(request.user).select_related("page").filter(uuid=uuid).first()
        if found is None:
            raise Http404
        return found

    @staticmethod
    def _form(discussion: Discussion, data: Any = None) -> DiscussionSwitchesForm:
        site = discussion.page.get_site()
        return DiscussionSwitchesForm(
            of_discussion_alone(discussion), of_site(site) if site else {}, data
        )

    def _shown(
        self, request: HttpRequest, discussion: Discussion, form: DiscussionSwitchesForm
    ) -> HttpResponse:
        return _page(
            request,
            "checks_discussion",
            _("Controles in een dialoog"),
            discussion=discussion,
            form=form,
        )


@method_decorator(sensitive_post_parameters("text"), name="dispatch")
class TryView(CheckView):
    """ "Wat zou dit doen?": nothing that is pasted here is kept or logged."""

    def may_post(self, user: Person) -> bool:
        return may_look(user)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(request, TryForm(request.user))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        form = TryForm(request.user, request.POST)
        if not form.is_valid():
            return self._shown(request, form)
        given = form.cleaned_data
        discussion = given["discussion"]
        result = tried(
            given["text"],
            policy=given["policy"],
            context=Context(
                by_newcomer=given["by_newcomer"],
                is_sensitive=given["is_sensitive"],
            ),
            switched=(
                in_force([discussion.pk])[discussion.pk]
                if discussion
                else of_site(site_of(request))
            ),
        )
        return self._shown(request, form, result)

    def _shown(
        self, request: HttpRequest, form: TryForm, result: Tried | None = None
    ) -> HttpResponse:
        return _page(
            request,
            "checks_try",
            _("Wat zou dit doen?"),
            form=form,
            result=result,
            asks_elsewhere=bool(conf().REMOTE_URL),
        )


def tell_what_changed(request: HttpRequest, number: int) -> None:
    said = ngettext("%(number)d controle gewijzigd.", "%(number)d controles gewijzigd.", number)
    messages.success(request, said % {"number": number} if number else _("Er is niets veranderd."))


class ChecksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


class ChecksViewSet(ViewSet):
    """The checks of a site, those of a discussion, and trying a text."""

    name = "goedwerk_checks"
    url_prefix = "controles"
    icon = "tasks"
    menu_label = gettext_lazy("Controles")
    menu_name = "controles"
    menu_order = 160
    menu_item_class = ChecksMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SiteChecksView.as_view(), name="index"),
            path("proef/", TryView.as_view(), name="try"),
            path("dialoog/<uuid:uuid>/", DiscussionChecksView.as_view(), name="discussion"),
        ]
