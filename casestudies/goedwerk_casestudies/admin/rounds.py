"""The rounds of a statement or assignment, opened and closed by who guides it.

Staff see what readers see: totals in steps of five, and never who answered.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from ..models import BallotPageMixin
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


class RoundsView(WagtailAdminTemplateMixin, View):
    """What stands open, and the buttons that open and close."""

    template_name = "goedwerk_casestudies/admin/rounds.html"
    page_title = gettext_lazy("Rondes")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page: Any = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.page, BallotPageMixin):
            raise Http404
        if not may_guide(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        rounds = self.page.rounds
        context = self.get_context_data(
            page=self.page,
            rounds=rounds,
            open_round=next((one for one in rounds if one.is_open), None),
            can_open=self.page.live and not self.page.alias_of_id and len(rounds) < ROUNDS,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        try:
            self._do(request.POST.get("do", ""))
        except ForumError as problem:
            messages.error(request, str(problem))
        return redirect("goedwerk_rounds", self.page.pk)

    def _do(self, what: str) -> None:
        if what == "open" and self.page.live and not self.page.alias_of_id:
            made = open_round(page=self.page, user=self.request.user)
            messages.success(self.request, _("Ronde %(number)s is open.") % {"number": made.number})
        for one in self.page.rounds if what == "close" else ():
            if one.is_open:
                close_round(round_=one, user=self.request.user)
                messages.success(
                    self.request, _("Ronde %(number)s is gesloten.") % {"number": one.number}
                )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())
