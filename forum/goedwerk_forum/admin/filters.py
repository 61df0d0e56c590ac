from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from .. import kinds
from ..checks.verdict import all_checks
from ..models import (
    AuditRecord,
    CaseNote,
    Claim,
    Contribution,
    Revision,
    Urgency,
    Waiting,
)
from ..people import key_of
from ..transitions import RevisionState
from . import queue
from .labels import ACTORS, action_label
from .queue import JUDGED_STATES


class More(NamedTuple):
    """A way to narrow the lists that another app brings: a label, its choices, what it does."""

    label: str | Promise
    choices: Callable[[], list[tuple[str, str]]]
    narrow: Callable[[QuerySet[Contribution], str], QuerySet[Contribution]]


#: By the name of its parameter; the forum does not know what they are about.
MORE: dict[str, More] = {}


def _held(of: OuterRef, **of_kind: str) -> QuerySet[Revision]:
    return Revision.objects.filter(contribution=of, state=RevisionState.HELD, **of_kind)


#: Days that something waits at least, as a filter asks.
AGES = [(1, _("een dag of meer")), (3, _("drie dagen of meer")), (7, _("een week of meer"))]


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

    kind = django_filters.ChoiceFilter(
        label=_("Soort bijdrage"),
        choices=kinds.all_choices,
        method="filter_kind",
        empty_label=_("Alle"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Contribution
        fields: list[str] = []

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.filters["discussion"].extra["choices"] = [
            (str(discussion.uuid), discussion.title) for discussion in queue.granted(request)
        ]
        for name, (label, choices, _narrow) in MORE.items():
            self.filters[name] = self._more(name, label, choices())

    def _more(
        self, name: str, label: str | Promise, choices: list[tuple[str, str]]
    ) -> django_filters.ChoiceFilter:
        found = django_filters.ChoiceFilter(
            field_name=name,
            label=label,
            choices=choices,
            method="filter_more",
            empty_label=_("Alle"),
        )
        found.parent, found.model = self, self._meta.model
        return found

    def filter_more(
        self, queryset: QuerySet[Contribution], name: str, value: str
    ) -> QuerySet[Contribution]:
        return MORE[name].narrow(queryset, value)

    def filter_kind(
        self, queryset: QuerySet[Contribution], _name: str, kind: str
    ) -> QuerySet[Contribution]:
        """By the kind of the text that waits, or else of the one that stands."""
        return queryset.filter(
            Q(kind=kind) & ~Exists(_held(OuterRef("pk"))) | Exists(_held(OuterRef("pk"), kind=kind))
        )

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


class InHand(TextChoices):
    """Who has a case in hand."""

    HERS = "mij", _("bij mij")
    HANDED = "gegeven", _("aan mij doorgegeven")
    FREE = "vrij", _("bij niemand")
    SECOND_LOOK = "tweede-blik", _("vraagt om een tweede blik")


class QueueFilterSet(ContributionFilterSet):
    urgency = django_filters.ChoiceFilter(
        label=_("Hoe dringend"),
        choices=Urgency.choices,
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )
    age = django_filters.ChoiceFilter(
        label=_("Wacht al"),
        choices=[(str(days), name) for days, name in AGES],
        method="filter_age",
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )
    hand = django_filters.ChoiceFilter(
        label=_("Bij wie"),
        choices=InHand.choices,
        method="filter_hand",
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )
    waiting = django_filters.ChoiceFilter(
        label=_("Waarom het wacht"),
        choices=Waiting.choices,
        empty_label=_("Alles"),
        widget=forms.RadioSelect,
    )

    def filter_age(
        self, queryset: QuerySet[Contribution], _name: str, days: str
    ) -> QuerySet[Contribution]:
        """By the day on which the text that waits was sent; a text that stands has an older one."""
        since = timezone.localdate() - datetime.timedelta(days=int(days))
        recent = _held(OuterRef("pk")).filter(day__gt=since)
        return queryset.filter(day__lte=since).exclude(Exists(recent))

    def filter_hand(
        self, queryset: QuerySet[Contribution], _name: str, where: str
    ) -> QuerySet[Contribution]:
        this = OuterRef("pk")
        if where == InHand.SECOND_LOOK:
            asked = CaseNote.objects.filter(contribution=this, asks_second_look=True)
            return queryset.filter(Exists(asked))
        now_claimed = Claim.objects.filter(contribution=this, until__gt=timezone.now())
        if where == InHand.FREE:
            return queryset.exclude(Exists(now_claimed))
        hers = now_claimed.filter(holder_id=key_of(self.request.user))
        if where == InHand.HANDED:
            hers = hers.filter(is_handed_over=True)
        return queryset.filter(Exists(hers))


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
