"""One decision on many: chosen in the list, confirmed on a page of its own, with one reason."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access
from ..actions.bulk import MOST, TOGETHER, Outcome, decide_many
from ..errors import StaleDecision
from ..models import Contribution
from ..transitions import Action
from . import queue
from .forms import ON_A_CONTRIBUTION, ReasonForm
from .guard import ForModerators

#: What was chosen: public ids with the version that was seen.
Seen = dict[str, int]


class TogetherForm(ReasonForm):
    """The decision, and why; the same for all."""

    action = forms.ChoiceField(
        label=gettext_lazy("Wat beslis je over deze bijdragen?"),
        choices=[(action.value, ON_A_CONTRIBUTION[action][0]) for action in TOGETHER],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies wat je beslist."),
            "invalid_choice": gettext_lazy("Kies een van de beslissingen hieronder."),
        },
    )
    field_order = ["action", "reason", "law", "canned", "words"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_reason(self.cleaned_data.get("action"))
        return self.cleaned_data


class TogetherView(ForModerators, WagtailAdminTemplateMixin):
    """First what was chosen and the form; with ``confirmed`` the decision on all of it."""

    template_name = "goedwerk_forum/admin/together.html"
    header_icon = "comment"
    page_title = gettext_lazy("Samen beslissen")
    http_method_names = ["post"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_moderation:index"), "label": _("Moderatie")},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def list_url(self) -> str:
        return reverse("goedwerk_moderation:index") + queue.carried(self.request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        seen = _seen(request.POST.getlist("seen"))
        if not seen:
            messages.error(request, _("Kies eerst een of meer bijdragen in de lijst."))
            return HttpResponseRedirect(self.list_url)
        if len(seen) > MOST:
            messages.error(
                request, _("Kies hooguit %(number)d bijdragen tegelijk.") % {"number": MOST}
            )
            return HttpResponseRedirect(self.list_url)
        if "confirmed" not in request.POST:
            form = TogetherForm(initial={"action": request.POST.get("action", "")})
            return self._page(form, seen)
        return self._decide(seen)

    def _decide(self, seen: Seen) -> HttpResponse:
        form = TogetherForm(self.request.POST)
        if form.asks_for_words():
            return self._page(TogetherForm(initial=form.started()), seen, put_in=True)
        if not form.is_valid():
            return self._page(form, seen, status=422)
        action = Action(form.cleaned_data["action"])
        try:
            outcome = decide_many(
                user=self.request.user,
                seen=seen,
                action=action,
                reason="" if action == Action.PUBLISH else form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
                law=form.cleaned_data["law"],
            )
        except StaleDecision as error:
            return self._page(form, seen, status=409, refused=error)
        if outcome.decided:
            messages.success(self.request, _said(action, len(outcome.decided)))
        if outcome.skipped:
            return self._outcome(outcome)
        return HttpResponseRedirect(self.list_url)

    def _page(
        self, form: TogetherForm, seen: Seen, status: int = 200, **extra: Any
    ) -> HttpResponse:
        chosen = _rows(self.request, seen)
        context = self.get_context_data(
            form=form,
            chosen=chosen,
            gone=len(seen) - len(chosen),
            seen=[f"{public_id}:{version}" for public_id, version in seen.items()],
            list_url=self.list_url,
            **extra,
        )
        return self.render_to_response(context, status=status)

    def _outcome(self, outcome: Outcome) -> HttpResponse:
        """Each that was skipped, and why; it is named only where she may read it."""
        rows = {
            row.public_id: row
            for row in _rows(self.request, [skipped.public_id for skipped in outcome.skipped])
        }
        skipped = [(rows.get(item.public_id), item.why) for item in outcome.skipped]
        context = self.get_context_data(
            decided=len(outcome.decided), skipped=skipped, list_url=self.list_url
        )
        return self.response_class(
            request=self.request,
            template=["goedwerk_forum/admin/together_done.html"],
            context=context,
            using=self.template_engine,
            status=409,
        )


def _seen(values: list[str]) -> Seen:
    """What the boxes of the list say: "public id:version"."""
    seen: Seen = {}
    for value in values:
        public_id, _colon, version = value.partition(":")
        if public_id and version.isascii() and version.isdigit():
            seen[public_id] = int(version[:9])
    return seen


def _rows(request: HttpRequest, public_ids: Any) -> list[Contribution]:
    judgeable = access.judgeable_contributions(cast(AbstractUser, request.user))
    rows = judgeable.filter(public_id__in=list(public_ids)).order_by(*queue.IN_TURN)
    return list(queue.with_texts(rows))


def _said(action: Action, number: int) -> str:
    sentences = {
        Action.PUBLISH: ngettext(
            "%(number)d bijdrage geplaatst.", "%(number)d bijdragen geplaatst.", number
        ),
        Action.RETURN: ngettext(
            "%(number)d bijdrage teruggegeven.", "%(number)d bijdragen teruggegeven.", number
        ),
        Action.REJECT: ngettext(
            "%(number)d bijdrage niet geplaatst.", "%(number)d bijdragen niet geplaatst.", number
        ),
    }
    return sentences[action] % {"number": number}
