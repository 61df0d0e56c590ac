"""Taking a signature back: the way off the site for a story that turns out to point at somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from goedwerk_forum.people import Person

from ..actions.clearance import Why, revoke
from ..clearance import is_story, signatures
from ..four_eyes import may_sign


class RevokeForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("Waarom?"), choices=Why.choices, widget=forms.RadioSelect
    )


class RevokeView(WagtailAdminTemplateMixin, View):
    template_name = "goedwerk_casestudies/admin/clearance_revoke.html"
    page_title = gettext_lazy("Trek de vrijgave in")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        if not can_revoke(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return self._shown(RevokeForm())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self._shown(form, 422)
        revoke(self.page, by=request.user, why=Why(form.cleaned_data["why"]))
        messages.success(
            request, _("De vrijgave is ingetrokken. Het verhaal staat niet op de site.")
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def _shown(self, form: RevokeForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(page=self.page, form=form)
        return self.render_to_response(context, status=status)


def can_revoke(page: Page, user: Person) -> bool:
    """Whether there is a signature to take back, and ``user`` may sign herself."""
    has_signature = signatures(page.pk).exists()
    return is_story(page) and may_sign(user) and has_signature


def page_header_buttons(
    page: Page, user: Person, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if can_revoke(page, user):
        url = reverse("goedwerk_clearance_revoke", args=[page.pk])
        yield Button(_("Trek de vrijgave in"), url=url, icon_name="lock", priority=95)
