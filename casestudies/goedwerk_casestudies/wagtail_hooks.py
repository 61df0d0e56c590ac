"""Registers the stories' part of the Wagtail admin; what it does stands in ``admin``."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from .admin import reports


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
