"""Practice for new ambassadors: decide on an invented contribution, then read what others did.

What she answered stands in her own session and nowhere else: no row, no record, no message. It
goes when she signs out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from .. import access, kinds
from ..models import PracticeCase, PracticeVoice, ReasonCode
from ..people import Person
from ..transitions import Action
from .forms import ON_A_CONTRIBUTION
from .practice_form import PracticeForm
from .stock import StockViewSet

CHANGE = "goedwerk_forum.change_practicecase"
#: Where her answers stand in her session: {key of the case: "decision reason"}.
SESSION = "goedwerk_practice"
#: Answers kept; a session travels in a cookie, which holds only so much.
MOST = 60

Answer = tuple[str, str]


def may_practise(user: Person) -> bool:
    """Ambassadors, and who edits the cases and wants to see how they look."""
    return access.is_moderator(user) or bool(user.is_active and user.has_perm(CHANGE))


def answers(request: HttpRequest) -> dict[int, Answer]:
    """What she answered in this session, by case."""
    kept = request.session.get(SESSION, {})
    return {int(pk): _answer(said) for pk, said in kept.items()}


def _answer(said: str) -> Answer:
    decision, _space, reason = said.partition(" ")
    return decision, reason


def remember(request: HttpRequest, case: PracticeCase, answer: Answer) -> None:
    kept = dict(request.session.get(SESSION, {}))
    kept.pop(str(case.pk), None)
    kept[str(case.pk)] = " ".join(answer).strip()
    request.session[SESSION] = dict(list(kept.items())[-MOST:])


def decision_words(decision: str, reason: str) -> str:
    """A decision with its reason, as the form words them."""
    name, _what = ON_A_CONTRIBUTION[Action(decision)]
    return f"{name}: {ReasonCode(reason).label}" if reason else str(name)


@dataclass(frozen=True)
class Voice:
    """What a colleague did; ``differs`` where it was not what most did."""

    decided: str
    words: str
    differs: bool


@dataclass(frozen=True)
class Feedback:
    """Her answer beside that of most colleagues."""

    answer: Answer
    case: PracticeCase
    words: str = ""

    @property
    def is_same(self) -> bool:
        return self.answer == (self.case.decision, self.case.reason)

    @property
    def headline(self) -> str | Promise:
        if self.is_same:
            return _("Jij besloot hetzelfde als de meeste collega’s.")
        if self.answer[0] == self.case.decision:
            return _("Jij besloot hetzelfde, met een andere reden.")
        return _("De meeste collega’s besloten iets anders. Dat kan: lees waarom.")

    @property
    def hers(self) -> str:
        return decision_words(*self.answer)

    @property
    def theirs(self) -> str:
        return decision_words(self.case.decision, self.case.reason)

    def voices(self) -> list[Voice]:
        return [_voice(voice, self.case) for voice in self.case.voices.all()]


def _voice(voice: PracticeVoice, case: PracticeCase) -> Voice:
    return Voice(
        decided=decision_words(voice.decision, voice.reason),
        words=voice.words,
        differs=(voice.decision, voice.reason) != (case.decision, case.reason),
    )


@method_decorator(never_cache, name="dispatch")
class ForPractice(WagtailAdminTemplateMixin, View):
    """Lets in who may practise."""

    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_practise(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PracticeListView(ForPractice):
    """All cases, with how hers compares for those that she did."""

    template_name = "goedwerk_forum/admin/practice_list.html"
    page_title = gettext_lazy("Oefenen")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answered = answers(self.request)
        cases = list(PracticeCase.objects.filter(is_offered=True))
        rows = [(case, _feedback(case, answered)) for case in cases]
        return super().get_context_data(
            rows=rows,
            done=sum(1 for _case, feedback in rows if feedback),
            following=next((case for case, feedback in rows if not feedback), None),
            may_change=self.request.user.has_perm(CHANGE),
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def _feedback(case: PracticeCase, answered: dict[int, Answer]) -> Feedback | None:
    answer = answered.get(case.pk)
    return Feedback(answer, case) if answer else None


class PracticeView(ForPractice):
    """One case: decide, then read what colleagues did. Nothing is written but her own session."""

    template_name = "goedwerk_forum/admin/practice_case.html"
    page_title = gettext_lazy("Oefenen")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        answer = None if "opnieuw" in request.GET else answers(request).get(self.case.pk)
        feedback = Feedback(answer, self.case) if answer else None
        return self._page(feedback=feedback, form=PracticeForm())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        form = PracticeForm(request.POST)
        if not form.is_valid():
            return self._page(form=form, feedback=None, status=422)
        remember(request, self.case, form.decided)
        feedback = Feedback(form.decided, self.case, form.cleaned_data["words"])
        return self._page(feedback=feedback, form=form)

    def _read(self, public_id: str) -> None:
        offered = PracticeCase.objects.filter(is_offered=True).prefetch_related("voices")
        found = offered.filter(public_id=public_id).first()
        if found is None:
            raise Http404
        self.case = found

    def _page(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, following=self._following(), **kwargs)

    def _following(self) -> PracticeCase | None:
        """The next that she did not do; after the last one, the first."""
        answered = answers(self.request)
        cases = list(PracticeCase.objects.filter(is_offered=True))
        places = [place for place, case in enumerate(cases) if case.pk == self.case.pk]
        turned = cases[places[0] + 1 :] + cases[: places[0]]
        return next((case for case in turned if case.pk not in answered), None)

    def get_page_subtitle(self) -> str:
        return self.case.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_practice:index"), "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]


class StartAgainView(ForPractice):
    """Forgets her answers; only a POST does."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(SESSION, None)
        messages.success(request, _("Je antwoorden zijn weg. Je begint opnieuw."))
        return redirect(reverse("goedwerk_practice:index"))


