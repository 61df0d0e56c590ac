"""The two lists of contributions: what waits, and everything that was judged."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from ..checks.verdict import check_by_code
from ..models import Contribution
from . import duty, queue, saved, undoing
from .columns import ChoiceColumn, TagsColumn
from .filters import EverythingFilterSet, QueueFilterSet
from .guard import ForModerators
from .keys import has_keys
from .paginator import KeysetPage, KeysetPaginator

#: Words of a text that a list shows.
WORDS = 16


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
    """The first words of a case; of a text that its author took back, that it is one."""
    return Truncator(contribution.beginning or gettext("De ingetrokken tekst")).words(WORDS)


def day_of(contribution: Contribution) -> str:
    """The day and nothing finer: no more is kept."""
    return date_format(contribution.written_on or contribution.day, "j F")


class ContributionsView(ForModerators, BaseListingView):
    """A list of contributions that the asker may judge; never a primary key, never an account."""

    paginator_class = KeysetPaginator
    paginate_by = 50
    is_searchable = True
    header_icon = "comment"
    table_classname = "listing gw-blocks"
    results_template_name = "goedwerk_forum/admin/contributions_results.html"
    verbose_name = Contribution._meta.verbose_name
    verbose_name_plural = Contribution._meta.verbose_name_plural
    status_column: BaseColumn
    after = staticmethod(queue.older_than)
    before = staticmethod(queue.newer_than)

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

    def get_paginator(self, *args: Any, **kwargs: Any) -> KeysetPaginator:
        kwargs |= {"after": self.after, "before": self.before}
        return KeysetPaginator(*args, **kwargs)

    def paginate_queryset(
        self, queryset: QuerySet[Contribution], page_size: int
    ) -> tuple[KeysetPaginator, KeysetPage, list[Contribution], bool]:
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.asked(self.request.GET)
        return paginator, page, page.object_list, page.has_other_pages()

    def get_case_url(self, contribution: Contribution) -> str:
        url = reverse("goedwerk_moderation:case", args=[contribution.public_id])
        return url + queue.carried(self.request.GET)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        is_empty = not context["object_list"]
        context["has_discussions"] = not is_empty or bool(queue.granted(self.request))
        return context


class QueueView(ContributionsView):
    """What waits for an ambassador: the urgent first, and of those the oldest."""

    page_title = _("Moderatie")
    template_name = "goedwerk_forum/admin/queue.html"
    results_template_name = "goedwerk_forum/admin/queue_results.html"
    index_url_name = "goedwerk_moderation:index"
    index_results_url_name = "goedwerk_moderation:index_results"
    filterset_class = QueueFilterSet
    status_column = TagsColumn("waiting", label=_("Wacht als"))
    after = staticmethod(queue.in_turn_after)
    before = staticmethod(queue.in_turn_before)

    def get_base_queryset(self) -> QuerySet[Contribution]:
        return queue.waiting(self.request)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [ChoiceColumn("choice", label=_("Kies")), *super().columns]

    def paginate_queryset(
        self, queryset: QuerySet[Contribution], page_size: int
    ) -> tuple[KeysetPaginator, KeysetPage, list[Contribution], bool]:
        found = super().paginate_queryset(queryset, page_size)
        paginator, page = found[:2]
        if paginator.is_deep and page.previous:
            queue.know_at_least(self.request, page_size)
        elif not (paginator.is_deep or self.is_searching or self.is_filtering):
            queue.know_number(self.request, paginator.count)
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        narrowed = queue.carried(self.request.GET).lstrip("?")
        views = saved.views_of(self.request, narrowed)
        return context | {
            "narrowed": narrowed,
            "desk": duty.desk_of(self.request),
            "saved_views": views,
            "is_saved": any(view.is_shown for view in views),
            "undoable": undoing.waiting_in(self.request),
            "has_keys": has_keys(self.request),
        }

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        published = reverse("goedwerk_moderation:everything") + "?state=published"
        return [
            HeaderButton(_("Geplaatst"), url=published, icon_name="view"),
            HeaderButton(_("Rooster"), url=reverse("goedwerk_moderation:rota"), icon_name="date"),
            HeaderButton(_("Toetsen"), url=reverse("goedwerk_moderation:keys"), icon_name="help"),
        ]


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
