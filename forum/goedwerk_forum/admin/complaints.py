"""Reports and appeals on the page of a case, and the pages on which they are decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access, complaints
from ..actions import appeals, reports
from ..actions.appeals import Outcome
from ..errors import ForumError, KeyMissing
from ..identity import sealed
from ..models import Appeal, Contribution, KeptText, Report
from ..people import Person
from ..transitions import State
from ..views import rescue
from . import queue
from .complaint_forms import KeepForm, QuestionForm, VerdictForm
from .guard import ForModerators


@dataclass(frozen=True)
class ShownReport:
    """A report as who judges it reads it: never whose it is."""

    report: Report
    text: str


@dataclass(frozen=True)
class ShownAppeal:
    """An appeal on the page of a case; ``is_hers`` where the reader may judge it."""

    appeal: Appeal
    is_hers: bool
    has_few_judges: bool


def shown(report: Report) -> ShownReport:
    return ShownReport(report, sealed.unseal(report.sealed, report.uuid) if report.sealed else "")


def open_reports_of(contribution: Contribution) -> list[ShownReport]:
    """What is reported about a contribution and not answered yet, oldest day first."""
    found = complaints.open_reports(contribution.pk).order_by("day", "public_id")
    return [shown(report) for report in found]


def appeals_of(user: Person, contribution: Contribution) -> list[ShownAppeal]:
    """The appeals against decisions about a contribution, open ones first."""
    found = (
        Appeal.objects.filter(statement__contribution=contribution)
        .select_related(
            "statement__contribution__discussion", "statement__contribution__participant"
        )
        .order_by("decided_on", "-day")
    )
    return [_shown_appeal(user, appeal) for appeal in found]


def _shown_appeal(user: Person, appeal: Appeal) -> ShownAppeal:
    statement = appeal.statement
    return ShownAppeal(
        appeal=appeal,
        is_hers=appeal.is_open and not complaints.decided(user, statement),
        has_few_judges=appeal.is_open and complaints.few_judges(statement),
    )


def kept_text_of(contribution: Contribution) -> str:
    """What a withdrawn contribution said, while a report of it is open."""
    if contribution.state != State.WITHDRAWN:
        return ""
    kept = KeptText.objects.filter(contribution=contribution).first()
    return sealed.unseal(kept.sealed, kept.uuid) if kept else ""


class ComplaintPage(ForModerators, WagtailAdminTemplateMixin):
    """What the pages about one report or appeal share; only a POST decides."""

    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_moderation:index"), "label": _("Moderatie")},
            {"url": self.case_url, "label": self.contribution.participant.pseudonym},
            {"url": "", "label": self.get_page_title()},
        ]

    contribution: Contribution

    @property
    def case_url(self) -> str:
        return reverse("goedwerk_moderation:case", args=[self.contribution.public_id])

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        context |= {
            "contribution": self.contribution,
            "revision": queue.revision_to_judge(self.contribution),
            "case_url": self.case_url,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)


class KeepView(ComplaintPage):
    """Lets a reported text stand, or closes the case of a withdrawn one."""

    template_name = "goedwerk_forum/admin/keep.html"
    page_title: str | Promise = gettext_lazy("Laat staan na een melding")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        return self._page(self._empty_form(**rescue.restored_in(request, ["text"])))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        form = KeepForm(request.POST)
        if not form.is_valid():
            return self._refused(form)
        try:
            reports.keep(
                user=request.user,
                public_id=public_id,
                version=form.cleaned_data["version"],
                seen=form.reports(),
                words=form.cleaned_data["text"],
            )
        except KeyMissing:
            raise
        except ForumError as error:
            self._read(public_id)
            return self._read_first(form, error)
        messages.success(request, _("Beantwoord. Wie meldde, leest je antwoord."))
        onward = HttpResponseRedirect(reverse("goedwerk_moderation:index"))
        return rescue.forgotten(request, onward)

    def _refused(self, form: KeepForm) -> HttpResponse:
        if "text" in form.errors:
            return self._page(form, status=422)
        # What she had read did not come along: it was sent from a page that repeats her words only.
        return self._read_first(form, _("Lees eerst wat er nu gemeld is."))

    def _read_first(self, form: KeepForm, error: ForumError | str) -> HttpResponse:
        """Her words beside what is reported now."""
        typed = form.data.get("text", "")
        return self._page(self._empty_form(text=typed), status=409, error=error)

    def _read(self, public_id: str) -> None:
        self.contribution = access.judgeable(self.request.user, public_id)
        self.reports = open_reports_of(self.contribution)

    def _empty_form(self, text: str = "") -> KeepForm:
        seen = " ".join(item.report.public_id for item in self.reports)
        version = self.contribution.version
        return KeepForm(initial={"version": version, "seen": seen, "text": text})

    def _page(self, form: KeepForm, status: int = 200, **context: Any) -> HttpResponse:
        allowed = self.contribution.state in (State.PUBLISHED, State.WITHDRAWN)
        return self.page(
            status,
            form=form,
            reports=self.reports,
            kept_text=kept_text_of(self.contribution),
            can_keep=bool(self.reports) and allowed,
            **context,
        )


class AppealView(ComplaintPage):
    """Judges an appeal against a colleague's decision, or asks its author one question."""

    template_name = "goedwerk_forum/admin/appeal.html"
    page_title: str | Promise = gettext_lazy("Bezwaar")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        return self._page(
            self._question(**self._typed_before("text", asks=True)),
            self._verdict(**self._typed_before("outcome", "text", asks=False)),
        )

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        asks = "ask" in request.POST
        form: forms.Form = (
            QuestionForm(request.POST) if asks else VerdictForm(self.appeal, request.POST)
        )
        if not form.is_valid():
            return self._page_with(form, status=422)
        try:
            said = self._ask(form) if asks else self._judge(form)
        except KeyMissing:
            raise
        except ForumError as error:
            self._read(public_id)
            return self._page_with(form, status=409, error=error)
        messages.success(request, said)
        onward = HttpResponseRedirect(self.case_url)
        # A verdict that she had begun stays hers while its author answers.
        begun = asks and self._typed_before("text", asks=False)
        return onward if begun else rescue.forgotten(request, onward)

    def _read(self, public_id: str) -> None:
        self.appeal = complaints.judgeable_appeal(self.request.user, public_id)
        self.contribution = self.appeal.statement.contribution

    def _ask(self, form: forms.Form) -> str:
        appeals.ask(
            user=self.request.user,
            public_id=self.appeal.public_id,
            version=form.cleaned_data["version"],
            question=form.cleaned_data["text"],
        )
        return _("Gevraagd. De schrijver leest je vraag bij de berichten.")

    def _judge(self, form: forms.Form) -> str:
        appeals.judge(
            user=self.request.user,
            public_id=self.appeal.public_id,
            version=form.cleaned_data["version"],
            outcome=Outcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["text"],
        )
        return _("Beslist. De schrijver leest het bij de berichten.")

    def _question(self, **typed: str) -> QuestionForm:
        return QuestionForm(initial={"version": self.appeal.version} | typed)

    def _verdict(self, **typed: str) -> VerdictForm:
        return VerdictForm(self.appeal, initial={"version": self.appeal.version} | typed)

    def _typed_before(self, *names: str, asks: bool) -> dict[str, str]:
        """What she typed in this one of the two forms before she had to sign in again."""
        typed = rescue.restored_in(self.request, [*names, "ask"])
        return typed if bool(typed.pop("ask", "")) == asks else {}

    def _page_with(self, form: forms.Form, status: int, **context: Any) -> HttpResponse:
        """The form that was sent with what was typed in it, and the other one empty."""
        if isinstance(form, QuestionForm):
            return self._page(form, self._verdict(), status, **context)
        assert isinstance(form, VerdictForm)  # noqa: S101 - for the type checker
        return self._page(self._question(), form, status, **context)

    def _page(
        self, question: QuestionForm, verdict: VerdictForm, status: int = 200, **context: Any
    ) -> HttpResponse:
        said = appeals.words_of(self.appeal)
        return self.page(
            status,
            appeal=self.appeal,
            statement=self.appeal.statement,
            said=said,
            question=question,
            verdict=verdict,
            may_ask=self.appeal.state == Appeal.State.OPEN and "question" not in said,
            **context,
        )