class PracticeMenuItem(MenuItem):
    """ "Oefenen", for who may practise."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_practise(request.user)


class PracticeViewSet(ViewSet):
    """The cases to practise on."""

    name = "goedwerk_practice"
    url_prefix = "oefenen"
    icon = "glasses"
    menu_label = gettext_lazy("Oefenen")
    menu_name = "oefenen"
    menu_order = 153
    menu_item_class = PracticeMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PracticeListView.as_view(), name="index"),
            path("opnieuw/", StartAgainView.as_view(), name="start_again"),
            path("<slug:public_id>/", PracticeView.as_view(), name="case"),
        ]


class KindSelect(forms.Select):
    """The kinds; without the length of their column, that only a box to type in has."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attrs = super().build_attrs(*args, **kwargs)
        attrs.pop("maxlength", None)
        return attrs


class PracticeCasesViewSet(StockViewSet):
    """Editing the cases, for who has the right."""

    model = PracticeCase
    name = "goedwerk_practice_cases"
    url_prefix = "oefengevallen"
    icon = "glasses"
    menu_label = gettext_lazy("Oefengevallen")
    inspect_view_enabled = False
    list_display = [
        "title",
        Column("decision", label=gettext_lazy("Besluit"), accessor="get_decision_display"),
        Column("reason", label=gettext_lazy("Reden"), accessor="get_reason_display"),
        "is_offered",
    ]
    list_filter = ["is_offered", "decision"]
    search_fields = ["title", "text"]
    ordering = ["sort_order", "pk"]
    nothing_yet = gettext_lazy(
        "Er zijn nog geen oefengevallen. Bedenk er een: wie modereert, oefent ermee zonder dat er "
        "iets van een deelnemer in staat."
    )
    panels = [
        FieldPanel("title", help_text=gettext_lazy("Zo heet het geval in de lijst om te oefenen.")),
        FieldPanel("is_offered"),
        FieldPanel("sort_order", help_text=gettext_lazy("Het laagste getal komt het eerst.")),
        MultiFieldPanel(
            [
                FieldPanel("question"),
                FieldPanel("kind", widget=KindSelect(choices=cast(Any, kinds.choices))),
                FieldPanel("text"),
            ],
            heading=gettext_lazy("Het geval"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("decision"),
                FieldPanel("reason"),
                FieldPanel("explanation"),
                FieldPanel("house_rule"),
            ],
            heading=gettext_lazy("Wat de meeste collega’s besloten"),
        ),
        InlinePanel(
            "voices",
            heading=gettext_lazy("Redenen van collega’s"),
            label=gettext_lazy("Collega"),
            help_text=gettext_lazy("Twee of drie; laat er één bij zijn die er anders over dacht."),
            panels=[FieldPanel("decision"), FieldPanel("reason"), FieldPanel("words")],
        ),
    ]
