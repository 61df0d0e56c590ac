from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .. import access
from .bench import BenchView
from .beside import BesideView
from .checking import CheckView
from .letterbox import LetterboxView
from .listing import InboxView
from .steps import HandOverView, MakePageView, RefuseView, TakeBackView, TakeView


class SubmissionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.is_abstracter(request.user)


class SubmissionsViewSet(ViewSet):
    """The list of submissions and the workbench of each."""

    name = "goedwerk_submissions"
    url_prefix = "inzendingen"
    icon = "edit"
    menu_label = _("Inzendingen")
    menu_name = "inzendingen"
    menu_order = 140
    menu_item_class = SubmissionsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", InboxView.as_view(), name="index"),
            path("resultaten/", InboxView.as_view(results_only=True), name="index_results"),
            path("<slug:public_id>/", BenchView.as_view(), name="bench"),
            path("<slug:public_id>/neem/", TakeView.as_view(), name="take"),
            path("<slug:public_id>/terug/", TakeBackView.as_view(), name="take_back"),
            path("<slug:public_id>/herkenning/", CheckView.as_view(), name="check"),
            path("<slug:public_id>/pagina/", MakePageView.as_view(), name="page"),
            path("<slug:public_id>/brieven/", LetterboxView.as_view(), name="letters"),
            path("<slug:public_id>/overdragen/", HandOverView.as_view(), name="hand_over"),
            path("<slug:public_id>/weiger/", RefuseView.as_view(), name="refuse"),
            path("<slug:public_id>/naast-elkaar/", BesideView.as_view(), name="beside"),
        ]
