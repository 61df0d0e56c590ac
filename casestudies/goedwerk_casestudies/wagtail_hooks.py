"""Registers the stories' part of the Wagtail admin; what it does stands in ``admin``."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from .admin import clearance_hooks, clearance_revoke, pages, record_words, reports, rounds, tips
from .admin.clearance import SCHEDULE_DROPPED
from .admin.snippets import SortingGroup
from .admin.viewset import SubmissionsViewSet

record_words.add()
register_snippet(SortingGroup)

hooks.register("register_page_header_buttons", pages.page_header_buttons)
hooks.register("register_page_header_buttons", clearance_revoke.page_header_buttons)
hooks.register("register_page_header_buttons", rounds.page_header_buttons)
hooks.register("register_page_header_buttons", tips.page_header_buttons)
hooks.register("register_log_actions", rounds.log_actions)
hooks.register("construct_page_action_menu", clearance_hooks.page_action_menu)
hooks.register("before_bulk_action", clearance_hooks.before_bulk_action)
hooks.register("before_copy_page", clearance_hooks.before_copy_page)
hooks.register("construct_homepage_panels", clearance_hooks.add_panels)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        SCHEDULE_DROPPED,
        _("Geplande publicatie vervalt"),
        _("Geplande publicatie vervallen: er was nog geen vrijgave"),
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What an owner can give to a group in the admin."""
    return Permission.objects.filter(
        content_type__app_label="goedwerk_casestudies",
        codename__in=["abstract_submission", "sign_story"],
    )


@hooks.register("register_admin_viewset")
def submissions() -> SubmissionsViewSet:
    return SubmissionsViewSet()


@hooks.register("register_admin_urls")
def clearance_urls() -> list[URLPattern]:
    return [
        path(
            "vrijgave/<int:page_id>/intrekken/",
            clearance_revoke.RevokeView.as_view(),
            name="goedwerk_clearance_revoke",
        )
    ]


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


@hooks.register("register_admin_urls")
def round_urls() -> list[URLPattern]:
    return [
        path("rondes/<int:page_id>/", rounds.RoundsView.as_view(), name="goedwerk_rounds"),
        path(
            "rondes/<int:page_id>/sluiten/",
            rounds.CloseView.as_view(),
            name="goedwerk_round_close",
        ),
    ]


@hooks.register("register_admin_urls")
def tip_urls() -> list[URLPattern]:
    return [path("handvatten/<int:page_id>/", tips.TipsView.as_view(), name="goedwerk_tips")]
