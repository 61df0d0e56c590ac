"""Steps on the road of a submission: take, hand over, refuse, take back, make a page."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from goedwerk_forum.errors import ForumError, IllegalTransition, KeyMissing, NotFound
from goedwerk_forum.views import rescue

from ..actions import workbench
from ..actions.stories import NotReady, make_page
from ..actions.workbench import StaleWork, desk_of
from ..models import Submission
from ..obstacles import obstacles
from .base import SubmissionView
from .bench_page import left_of
from .forms import HandOverForm, PlaceForm, RefusalForm


class StepView(SubmissionView):
    """A step that is one press; only a POST takes it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        try:
            self.act(self.submission, request.user)
        except IllegalTransition:
            messages.warning(request, _("Dat kan niet meer: de inzending is intussen verder."))
        return HttpResponseRedirect(self.url_of("bench"))

    def act(self, submission: Submission, user: Any) -> None:
        raise NotImplementedError


class TakeView(StepView):
    def act(self, submission: Submission, user: Any) -> None:
        workbench.take(submission, by=user)
        messages.success(self.request, _("Je hebt deze inzending nu in bewerking."))


class TakeBackView(StepView):
    def act(self, submission: Submission, user: Any) -> None:
        workbench.take_back(submission, by=user)
        messages.success(
            self.request, _("De inzending is terug op de werkbank. De goedkeuring stopt.")
        )


class FormView(SubmissionView):
    """A step with a form; who may not take it sees why, and nothing happens."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self.page(form=self.form())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(422, form=form)
        try:
            return self.act(form)
        except StaleWork:
            return self.page(409, form=form, is_stale=True)
        except NotReady as error:
            return self.page(409, form=form, found=error.obstacles)
        except (KeyMissing, NotFound):
            raise
        except ForumError as error:
            del self.submission
            return self.page(409, form=form, refused=error)

    def form(self, data: Any = None) -> Form:
        raise NotImplementedError

    def act(self, form: Any) -> HttpResponse:
        raise NotImplementedError


class HandOverView(FormView):
    template_name = "goedwerk_casestudies/admin/hand_over.html"
    step = "hand_over"

    def form(self, data: Any = None) -> HandOverForm:
        return HandOverForm(self.request.user, data)

    def act(self, form: HandOverForm) -> HttpResponse:
        user: Any = self.request.user
        to = form.colleagues.get(form.cleaned_data["to"])
        workbench.hand_over(self.submission, by=user, to=to)
        said = _("Overgedragen.") if to else _("De inzending ligt terug in de lijst.")
        messages.success(self.request, said)
        return redirect(reverse("goedwerk_submissions:index"))


class RefuseView(FormView):
    template_name = "goedwerk_casestudies/admin/refuse.html"
    step = "refuse"

    def form(self, data: Any = None) -> RefusalForm:
        return RefusalForm(data, initial=rescue.restored(self.request))

    def act(self, form: RefusalForm) -> HttpResponse:
        user: Any = self.request.user
        workbench.refuse(
            self.submission,
            by=user,
            why=form.cleaned_data["why"],
            words=form.cleaned_data["words"],
        )
        messages.success(self.request, _("Niet geplaatst."))
        return rescue.forgotten(self.request, redirect(reverse("goedwerk_submissions:index")))


class MakePageView(FormView):
    """What is still to be done, and when nothing is: make the page."""

    template_name = "goedwerk_casestudies/admin/make_page.html"
    step = "page"

    def form(self, data: Any = None) -> PlaceForm:
        version = desk_of(self.submission).work.version
        return PlaceForm(self.request.user, data, initial={"version": version})

    def act(self, form: PlaceForm) -> HttpResponse:
        user: Any = self.request.user
        page = make_page(
            self.submission,
            by=user,
            version=form.cleaned_data["version"],
            parent=form.place(),
        )
        if page.current_workflow_state is None:
            messages.warning(self.request, without_workflow())
        else:
            messages.success(
                self.request, _("Het concept staat klaar. Een tweede redacteur kijkt ernaar.")
            )
        return redirect(reverse("goedwerk_submissions:beside", args=[self.public_id]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        desk = desk_of(self.submission)
        return super().get_context_data(
            obstacles=obstacles(desk.work, desk.examined), left=left_of(desk), **kwargs
        )


def without_workflow() -> str:
    return _(
        "Het concept staat klaar, maar er is geen goedkeuring ingesteld voor deze plek. Vraag de "
        "beheerder om bij Instellingen → Workflows de workflow voor verhalen aan te wijzen."
    )
