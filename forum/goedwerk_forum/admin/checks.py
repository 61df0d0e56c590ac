"""The checks in the admin: on or off, from when, per site and discussion; and trying a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
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

from .. import access
from ..actions import checks as actions
from ..checks import Check, Context
from ..checks.registry import all_checks
from ..checks.remote import Remote
from ..checks.switches import Switch, Switches, in_force, of_discussion_alone, of_site
from ..checks.verdict import prepare_checks, run_checks, verdict
from ..conf import conf
from ..models import Discussion, Policy
from ..people import Person
from ..texts import marked
from ..transitions import Action
from .case import Explained, explained

CHANGE = "goedwerk_forum.change_checksetting"

AS_SITE, ON, OFF = "as_site", "on", "off"
VERDICTS: dict[Action, str | Promise] = {
    Action.PUBLISH: gettext_lazy("Direct geplaatst"),
    Action.HOLD: gettext_lazy("Naar een ambassadeur"),
    Action.RETURN: gettext_lazy("Terug naar de schrijver"),
}


def may_change(user: Person) -> bool:
    return bool(user.is_active and user.has_perm(CHANGE))


def may_look(user: Person) -> bool:
    """Who sets the checks, and the ambassadors whose queue they fill."""
    return may_change(user) or access.is_moderator(user)


def visible_discussions(user: Person) -> QuerySet[Discussion]:
    """All for who sets the checks, the granted ones for an ambassador."""
    if may_change(user):
        return Discussion.objects.filter(is_enabled=True)
    return access.granted_discussions(user).filter(is_enabled=True)


# --- forms -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A check with its two fields; ``None`` where it has no threshold."""

    check: Check
    is_on: forms.BoundField
    threshold: forms.BoundField | None
    note: str


class SwitchesForm(forms.Form):
    """A switch and a threshold for each check of a site."""

    def __init__(self, switches: Switches, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for check in all_checks():
            switch = switches.get(check.code)
            self.fields[f"{check.code}-on"] = self.switch_field(check, switch)
            if check.threshold_name:
                self.fields[f"{check.code}-from"] = _threshold_field(check, switch)

    def switch_field(self, check: Check, switch: Switch | None) -> forms.Field:
        return forms.BooleanField(
            label=str(check.name), required=False, initial=(switch or Switch()).is_on
        )

    def rows(self) -> Iterator[Row]:
        for check in all_checks():
            name = f"{check.code}-from"
            yield Row(
                check,
                self[f"{check.code}-on"],
                self[name] if name in self.fields else None,
                _note(check),
            )

    def wanted(self) -> dict[str, Switch]:
        return {
            check.code: Switch(
                self.cleaned_data[f"{check.code}-on"], self.cleaned_data.get(f"{check.code}-from")
            )
            for check in all_checks()
        }


class DiscussionSwitchesForm(SwitchesForm):
    """The same for a discussion, where a check can be left to the site."""

    def __init__(self, own: Switches, of_the_site: Switches, *args: Any, **kwargs: Any) -> None:
        self._of_site = of_the_site
        super().__init__(own, *args, **kwargs)

    def switch_field(self, check: Check, switch: Switch | None) -> forms.Field:
        is_on = self._of_site.get(check.code, Switch()).is_on
        as_site = _("Zoals de site: aan") if is_on else _("Zoals de site: uit")
        initial = AS_SITE if switch is None else ON if switch.is_on else OFF
        return forms.ChoiceField(
            label=str(check.name),
            choices=[(AS_SITE, as_site), (ON, _("Aan")), (OFF, _("Uit"))],
            initial=initial,
        )

    def wanted_here(self) -> dict[str, Switch | None]:
        return {check.code: self._wanted(check.code) for check in all_checks()}

    def _wanted(self, code: str) -> Switch | None:
        choice, threshold = self.cleaned_data[f"{code}-on"], self.cleaned_data.get(f"{code}-from")
        return None if choice == AS_SITE else Switch(choice == ON, threshold)


def _threshold_field(check: Check, switch: Switch | None) -> forms.Field:
    least, most = check.threshold_range
    return forms.IntegerField(
        label=str(check.threshold_name),
        required=False,
        min_value=least,
        max_value=most,
        initial=switch.threshold if switch else None,
        widget=forms.NumberInput(attrs={"placeholder": check.default_threshold}),
    )


def _note(check: Check) -> str:
    if check.code == Remote.code and not conf().REMOTE_URL:
        return _("Doet niets: er is geen adres ingesteld (REMOTE_URL).")
    return ""


class TryForm(forms.Form):
    """A text, and where it would be written."""

    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Plak een tekst om te proberen.")},
    )
    discussion = forms.ModelChoiceField(
        label=gettext_lazy("Dialoog"),
        queryset=Discussion.objects.none(),
        required=False,
        empty_label=gettext_lazy("Geen: zoals de site is ingesteld"),
        to_field_name="uuid",
    )
    policy = forms.ChoiceField(label=gettext_lazy("Manier van modereren"), choices=Policy.choices)
    by_newcomer = forms.BooleanField(label=gettext_lazy("De schrijver is nieuw"), required=False)
    is_sensitive = forms.BooleanField(label=gettext_lazy("Gevoelig verhaal"), required=False)

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = conf().MAX_LENGTH  # type: ignore[attr-defined]
        self.fields["discussion"].queryset = visible_discussions(user)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(text) > conf().MAX_LENGTH:
            raise forms.ValidationError(
                _("Een bijdrage mag %(most)d tekens lang zijn.") % {"most": conf().MAX_LENGTH}
            )
        return text


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
