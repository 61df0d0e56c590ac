"""The list of submissions: where each stands and who has it; of its text no more than a title."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from goedwerk_forum.admin.paginator import KeysFirstPaginator
from goedwerk_forum.identity import sealed

from .. import access
from ..models import Letter, Submission
from ..transitions import OPEN, State
from .base import MARK, ForAbstracters

MINE, NOBODY = "mine", "nobody"


class SubmissionFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Toestand"),
        choices=[choice for choice in State.choices if choice[0] != State.DRAFT],
        empty_label=gettext_lazy("Alles"),
        widget=forms.RadioSelect,
    )
    source = django_filters.ChoiceFilter(
        label=gettext_lazy("Herkomst"),
        choices=Submission.Source.choices,
        empty_label=gettext_lazy("Alles"),
        widget=forms.RadioSelect,
    )
    hands = django_filters.ChoiceFilter(
        label=gettext_lazy("In bewerking bij"),
        choices=[(MINE, gettext_lazy("mij")), (NOBODY, gettext_lazy("niemand"))],
        method="filter_hands",
        empty_label=gettext_lazy("Iedereen"),
        widget=forms.RadioSelect,
    )
    letters = django_filters.ChoiceFilter(
        label=gettext_lazy("Brieven"),
        choices=[("unread", gettext_lazy("ongelezen"))],
        method="filter_letters",
        empty_label=gettext_lazy("Alles"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Submission
        fields: list[str] = []

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.asker = request.user

    def filter_hands(
        self, queryset: QuerySet[Submission], _name: str, hands: str
    ) -> QuerySet[Submission]:
        if hands == MINE:
            return queryset.filter(editor_id=self.asker.pk)
        return queryset.filter(editor__isnull=True, state__in=OPEN)

    def filter_letters(
        self, queryset: QuerySet[Submission], _name: str, _letters: str
    ) -> QuerySet[Submission]:
        new = Letter.objects.filter(submission=OuterRef("pk"), from_editor=False, is_read=False)
        return queryset.filter(Exists(new))


def title_of(submission: Submission) -> str:
    """What it is called: on its page, else as the editors call it by now, else as it was sent."""
    if submission.page is not None:
        return submission.page.draft_title
    for text in (submission.sealed_work, submission.sealed_raw):
        if text is not None:
            fields = sealed.unseal(text, submission.uuid)
            title = str(fields.get("texts", fields)["title"]).strip()
            return title or _("Zonder titel (%(mark)s)") % {"mark": submission.public_id[:MARK]}
    return _("De tekst is gewist")


def day_of(submission: Submission) -> str:
    """The day and nothing finer: no more is kept."""
    return date_format(submission.sent_on, "j F Y") if submission.sent_on else ""


def editor_of(submission: Submission) -> str:
    return submission.editor.get_username() if submission.editor else ""


def unread_in(submission: Submission) -> str:
    number: int = submission.unread  # type: ignore[attr-defined]  # annotated by the view
    return str(number) if number else ""


class InboxView(ForAbstracters, BaseListingView):
    """What was sent or imported, the newest first; the search of Wagtail sees none of it."""

    page_title = gettext_lazy("Inzendingen")
    header_icon = "edit"
    index_url_name = "goedwerk_submissions:index"
    index_results_url_name = "goedwerk_submissions:index_results"
    results_template_name = "goedwerk_casestudies/admin/inbox_results.html"
    filterset_class = SubmissionFilterSet
    paginator_class = KeysFirstPaginator
    paginate_by = 50
    is_searchable = False
    table_classname = "listing gw-blocks"
    verbose_name = Submission._meta.verbose_name
    verbose_name_plural = Submission._meta.verbose_name_plural

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("goedwerk_report_import")
        return [HeaderButton(_("Verslag importeren"), url=url, icon_name="upload")]

    def get_base_queryset(self) -> QuerySet[Submission]:
        new = Q(letters__from_editor=False, letters__is_read=False)
        return (
            access.workable_submissions(self.request.user)
            .select_related("editor", "page")
            .annotate(unread=Count("letters", filter=new))
            .order_by("-sent_on", "-pk")
        )

    def order_queryset(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        return queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "title", label=_("Titel"), accessor=title_of, get_url=self.get_submission_url
            ),
            StatusTagColumn(
                "state",
                label=_("Toestand"),
                accessor="get_state_display",
                primary=lambda submission: submission.state in OPEN,
            ),
            Column("source", label=_("Herkomst"), accessor="get_source_display"),
            Column("day", label=_("Dag"), accessor=day_of, classname="gw-day"),
            Column("editor", label=_("In bewerking bij"), accessor=editor_of),
            Column("unread", label=_("Ongelezen brieven"), accessor=unread_in),
        ]

    def get_submission_url(self, submission: Submission) -> str:
        return reverse("goedwerk_submissions:bench", args=[submission.public_id])
