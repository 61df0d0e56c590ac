"""What Wagtail's own screens say and hide where a story is not cleared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from ..clearance import is_cleared, is_story, uncleared_live_ids
from ..four_eyes import latest
from ..models import StoryMixin
from ..shown import names_in, traceable
from . import home
from .clearance import dropped_schedules


def page_action_menu(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """A new story cannot be published at once: the button is not there."""
    if context["view"] == "create" and _creates_story(request):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]


def _creates_story(request: HttpRequest) -> bool:
    named = request.resolver_match.kwargs if request.resolver_match else {}
    app, model = named.get("content_type_app_name"), named.get("content_type_model_name")
    return bool(app and model) and issubclass(apps.get_model(str(app), str(model)), StoryMixin)


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponseRedirect | None:
    """Nothing of a selection goes live where one story of it may not; the message says which."""
    if action_type != "publish":
        return None
    stuck = [page for page in _to_publish(objects, action) if not is_cleared(latest(page))]
    if not stuck:
        return None
    titles = ", ".join(f"‘{page.get_admin_display_title()}’" for page in stuck)
    messages.error(
        request,
        _("Er is niets gepubliceerd. Nog niet vrijgegeven: %(titles)s.") % {"titles": titles},
    )
    return redirect("wagtailadmin_explore", stuck[0].get_parent().pk)


def _to_publish(objects: Iterable[Page], action: Any) -> list[Page]:
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in objects for below in page.get_descendants().not_live()]
    return [page for page in pages if is_story(page)]


def before_copy_page(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """A copy is another page: it starts as a draft, and is signed by itself."""
    pages = page.get_descendants(inclusive=True)
    if request.method != "POST" or not any(is_story(below) for below in pages):
        return None
    slug = request.POST.get("new_slug", "").replace("-", " ")
    if names := [*names_in(request.POST.get("new_title", "")), *names_in(slug)]:
        messages.error(request, traceable(names))
    elif request.POST.get("publish_copies"):
        messages.error(
            request,
            _(
                "Er is niets gekopieerd. Een kopie van een verhaal begint als concept: kopieer "
                "haar zonder te publiceren, en laat haar daarna vrijgeven."
            ),
        )
    else:
        return None
    return redirect("wagtailadmin_pages:copy", page.pk)


# --- the admin's home page -------------------------------------------------------------------


class UnclearedPanel(Component):
    """Live stories that answer 404, and planned publications that fell through."""

    name = "goedwerk_uncleared"
    order = 25
    template_name = "goedwerk_casestudies/admin/home_uncleared.html"

    def __init__(self, uncleared: list[Page], dropped: list[Page]) -> None:
        self.uncleared = uncleared
        self.dropped = dropped

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"uncleared": self.uncleared, "dropped": self.dropped}


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    uncleared = _editable(request, uncleared_live_ids())
    dropped = _editable(request, dropped_schedules().values_list("page_id", flat=True))
    if uncleared or dropped:
        panels.append(UnclearedPanel(uncleared, dropped))
    if panel := home.panel_of(request):
        panels.append(panel)


def _editable(request: HttpRequest, page_ids: Iterable[int]) -> list[Page]:
    pages = Page.objects.filter(pk__in=list(page_ids)).order_by("path")
    return [page for page in pages if page.permissions_for_user(request.user).can_edit()]
