"""The two lists of contributions: what waits, and everything that was judged."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from .. import access
from ..checks.verdict import check_by_code
from ..errors import KeyMissing
from ..models import Contribution
from . import queue
from .filters import EverythingFilterSet, QueueFilterSet
from .paginator import KeysFirstPaginator

#: Words of a text that a list shows.
WORDS = 16


class ForModerators(View):
    """Lets ambassadors in only; without the key that tells her own from others', nobody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not access.is_moderator(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except KeyMissing:
            return render(request, "goedwerk_forum/admin/key_missing.html", status=503)


def found_in(contribution: Contribution) -> str:
    """The names of the checks that found something, with how often."""
    counted = Counter(item["check"] for item in contribution.findings or [])
    names = []
    for code, number in counted.items():
        check = check_by_code(code)
        name = str(check.name) if check else code
        names.append(f"{name} ({number})" if number > 1 else name)
    return ", ".join(names)


def beginning_of(contribution: Contribution) -> str:
    return Truncator(contribution.beginning or "").words(WORDS)


def day_of(contribution: Contribution) -> str:
    """The day and nothing finer: no more is kept."""
    return date_format(contribution.written_on or contribution.day, "j F")


class ContributionsView(ForModerators, BaseListingView):
    """A list of contributions that the asker may judge; never a primary key, never an account."""

    paginator_class = KeysFirstPaginator
    paginate_by = 50
    is_searchable = True
    header_icon = "comment"
    table_classname = "listing gw-blocks"
    results_template_name = "goedwerk_forum/admin/contributions_results.html"
    verbose_name = Contribution._meta.verbose_name
    verbose_name_plural = Contribution._meta.verbose_name_plural
    status_column: BaseColumn

    def order_queryset(self, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
        return queue.with_texts(queryset)

    def search_queryset(self, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
        return queue.searched(queryset, self.search_query)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "beginning",
                label=_("Bijdrage"),
                accessor=beginning_of,
                get_url=self.get_case_url,
            ),
            self.status_column,
            Column("discussion", label=_("Dialoog"), accessor="discussion.page.title"),
            Column("pseudonym", label=_("Schuilnaam"), accessor="participant.pseudonym"),
            Column("found", label=_("Gevonden"), accessor=found_in),
            Column("day", label=_("Dag"), accessor=day_of, classname="gw-day"),
        ]

    def get_case_url(self, contribution: Contribution) -> str:
        url = reverse("goedwerk_moderation:case", args=[contribution.public_id])
        return url + queue.carried(self.request.GET)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        is_empty = not context["object_list"]
        context["has_discussions"] = (
            not is_empty or access.granted_discussions(self.request.user).exists()
        )
        return context


class QueueView(ContributionsView):
    """What waits for an ambassador, oldest first."""

    page_title = _("Moderatie")
    index_url_name = "goedwerk_moderation:index"
    index_results_url_name = "goedwerk_moderation:index_results"
    filterset_class = QueueFilterSet
    status_column = StatusTagColumn(
        "waiting", label=_("Wacht als"), accessor="get_waiting_display", primary=True
    )

    def get_base_queryset(self) -> QuerySet[Contribution]:
        return queue.waiting(self.request)

    def get_paginator(self, *args: Any, **kwargs: Any) -> KeysFirstPaginator:
        paginator = super().get_paginator(*args, **kwargs)
        if not (self.is_searching or self.is_filtering):
            queue.know_number(self.request, paginator.count)
        return paginator

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("goedwerk_moderation:everything") + "?state=published"
        return [HeaderButton(_("Geplaatst"), url=url, icon_name="view")]


class EverythingView(ContributionsView):
    """All that was judged: where an ambassador finds a published contribution to hide."""

    page_title = _("Alle bijdragen")
    index_url_name = "goedwerk_moderation:everything"
    index_results_url_name = "goedwerk_moderation:everything_results"
    filterset_class = EverythingFilterSet
    status_column = StatusTagColumn(
        "state",
        label=_("Toestand"),
        accessor="get_state_display",
        primary=lambda contribution: contribution.waiting is not None,
    )

    def get_base_queryset(self) -> QuerySet[Contribution]:
        return queue.everything(self.request)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("goedwerk_moderation:index")
        return [HeaderButton(_("Wat wacht"), url=url, icon_name="comment")]
