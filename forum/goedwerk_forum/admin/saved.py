"""Views of the queue that an ambassador keeps: shown above the list, made and removed there."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..actions.views import forget_view, save_view
from ..models import SavedView
from ..people import key_of
from . import queue
from .guard import ForModerators


@dataclass(frozen=True)
class ShownView:
    """A kept view as a link; ``is_shown`` where the list shows exactly this."""

    public_id: str
    name: str
    url: str
    is_shown: bool


class SavedViewForm(forms.ModelForm):
    """A name for the filters of now."""

    class Meta:
        model = SavedView
        fields = ["name", "query"]


def views_of(request: HttpRequest, narrowed: str) -> list[ShownView]:
    """The asker's own views; one query."""
    index = reverse("goedwerk_moderation:index")
    return [
        ShownView(view.public_id, view.name, f"{index}?{view.query}", view.query == narrowed)
        for view in SavedView.objects.filter(user_id=key_of(request.user))
    ]


class SaveView(ForModerators):
    """Keeps the filters of the list that the form stands on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        query = queue.carried(QueryDict(request.POST.get("query", ""))).lstrip("?")
        form = SavedViewForm({"name": request.POST.get("name", "").strip(), "query": query})
        if not query:
            messages.error(request, _("Kies eerst wat je wilt zien. Bewaar daarna de weergave."))
        elif not form.is_valid():
            messages.error(
                request, _("Geef de weergave een naam van hooguit 40 tekens. Er is niets bewaard.")
            )
        else:
            save_view(user=request.user, name=form.cleaned_data["name"], query=query)
            messages.success(request, _("De weergave is bewaard. Alleen jij ziet haar."))
        index = reverse("goedwerk_moderation:index")
        return HttpResponseRedirect(f"{index}?{query}" if query else index)


class ForgetView(ForModerators):
    """Removes one of the asker's views."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, view: str) -> HttpResponse:
        forget_view(user=request.user, public_id=view)
        messages.success(request, _("De weergave is weg."))
        return HttpResponseRedirect(reverse("goedwerk_moderation:index"))
