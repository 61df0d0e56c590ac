"""The rounds of a statement or assignment, opened and closed by who guides it.

Staff see what readers see: totals in steps of five, and never who answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from goedwerk_forum.errors import ForumError
from goedwerk_forum.people import Person, key_of

from ..actions.ballots import CLOSED, OPENED, close_round, open_round
from ..models import BallotPageMixin, Round
from ..models.ballot_pages import ROUNDS


def may_guide(page: Any, user: Person) -> bool:
    """Whether ``user`` opens and closes rounds: who publishes the page, or guides its dialogue."""
    if page.permissions_for_user(user).can_publish():
        return True
    return bool(user.is_active and getattr(page, "discussion_guide_id", None) == key_of(user))


def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(OPENED, _("Ronde geopend"), _("Ronde geopend"))
    actions.register_action(CLOSED, _("Ronde gesloten"), _("Ronde gesloten"))


def page_header_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page, BallotPageMixin) and page.pk and may_guide(page, user):
        url = reverse("goedwerk_rounds", args=[page.pk])
        yield Button(_("Rondes"), url=url, icon_name="form", priority=96)


class _OfOnePage(WagtailAdminTemplateMixin, View):
    """For who guides the page, and for pages with rounds only."""

    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page: Any = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.page, BallotPageMixin):
            raise Http404
        if not may_guide(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def open_round(self) -> Round | None:
        return next((one for one in self.page.rounds if one.is_open), None)

    @property
    def can_open(self) -> bool:
        return bool(self.page.live and not self.page.alias_of_id and len(self.page.rounds) < ROUNDS)

    def do(self, act: Callable[[], None]) -> HttpResponse:
        try:
            act()
        except ForumError as problem:
            messages.error(self.request, str(problem))
        return redirect("goedwerk_rounds", self.page.pk)

    def open_next(self) -> None:
        made = open_round(page=self.page, user=self.request.user)
        messages.success(self.request, _("Ronde %(number)s is open.") % {"number": made.number})

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())


class RoundsView(_OfOnePage):
    """What stands open, and the buttons that open and close."""

    template_name = "goedwerk_casestudies/admin/rounds.html"
    page_title = gettext_lazy("Rondes")

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        context = self.get_context_data(
            page=self.page,
            rounds=self.page.rounds,
            open_round=self.open_round,
            can_open=self.can_open,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Opens a round where none is open: what would close one is asked for first."""
        if self.open_round or not self.can_open:
            return redirect("goedwerk_rounds", self.page.pk)
        return self.do(self.open_next)


class CloseView(_OfOnePage):
    """Says what ends and that it is final; closes on a POST, and opens the next round if asked."""

    template_name = "goedwerk_casestudies/admin/round_close.html"
    page_title = gettext_lazy("Sluit een ronde")

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        if self.open_round is None:
            return redirect("goedwerk_rounds", self.page.pk)
        context = self.get_context_data(
            page=self.page, round=self.open_round, can_open=self.can_open
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Closes the round that the page named; one that opened meanwhile stays open."""
        one = self.open_round
        if one is None or request.POST.get("round") != str(one.number):
            messages.error(request, _("Die ronde is al gesloten. Er is nu niets gesloten."))
            return redirect("goedwerk_rounds", self.page.pk)
        opens = request.POST.get("do") == "open" and self.can_open
        return self.do(self.open_next if opens else lambda: self._close(one))

    def _close(self, one: Round) -> None:
        close_round(round_=one, user=self.request.user)
        messages.success(self.request, _("Ronde %(number)s is gesloten.") % {"number": one.number})
