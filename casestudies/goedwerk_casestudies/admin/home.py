"""What waits for editors on the admin's home page: submissions, and the stories made of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

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


#: (its number in ``_numbers``, its words, the filter of the list of submissions that shows it).
WAITS = (
    (
        "new",
        ngettext_lazy(
            "%(n)s inzending wacht op een redacteur",
            "%(n)s inzendingen wachten op een redacteur",
            "n",
        ),
        f"hands={NOBODY}",
    ),
    (
        "unread",
        ngettext_lazy(
            "Bij %(n)s inzending ligt een ongelezen brief",
            "Bij %(n)s inzendingen ligt een ongelezen brief",
            "n",
        ),
        "letters=unread",
    ),
    (
        "hers",
        ngettext_lazy(
            "%(n)s inzending is bij jou in bewerking",
            "%(n)s inzendingen zijn bij jou in bewerking",
            "n",
        ),
        f"hands={MINE}",
    ),
    (
        "reports",
        ngettext_lazy(
            "Uit %(n)s verslag koos je nog geen verhalen",
            "Uit %(n)s verslagen koos je nog geen verhalen",
            "n",
        ),
        "",
    ),
    (
        "to_sign",
        ngettext_lazy(
            "%(n)s verhaal wacht op een tweede redacteur",
            "%(n)s verhalen wachten op een tweede redacteur",
            "n",
        ),
        f"state={State.ABSTRACTED}",
    ),
    (
        "asked",
        ngettext_lazy(
            "%(n)s verhaal wacht op akkoord van de inzender",
            "%(n)s verhalen wachten op akkoord van de inzender",
            "n",
        ),
        f"state={State.ASKED}",
    ),
)


def _tasks(request: HttpRequest) -> Iterator[Task]:
    """Four queries, however much was sent."""
    numbers = _numbers(request)
    submissions = reverse("goedwerk_submissions:index")
    for name, words, narrowed in WAITS:
        if number := numbers[name]:
            url = f"{submissions}?{narrowed}" if narrowed else reverse("goedwerk_report_import")
            yield Task(words % {"n": number}, url)


def _numbers(request: HttpRequest) -> dict[str, int]:
    """How many submissions wait for what among those that she may work on, and how many reports."""
    unread = Letter.objects.filter(submission=OuterRef("pk"), from_editor=False, is_read=False)
    hers = Q(editor_id=key_of(request.user), state=State.IN_HAND)
    submissions = access.workable_submissions(request.user).annotate(has_unread=Exists(unread))
    numbers = submissions.aggregate(
        new=Count("pk", filter=Q(state__in=OPEN, editor__isnull=True)),
        unread=Count("pk", filter=Q(has_unread=True)),
        hers=Count("pk", filter=hers),
        to_sign=Count("pk", filter=Q(state=State.ABSTRACTED)),
        asked=Count("pk", filter=Q(state=State.ASKED)),
    )
    return numbers | {"reports": access.held_reports(request.user).count()}
