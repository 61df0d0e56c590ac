"""The screen of one contribution: read, decide, and on to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access
from ..actions import desk, undoing
from ..actions.moderation import decide
from ..conf import conf
from ..errors import (
    ClaimedByColleague,
    IllegalTransition,
    NotWaiting,
    SecondLookAsked,
    StaleDecision,
)
from ..models import Contribution
from ..outbox.rows import next_release
from ..transitions import Action
from ..views import rescue
from . import queue
from .case import case_of, what_happened
from .forms import DecisionForm, NoteForm, choices_for
from .guard import ForModerators
from .handling import SECOND_LOOK, desk_of_case
from .keys import has_keys
from .queue import Place
from .undoing import keep, waiting_in

#: Fields of the decision that are about one version: they do not go along to a newer one.
NOT_TYPED = ("version", "action")


class CaseView(ForModerators, WagtailAdminTemplateMixin):
    """One contribution and the form that decides on it; only a POST decides."""

    template_name = "goedwerk_forum/admin/case.html"
    header_icon = "comment"
    page_title = Contribution._meta.verbose_name

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        if not _is_prefetch(request):
            desk.claim(user=request.user, contribution=self.contribution)
        return self._page(
            self._empty_form(**self._typed_before()),
            note_form=NoteForm(initial=rescue.restored_in(request, ["text"])),
        )

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._read(public_id)
        if "note" in request.POST:
            return self._write_note()
        was_waiting = self.contribution.waiting is not None
        form = DecisionForm(self.contribution, self.revision, request.POST)
        if form.data.get("version") != str(self.contribution.version):
            return self._stale(form)
        if form.asks_for_words():
            return self._page(self._empty_form(**form.started()), put_in=True)
        if not form.is_valid():
            return self._page(form, status=422)
        stood = undoing.before(self.contribution)
        try:
            if "take_over" in request.POST:
                desk.take_over(user=request.user, public_id=public_id)
            decided = self._decide(form)
        except (StaleDecision, IllegalTransition, NotWaiting):
            self._read(public_id)
            return self._stale(form)
        except (ClaimedByColleague, SecondLookAsked) as error:
            return self._page(form, status=409, refused=error, is_for_others=False)
        action = Action(form.cleaned_data["action"])
        at_once = decided.discussion.in_circle
        messages.success(request, _done(action, at_once=at_once))
        response = HttpResponseRedirect(self._onward() if was_waiting else self.list_url)
        self._keep_proof(response, decided, stood, form)
        return rescue.forgotten(request, response)

    def _keep_proof(
        self,
        response: HttpResponse,
        decided: Contribution,
        stood: undoing.Before,
        form: DecisionForm,
    ) -> None:
        signed = undoing.proof(
            user=self.request.user,
            decided=decided,
            stood=stood,
            action=Action(form.cleaned_data["action"]),
            reason=form.cleaned_data["reason"],
            judgements=form.judgements(),
        )
        if signed:
            keep(response, self.request, signed)

    def _write_note(self) -> HttpResponse:
        """A word for the colleagues; in the form that decides stays what she lost at a sign-in."""
        form = NoteForm(self.request.POST)
        if not form.is_valid():
            refused = None if self.contribution.waiting else NotWaiting()
            decision = self._empty_form(**self._typed_before())
            return self._page(decision, status=422, note_form=form, refused=refused)
        asks = self.request.POST["note"] == SECOND_LOOK
        try:
            desk.add_note(
                user=self.request.user,
                public_id=self.contribution.public_id,
                text=form.cleaned_data["text"],
                asks_second_look=asks,
            )
        except NotWaiting as error:
            return self._too_late_for(form, error)
        messages.success(
            self.request,
            _("Een collega beslist. Je leest hier wat zij ervan vindt.")
            if asks
            else _("Je notitie staat bij deze bijdrage."),
        )
        here = HttpResponseRedirect(self.request.get_full_path())
        return here if self._typed_before() else rescue.forgotten(self.request, here)

    def _too_late_for(self, note: NoteForm, error: NotWaiting) -> HttpResponse:
        """A colleague decided meanwhile; what the note says is there to be copied."""
        self._read(self.contribution.public_id)
        decision = self._empty_form(**self._typed_before())
        return self._page(decision, status=409, refused=error, note_form=note)

    def _read(self, public_id: str) -> None:
        """What she judges, as it is now."""
        self.contribution = access.judgeable(self.request.user, public_id)
        self.revision = queue.revision_to_judge(self.contribution)

    def _decide(self, form: DecisionForm) -> Contribution:
        decision = form.cleaned_data
        action = Action(decision["action"])
        return decide(
            user=self.request.user,
            public_id=self.contribution.public_id,
            version=decision["version"],
            action=action,
            reason="" if action == Action.PUBLISH else decision["reason"],
            words=decision["words"],
            law=decision["law"],
            judgements=form.judgements(),
            marks=form.marks,
            answer=decision.get("answer", ""),
        )

    def _empty_form(self, **typed: str) -> DecisionForm:
        initial = {"version": self.contribution.version} | typed
        return DecisionForm(self.contribution, self.revision, initial=initial)

    def _typed_before(self) -> dict[str, str]:
        """What she typed before she had to sign in again."""
        if not rescue.restored(self.request):
            return {}
        names = self._empty_form().fields
        return rescue.restored_in(self.request, [name for name in names if name not in NOT_TYPED])

    def _stale(self, form: DecisionForm) -> HttpResponse:
        """What happened meanwhile, with what she typed in a form on the newer state."""
        typed = {name: form.data.get(name, "") for name in form.fields if name not in NOT_TYPED}
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
        kwargs.setdefault("note_form", NoteForm())
        return super().get_context_data(
            case=case,
            findings=[(found, form.judgement_of(found.index)) for found in case.findings],
            contribution=contribution,
            discussion=contribution.discussion,
            parent=contribution.in_reply_to,
            can_decide=bool(choices_for(contribution)),
            measures=access.measures_of(self.request.user, contribution.participant),
            previous_url=self._neighbour(queue.in_turn_before),
            next_url=self._neighbour(queue.in_turn_after),
            list_url=self.list_url,
            query=queue.carried(self.request.GET),
            undoable=waiting_in(self.request),
            has_keys=has_keys(self.request),
            **desk_of_case(self.request, contribution) | kwargs,
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

    def _neighbour(self, beside: Callable[..., list[str]]) -> str | None:
        found = beside(self._free(), Place.of(self.contribution), 1, "public_id")
        return self._case_url(found[0]) if found else None

    def _free(self) -> QuerySet[Contribution]:
        """The queue as she narrowed it, without what is in others' hands."""
        return queue.free_for(self.request, queue.narrowed(self.request))

    def _onward(self) -> str:
        """The next that waits; after the last one, those that were skipped; then the list."""
        following = self._neighbour(queue.in_turn_after)
        if following:
            return following
        skipped = self._free().exclude(pk=self.contribution.pk)
        first = skipped.values_list("public_id", flat=True).first()
        return self._case_url(first) if first else self.list_url

    def _case_url(self, public_id: str) -> str:
        url = reverse("goedwerk_moderation:case", args=[public_id])
        return url + queue.carried(self.request.GET)


def _is_prefetch(request: HttpRequest) -> bool:
    """Whether a browser or a robot looks ahead: nobody reads it, so nobody has it in hand."""
    return request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", "")


def _done(action: Action, *, at_once: bool) -> str:
    if action == Action.PUBLISH:
        return _published(at_once=at_once)
    return {
        Action.RETURN: _("Teruggegeven. De schrijver leest je reden bij de berichten."),
        Action.REJECT: _("Niet geplaatst. De schrijver leest je reden bij de berichten."),
        Action.HIDE: _("Verborgen. Lezers zien een lege plek; iemand kijkt er nog eens naar."),
    }[action]


def _published(*, at_once: bool) -> str:
    if at_once or not conf().RELEASE_EVERY:
        return _("Geplaatst. Lezers zien de bijdrage nu.")
    moment = time_format(timezone.localtime(next_release()))
    return _("Geplaatst. Lezers zien de bijdrage vanaf %(time)s uur.") % {"time": moment}
