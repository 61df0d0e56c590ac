from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from .. import access
from ..checks.verdict import all_checks
from ..models import AuditRecord, Contribution, Revision, Waiting
from ..transitions import RevisionState
from .labels import ACTORS, action_label
from .queue import JUDGED_STATES


def _granted(request: HttpRequest) -> list[tuple[str, str]]:
    """The discussions granted to the asker, by uuid and title: one query, also to filter on one."""
    granted = access.granted_discussions(request.user).order_by("page__draft_title")
    return [(str(uuid), title) for uuid, title in granted.values_list("uuid", "page__draft_title")]


def _check_choices() -> list[tuple[str, str]]:
    return [(check.code, str(check.name)) for check in all_checks()]


class ContributionFilterSet(WagtailFilterSet):
    """What both lists of contributions can be narrowed by."""

    discussion = django_filters.ChoiceFilter(
        label=_("Dialoog"), field_name="discussion__uuid", empty_label=_("Alle")
    )
    check = django_filters.ChoiceFilter(
        label=_("Gevonden door de controles"),
        choices=_check_choices,
        method="filter_check",
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Contribution
        fields: list[str] = []

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.filters["discussion"].extra["choices"] = _granted(request)

    def filter_check(
        self, queryset: QuerySet[Contribution], _name: str, code: str
    ) -> QuerySet[Contribution]:
        # SQLite has no containment for JSON; the name of a check cannot stand inside another
        # value, because quotes in values are escaped.
        found = (
            Revision.objects.filter(contribution=OuterRef("pk"))
            .exclude(state__in=[RevisionState.DROPPED, RevisionState.ERASED])
            .annotate(as_text=Cast("findings", TextField()))
            .filter(as_text__contains=f'"check": "{code}"')
        )
        return queryset.filter(Exists(found))


class QueueFilterSet(ContributionFilterSet):
    waiting = django_filters.ChoiceFilter(
        label=_("Waarom het wacht"),
        choices=Waiting.choices,
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )


class EverythingFilterSet(ContributionFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Toestand"),
        choices=[(state.value, state.label) for state in JUDGED_STATES],
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )


def _recorded_actions() -> list[tuple[str, Any]]:
    codes = AuditRecord.objects.order_by().values_list("action", flat=True).distinct()
    return sorted((code, action_label(code)) for code in codes)


class AuditFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label=_("Dag"), widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(
        label=_("Wat"),
        choices=_recorded_actions,
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )
    actor = django_filters.ChoiceFilter(
        label=_("Wie"),
        choices=list(ACTORS.items()),
        empty_label=_("Iedereen"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = AuditRecord
        fields: list[str] = []
