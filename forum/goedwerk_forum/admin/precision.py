"""How often ambassadors found each check right, as a report: read, export; nothing else."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..checks import precision
from ..checks.verdict import check_by_code
from ..models import CheckPrecision
from .labels import kind_label


def _check_label(row: CheckPrecision) -> str:
    check = check_by_code(row.check_code)
    return str(check.name) if check else row.check_code


def _share(row: CheckPrecision) -> str:
    return f"{row.percent}\N{NO-BREAK SPACE}%" if row.judged else "–"


def _effect(row: CheckPrecision) -> str:
    """What follows from the share."""
    if not precision.says_something(row):
        return str(_("telt nog niet mee: te weinig beoordeeld"))
    if precision.is_below_bar(row):
        return str(_("adviseert alleen nog"))
    return str(_("boven de lat"))


class PrecisionReportView(ReportView):
    """Two counts per kind of finding; no text and no person."""

    model = CheckPrecision
    permission_policy = ModelPermissionPolicy(CheckPrecision)
    permission_required = "view"
    page_title = _("Hoe vaak de controles gelijk hebben")
    header_icon = "tasks"
    index_url_name = "goedwerk_precision"
    index_results_url_name = "goedwerk_precision_results"
    default_ordering = ("check_code", "kind")
    table_classname = "listing gw-blocks"
    verbose_name = _("soort")
    verbose_name_plural = _("soorten")
    columns = [
        Column("check_code", label=_("Controle"), accessor=_check_label),
        Column("kind", label=_("Soort"), accessor=lambda row: kind_label(row.kind)),
        Column("agreed", label=_("Terecht")),
        Column("disagreed", label=_("Onterecht")),
        Column("share", label=_("Gelijk"), accessor=_share),
        Column("effect", label=_("Gevolg"), accessor=_effect),
    ]
    list_export = ["check_code", "kind", "agreed", "disagreed", "percent"]
    export_headings = {
        "check_code": _("Controle"),
        "kind": _("Soort"),
        "agreed": _("Terecht"),
        "disagreed": _("Onterecht"),
        "percent": _("Gelijk"),
    }

    def get_filename(self) -> str:
        return f"controles-{timezone.localdate():%Y-%m-%d}"
