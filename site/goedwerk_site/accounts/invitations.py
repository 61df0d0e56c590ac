"""Invitations in the Wagtail admin: made, counted, taken back; never seen again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView as WagtailCreateView
from wagtail.admin.viewsets.model import ModelViewSet

from . import eligibility
from .models import Invitation


class CreateView(WagtailCreateView):
    """Makes an invitation and shows its link in the answer: after that nobody can."""

    def form_valid(self, form: Any) -> HttpResponse:
        token = eligibility.invite(form.cleaned_data["expires_on"])
        link = self.request.build_absolute_uri(reverse("account_invitation", args=[token]))
        context = {
            "link": link,
            "expires_on": form.cleaned_data["expires_on"],
            "index_url": self.get_success_url(),
            "add_url": self.get_add_url(),
        }
        return render(self.request, "accounts/invitation_made.html", context)


class InvitationViewSet(ModelViewSet):
    model = Invitation
    icon = "mail"
    name = "uitnodigingen"
    menu_label = _("Uitnodigingen")
    add_to_settings_menu = True
    add_view_class = CreateView
    form_fields = ["expires_on"]
    list_display = ["expires_on"]
    list_filter = ["expires_on"]
    copy_view_enabled = False
    inspect_view_enabled = False
