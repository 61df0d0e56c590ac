"""The screen of one contribution: read, decide, and on to the next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access
from ..actions.moderation import decide
from ..conf import conf
from ..errors import IllegalTransition, NotFound, OwnContribution, StaleDecision
from ..models import Contribution
from ..outbox.rows import next_release
from ..transitions import Action
from . import queue
from .case import case_of, what_happened
from .forms import DecisionForm, choices_for
from .listing import ForModerators


class CaseView(ForModerators, WagtailAdminTemplateMixin):
    """One contribution and the form that decides on it; only a POST decides."""

    template_name = "goedwerk_forum/admin/case.html"
    header_icon = "comment"
    page_title = Contribution._meta.verbose_name

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except OwnContribution as error:
            context = {"error": error}
            return render(request, "goedwerk_forum/admin/own.html", context, status=403)
        except NotFound as error:
            raise Http404 from error

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        return self._page(self._empty_form())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        was_waiting = self.contribution.waiting is not None
        form = DecisionForm(self.contribution, self.revision, request.POST)
        if form.data.get("version") != str(self.contribution.version):
            return self._stale(form)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            self._decide(form)
        except (StaleDecision, IllegalTransition):
            self._read(public_id)
            return self._stale(form)
        messages.success(request, _done(Action(form.cleaned_data["action"])))
        return HttpResponseRedirect(self._onward() if was_waiting else self.list_url)

    def _read(self, public_id: str) -> None:
        """What she judges, as it is now."""
        self.contribution = access.judgeable(self.request.user, public_id)
        self.revision = queue.revision_to_judge(self.contribution)

    def _decide(self, form: DecisionForm) -> None:
        decision = form.cleaned_data
        action = Action(decision["action"])
        decide(
            user=self.request.user,
            public_id=self.contribution.public_id,
            version=decision["version"],
            action=action,
            reason="" if action == Action.PUBLISH else decision["reason"],
            words=decision["words"],
            judgements=form.judgements(),
        )

    def _empty_form(self, **typed: str) -> DecisionForm:
        initial = {"version": self.contribution.version} | typed
        return DecisionForm(self.contribution, self.revision, initial=initial)

    def _stale(self, form: DecisionForm) -> HttpResponse:
        """What happened meanwhile, with what she typed in a form on the newer state."""
        typed = {name: form.data.get(name, "") for name in ("reason", "words")}
        context = {
            "is_stale": True,
            "happened": what_happened(self.contribution),
            "typed_words": typed["words"],
        }
        return self._page(self._empty_form(**typed), status=409, **context)

    def _page(self, form: DecisionForm, status: int = 200, **extra: Any) -> HttpResponse:
        context = self.get_context_data(form=form, **extra)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contribution = self.contribution
        case = case_of(contribution, self.revision)
        form: DecisionForm = kwargs["form"]
        return super().get_context_data(
            case=case,
            findings=[(found, form.judgement_of(found.index)) for found in case.findings],
            contribution=contribution,
            discussion=contribution.discussion,
            parent=contribution.in_reply_to,
            can_decide=bool(choices_for(contribution)),
            measures=access.measures_of(self.request.user, contribution.participant),
            previous_url=self._neighbour("pk__lt", "-pk"),
            next_url=self._neighbour("pk__gt", "pk"),
            list_url=self.list_url,
            **kwargs,
        )

    def get_page_subtitle(self) -> str:
        return self.contribution.participant.pseudonym

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_moderation:index"), "label": _("Moderatie")},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    @cached_property
    def list_url(self) -> str:
        """The list that she came from: the queue, or everything."""
        name = "index" if self.contribution.waiting else "everything"
        return reverse(f"goedwerk_moderation:{name}") + queue.carried(self.request.GET)

    def _neighbour(self, side: str, order: str) -> str | None:
        found = (
            queue.narrowed(self.request)
            .filter(**{side: self.contribution.pk})
            .order_by(order)
            .values_list("public_id", flat=True)
            .first()
        )
        return self._case_url(found) if found else None

    def _onward(self) -> str:
        """The next that waits; after the last one, those that were skipped; then the list."""
        skipped = queue.narrowed(self.request).exclude(pk=self.contribution.pk)
        first = skipped.values_list("public_id", flat=True).first()
        following = self._neighbour("pk__gt", "pk")
        return following or (self._case_url(first) if first else self.list_url)

    def _case_url(self, public_id: str) -> str:
        url = reverse("goedwerk_moderation:case", args=[public_id])
        return url + queue.carried(self.request.GET)


def _done(action: Action) -> str:
    if action == Action.PUBLISH:
        return _published()
    return {
        Action.RETURN: _("Teruggegeven. De schrijver leest je reden bij de berichten."),
        Action.REJECT: _("Niet geplaatst. De schrijver leest je reden bij de berichten."),
        Action.HIDE: _("Verborgen. Lezers zien een lege plek; iemand kijkt er nog eens naar."),
    }[action]


def _published() -> str:
    if not conf().RELEASE_EVERY:
        return _("Geplaatst. Lezers zien de bijdrage nu.")
    moment = time_format(timezone.localtime(next_release()))
    return _("Geplaatst. Lezers zien de bijdrage vanaf %(time)s uur.") % {"time": moment}
