"""What waits for editors on the admin's home page: submissions, and the stories made of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goedwerk_forum.admin.home import Task, TasksPanel
from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.people import key_of

from .. import access
from ..models import Letter, Submission
from ..transitions import OPEN
from .listing import MINE, NOBODY

State = Submission.State


def panel_of(request: HttpRequest) -> TasksPanel | None:
    """For who may read submissions; None for others, and while the key is away."""
    if not access.is_abstracter(request.user):
        return None
    try:
        tasks = list(_tasks(request))
    except KeyMissing:
        return None
    return TasksPanel(
        "goedwerk_submissions",
        _("Inzendingen en verhalen"),
        tasks,
        icon="edit",
        order=28,
        calm=_("Er wacht geen inzending op de redactie."),
    )


def _tasks(request: HttpRequest) -> Iterator[Task]:
    """Four queries, however much was sent."""
    numbers = _numbers(request)
    if number := numbers["new"]:
        words = ngettext(
            "%(n)s inzending wacht op een redacteur",
            "%(n)s inzendingen wachten op een redacteur",
            number,
        )
        yield Task(words % {"n": number}, _list(hands=NOBODY))
    if number := numbers["unread"]:
        words = ngettext(
            "Bij %(n)s inzending ligt een ongelezen brief",
            "Bij %(n)s inzendingen ligt een ongelezen brief",
            number,
        )
        yield Task(words % {"n": number}, _list(letters="unread"))
    if number := numbers["hers"]:
        words = ngettext(
            "%(n)s inzending is bij jou in bewerking",
            "%(n)s inzendingen zijn bij jou in bewerking",
            number,
        )
        yield Task(words % {"n": number}, _list(hands=MINE))
    if number := access.held_reports(request.user).count():
        words = ngettext(
            "Uit %(n)s verslag koos je nog geen verhalen",
            "Uit %(n)s verslagen koos je nog geen verhalen",
            number,
        )
        yield Task(words % {"n": number}, reverse("goedwerk_report_import"))
    if number := numbers["to_sign"]:
        words = ngettext(
            "%(n)s verhaal wacht op een tweede redacteur",
            "%(n)s verhalen wachten op een tweede redacteur",
            number,
        )
        yield Task(words % {"n": number}, _list(state=State.ABSTRACTED))
    if number := numbers["asked"]:
        words = ngettext(
            "%(n)s verhaal wacht op akkoord van de inzender",
            "%(n)s verhalen wachten op akkoord van de inzender",
            number,
        )
        yield Task(words % {"n": number}, _list(state=State.ASKED))


def _numbers(request: HttpRequest) -> dict[str, int]:
    """How many submissions wait for what, among those that she may work on."""
    unread = Letter.objects.filter(submission=OuterRef("pk"), from_editor=False, is_read=False)
    hers = Q(editor_id=key_of(request.user), state=State.IN_HAND)
    return (
        access.workable_submissions(request.user)
        .annotate(has_unread=Exists(unread))
        .aggregate(
            new=Count("pk", filter=Q(state__in=OPEN, editor__isnull=True)),
            unread=Count("pk", filter=Q(has_unread=True)),
            hers=Count("pk", filter=hers),
            to_sign=Count("pk", filter=Q(state=State.ABSTRACTED)),
            asked=Count("pk", filter=Q(state=State.ASKED)),
        )
    )


def _list(**narrowed: str) -> str:
    """The list of submissions, with a filter of it."""
    name, value = next(iter(narrowed.items()))
    return f"{reverse('goedwerk_submissions:index')}?{name}={value}"
