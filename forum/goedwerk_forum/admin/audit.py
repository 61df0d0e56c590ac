"""The append-only record as a report: read, filter, export; nothing else."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..actions.checks import AS_SITE, OFF, ON
from ..actions.discussions import ORDINARY, SENSITIVE
from ..actions.stock import CHANGED, MADE, REMOVED
from ..checks.registry import check_by_code
from ..models import AuditRecord, Policy, ReasonCode, ReportReason
from ..transitions import State
from .filters import AuditFilterSet
from .labels import action_label, actor_label
from .paginator import KeysFirstPaginator

STATES: dict[str, Any] = {
    **dict([*State.choices, *Policy.choices]),
    SENSITIVE: _("gevoelig verhaal"),
    ORDINARY: _("geen gevoelig verhaal"),
    ON: _("aan"),
    OFF: _("uit"),
    AS_SITE: _("zoals de site"),
    MADE: _("gemaakt"),
    CHANGED: _("gewijzigd"),
    REMOVED: _("weggehaald"),
}


def _state_label(code: str) -> str:
    """The words for a state; of a discussion the record tells by whom its texts are read."""
    said, _space, threshold = code.partition(" ")
    return f"{STATES.get(said, said)} {threshold}".strip()


def _day(record: AuditRecord) -> str:
    return date_format(record.day, "j-n-Y")


def _states(record: AuditRecord) -> str:
    """The state before and after, one where it stayed the same."""
    labels = [_state_label(code) for code in (record.before, record.after) if code]
    return " → ".join(dict.fromkeys(labels))


def _reason_label(code: str) -> str:
    for reasons in (ReasonCode, ReportReason):
        if code in reasons.values:
            return str(reasons(code).label)
    return code


def _reason(record: AuditRecord) -> str:
    """Why; of a check that was set differently, which one."""
    check = check_by_code(record.reason) if record.action == "check" else None
    return str(check.name) if check else _reason_label(record.reason)


def _in_words(label: Any) -> dict[str, Any]:
    return {"csv": label, "xlsx": label}


class RecordPaginator(KeysFirstPaginator):
    verbose_name = _("regel")
    verbose_name_plural = _("regels")


class AuditReportView(ReportView):
    """Who (a role), what, when (a day), why. The record holds no text and no person."""

    model = AuditRecord
    permission_policy = ModelPermissionPolicy(AuditRecord)
    permission_required = "view"
    page_title = _("Logboek van de moderatie")
    header_icon = "history"
    index_url_name = "goedwerk_audit"
    index_results_url_name = "goedwerk_audit_results"
    default_ordering = "-pk"
    table_classname = "listing gw-blocks"
    filterset_class = AuditFilterSet
    paginator_class = RecordPaginator
    is_searchable = True
    search_fields = ["object_id"]
    verbose_name = RecordPaginator.verbose_name
    verbose_name_plural = RecordPaginator.verbose_name_plural
    columns = [
        Column("day", label=_("Dag"), accessor=_day, classname="gw-day"),
        Column("actor", label=_("Wie"), accessor=lambda row: actor_label(row.actor)),
        Column("action", label=_("Wat"), accessor=lambda row: action_label(row.action)),
        Column("object_id", label=_("Waarover"), classname="gw-id"),
        Column("after", label=_("Toestand"), accessor=_states),
        Column("reason", label=_("Reden"), accessor=_reason),
    ]
    list_export = [
        "day",
        "actor",
        "action",
        "object_kind",
        "object_id",
        "object_version",
        "before",
        "after",
        "reason",
        "detected_by_software",
        "decided_by_software",
    ]
    export_headings = {
        "day": _("Dag"),
        "actor": _("Wie"),
        "action": _("Wat"),
        "object_kind": _("Soort"),
        "object_id": _("Waarover"),
        "object_version": _("Versie"),
        "before": _("Van"),
        "after": _("Naar"),
        "reason": _("Reden"),
        "detected_by_software": _("Door software gevonden"),
        "decided_by_software": _("Door software beslist"),
    }
    custom_field_preprocess = {
        "actor": _in_words(actor_label),
        "action": _in_words(action_label),
        "before": _in_words(_state_label),
        "after": _in_words(_state_label),
        "reason": _in_words(_reason_label),
    }

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [
            HeaderButton(
                str(_("Is het logboek nog heel?")),
                reverse("goedwerk_verify_audit"),
                icon_name="check",
            )
        ]

    def get_filename(self) -> str:
        return f"logboek-moderatie-{timezone.localdate():%Y-%m-%d}"
