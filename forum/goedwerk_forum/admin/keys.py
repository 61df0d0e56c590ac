"""The keys of the queue, as a page of its own: the same list that "?" shows over the queue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .guard import ForModerators


def has_keys(request: HttpRequest) -> bool:
    """Whether the asker left the shortcuts of the admin on; Wagtail keeps that with her account."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    return bool(getattr(profile, "keyboard_shortcuts", True))


class KeysView(ForModerators, WagtailAdminTemplateMixin):
    template_name = "goedwerk_forum/admin/keys.html"
    header_icon = "help"
    page_title = gettext_lazy("Toetsen")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(has_keys=has_keys(request)))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_moderation:index"), "label": _("Moderatie")},
            {"url": "", "label": self.get_page_title()},
        ]
