"""Registers the plugin's part of the Wagtail admin; what it does stands in ``admin``."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import access
from .admin import content_checks, harvests, pages, panels
from .admin.audit import AuditReportView
from .admin.checks import ChecksViewSet
from .admin.dashboard import DashboardViewSet
from .admin.formats import FormatsViewSet
from .admin.kinds import KindsViewSet, LensesViewSet
from .admin.page_reports import PageReportsViewSet
from .admin.practice import PracticeCasesViewSet, PracticeViewSet
from .admin.precision import PrecisionReportView
from .admin.research import ResearchView
from .admin.verifying import VerifyAuditView
from .admin.viewsets import (
    CannedReasonViewSet,
    GuideSentenceViewSet,
    ModerationViewSet,
    RoleLabelViewSet,
)
from .admin.words import WordsViewSet

hooks.register("construct_homepage_panels", panels.add_panels)
hooks.register("construct_wagtail_userbar", content_checks.use_our_checks)
hooks.register("before_delete_page", pages.before_delete_page)
hooks.register("register_page_header_buttons", pages.page_header_buttons)
hooks.register("register_page_header_buttons", harvests.page_header_buttons)

# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", pages.DeletePagesBulkAction, order=100)


@hooks.register("register_admin_viewset")
def moderation() -> ModerationViewSet:
    return ModerationViewSet()


@hooks.register("register_admin_viewset")
def dashboard() -> DashboardViewSet:
    return DashboardViewSet()


@hooks.register("register_admin_viewset")
def practice() -> PracticeViewSet:
    return PracticeViewSet()


@hooks.register("register_admin_viewset")
def practice_cases() -> PracticeCasesViewSet:
    return PracticeCasesViewSet()


@hooks.register("register_admin_viewset")
def page_reports() -> PageReportsViewSet:
    return PageReportsViewSet()


@hooks.register("register_admin_viewset")
def harvest_making() -> harvests.HarvestsViewSet:
    return harvests.HarvestsViewSet()


@hooks.register("register_admin_viewset")
def role_labels() -> RoleLabelViewSet:
    return RoleLabelViewSet()


@hooks.register("register_admin_viewset")
def canned_reasons() -> CannedReasonViewSet:
    return CannedReasonViewSet()


@hooks.register("register_admin_viewset")
def kinds_of_contribution() -> KindsViewSet:
    return KindsViewSet()


@hooks.register("register_admin_viewset")
def lenses() -> LensesViewSet:
    return LensesViewSet()


@hooks.register("register_admin_viewset")
def guide_sentences() -> GuideSentenceViewSet:
    return GuideSentenceViewSet()


@hooks.register("register_admin_viewset")
def formats() -> FormatsViewSet:
    return FormatsViewSet()


@hooks.register("register_admin_viewset")
def checks() -> ChecksViewSet:
    return ChecksViewSet()


@hooks.register("register_admin_viewset")
def words() -> WordsViewSet:
    return WordsViewSet()


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLPattern]:
    return [
        path("reports/moderatie/", AuditReportView.as_view(), name="goedwerk_audit"),
        path(
            "reports/moderatie/resultaten/",
            AuditReportView.as_view(results_only=True),
            name="goedwerk_audit_results",
        ),
        path(
            "reports/moderatie/controle/", VerifyAuditView.as_view(), name="goedwerk_verify_audit"
        ),
        path("reports/onderzoek/", ResearchView.as_view(), name="goedwerk_research"),
        path("reports/controles/", PrecisionReportView.as_view(), name="goedwerk_precision"),
        path(
            "reports/controles/resultaten/",
            PrecisionReportView.as_view(results_only=True),
            name="goedwerk_precision_results",
        ),
    ]


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("goedwerk_forum.view_auditrecord")


@hooks.register("register_reports_menu_item")
def audit_menu_item() -> MenuItem:
    return AuditMenuItem(
        _("Logboek van de moderatie"), reverse("goedwerk_audit"), icon_name="history", order=950
    )


class ResearchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.may_export_research(request.user)


@hooks.register("register_reports_menu_item")
def research_menu_item() -> MenuItem:
    return ResearchMenuItem(
        _("Cijfers voor onderzoek"), reverse("goedwerk_research"), icon_name="table", order=952
    )


class PrecisionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("goedwerk_forum.view_checkprecision")


@hooks.register("register_reports_menu_item")
def precision_menu_item() -> MenuItem:
    return PrecisionMenuItem(
        _("Hoe vaak de controles gelijk hebben"),
        reverse("goedwerk_precision"),
        icon_name="tasks",
        order=951,
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What an owner can give to a group in the admin."""
    return Permission.objects.filter(
        content_type__app_label="goedwerk_forum",
        codename__in=[
            "moderate_discussion",
            "guide_discussion",
            "export_research",
            "view_auditrecord",
            "unmask",
            "rotate_keys",
            "view_checkprecision",
            "view_decisiontime",
            "change_checksetting",
        ],
    )


@hooks.register("insert_global_admin_css")
def stylesheet() -> SafeString:
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"goedwerk_forum/admin/{name}"),) for name in ("admin.css", "dashboard.css")),
    )


@hooks.register("insert_editor_js")
def autosave_script() -> SafeString:
    return format_html('<script src="{}"></script>', static("goedwerk_forum/admin/autosave.js"))
