"""Themes and groups of tips in the admin, under a name of their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..models import Cluster, Theme


class ThemesViewSet(SnippetViewSet):
    """The tensions that stories share."""

    model = Theme
    icon = "tag"
    menu_label = _("Thema’s")
    list_display = ["name", "question"]
    search_fields = ["name", "question", "description"]
    search_backend_name = None


class ClustersViewSet(SnippetViewSet):
    """Tips that belong together, in their order."""

    model = Cluster
    icon = "folder-inverse"
    menu_label = _("Groepen handvatten")
    list_display = ["name", "description", "sort_order"]
    search_fields = ["name", "description"]
    search_backend_name = None


class SortingGroup(SnippetViewSetGroup):
    """How stories and tips are sorted; shown to who may change something of it."""

    items = (ThemesViewSet, ClustersViewSet)
    menu_label = _("Indeling")
    menu_name = "indeling"
    menu_icon = "tag"
    menu_order = 145
    add_to_admin_menu = True
