"""What waits in the dialogues, on the home page of who moderates, guides or edits them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import access, complaints, guides, harvests
from ..attention import attention_over
from ..errors import KeyMissing
from ..models import Report, Waiting
from . import queue
from .duty import desk_of
from .home import MOST, NAMED, Task, TasksPanel, counted


def panel_of(request: HttpRequest) -> TasksPanel | None:
    """For who can have work in a dialogue; None for others, and while the key is away."""
    user = request.user
    if not (guides.may_guide(user) or complaints.may_answer_page_reports(user)):
        return None
    try:
        tasks = list(_tasks(request))
    except KeyMissing:
        return None
    return TasksPanel(
        "goedwerk_dialogues",
        _("Dialogen"),
        tasks,
        icon="comment",
        order=30,
        calm=_("Er wacht niets op jou in de dialogen."),
    )


def _tasks(request: HttpRequest) -> Iterator[Task]:
    if access.is_moderator(request.user):
        yield from _cases(request)
    if complaints.may_answer_page_reports(request.user):
        yield from _page_reports(request)
    if guides.may_guide(request.user):
        yield from _guided(request)
    yield from _harvests(request)
    if access.is_moderator(request.user):
        yield from _rota(request)


def _cases(request: HttpRequest) -> Iterator[Task]:
    """What a reader or an author asked, and what a colleague did; one query, however much waits."""
    others = queue.waiting(request).order_by().exclude(waiting__in=(Waiting.NEW, Waiting.EDIT))
    for why, number in others.values_list("waiting").annotate(number=Count("pk")):
        yield Task(
            _case_words(Waiting(str(why)), number) % {"n": counted(number)},
            f"{reverse('goedwerk_moderation:index')}?waiting={why}",
            is_urgent=why == Waiting.SECOND_LOOK,
        )


def _case_words(why: Waiting, number: int) -> str:
    if why == Waiting.APPEAL:
        return ngettext(
            "%(n)s bezwaar wacht op een besluit", "%(n)s bezwaren wachten op een besluit", number
        )
    if why == Waiting.REPORT:
        return ngettext("%(n)s bijdrage is gemeld", "%(n)s bijdragen zijn gemeld", number)
    if why == Waiting.SECOND_LOOK:
        return ngettext(
            "%(n)s bijdrage is verborgen tot iemand kijkt",
            "%(n)s bijdragen zijn verborgen tot iemand kijkt",
            number,
        )
    return ngettext(
        "%(n)s bijdrage kon de software niet nakijken",
        "%(n)s bijdragen kon de software niet nakijken",
        number,
    )


def _page_reports(request: HttpRequest) -> Iterator[Task]:
    found = complaints.page_reports(request.user).filter(state=Report.State.OPEN)
    if number := found.order_by()[: MOST + 1].count():
        words = ngettext(
            "%(n)s melding over een pagina wacht op antwoord",
            "%(n)s meldingen over pagina’s wachten op antwoord",
            number,
        )
        yield Task(words % {"n": counted(number)}, reverse("goedwerk_reports:index"))


def _guided(request: HttpRequest) -> Iterator[Task]:
    guided = [one for one in guides.guided_discussions(request.user) if one.is_running]
    if number := sum(bool(one.weight) for one in attention_over(guided, request.user)):
        words = ngettext(
            "%(n)s dialoog vraagt je aandacht als begeleider",
            "%(n)s dialogen vragen je aandacht als begeleider",
            number,
        )
        yield Task(words % {"n": number}, reverse("goedwerk_forum:guided"))


def _harvests(request: HttpRequest) -> Iterator[Task]:
    for page in harvests.unfinished(request.user)[:NAMED]:
        words = _("De opbrengst ‘%(title)s’ is nog niet af") % {"title": page.draft_title}
        yield Task(words, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _rota(request: HttpRequest) -> Iterator[Task]:
    url = reverse("goedwerk_moderation:rota")
    desk = desk_of(request)
    if desk.is_away:
        yield Task(_("Je staat op ‘even weg’: nieuwe bijdragen gaan naar je collega’s"), url)
    for duty in desk.duties:
        if duty.is_asker:
            words = _("Deze week kijk jij als eerste in de groep %(group)s")
            yield Task(words % {"group": duty.group}, url)
