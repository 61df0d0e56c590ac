"""Themes and groups of tips in the admin, under a name of their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from goedwerk_forum.admin.stock import SaysWhatNext, SaysWhatNextViewSet

from ..models import Cluster, Theme


class SortingView(SaysWhatNext, IndexView):
    pass


class SortingViewSet(SaysWhatNextViewSet, SnippetViewSet):
    """A list that says what to do where it is empty."""

    index_view_class = SortingView
    index_results_template_name = SortingView.results_template_name


class ThemesViewSet(SortingViewSet):
    """The tensions that stories share."""

    model = Theme
    icon = "tag"
    menu_label = _("Thema’s")
    nothing_yet = _(
        "Er zijn nog geen thema’s. Voeg er een toe: een spanning die in meer verhalen terugkomt. "
        "Daarna kies je het bij een verhaal."
    )
    list_display = ["name", "question"]
    search_fields = ["name", "question", "description"]
    search_backend_name = None


class ClustersViewSet(SortingViewSet):
    """Tips that belong together, in their order."""

    model = Cluster
    icon = "folder-inverse"
    menu_label = _("Groepen handvatten")
    nothing_yet = _(
        "Er zijn nog geen groepen. Voeg er een toe: een handvat hoort bij één groep, en in het "
        "overzicht staan ze bij elkaar."
    )
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
