"""Registers the stories' part of the Wagtail admin; what it does stands in ``admin``."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from .admin import pages, reports
from .admin.viewset import SubmissionsViewSet

hooks.register("register_page_header_buttons", pages.page_header_buttons)


@hooks.register("register_admin_viewset")
def submissions() -> SubmissionsViewSet:
    return SubmissionsViewSet()


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("verslag-importeren/", reports.UploadView.as_view(), name="goedwerk_report_import"),
        path(
            "verslag-importeren/<slug:public_id>/",
            reports.ChooseView.as_view(),
            name="goedwerk_report_choose",
        ),
    ]
