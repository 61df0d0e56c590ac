"""A participant's own pages: her contributions and her inbox. Found by token, shown to her only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import access, following, harvests, link_ends, news
from ..actions.contributions import WAITS, send_again, takes_answer, withdraw
from ..courses import step_in_which
from ..errors import ForumError, NotFound
from ..forms import EditForm
from ..helping import help_for, help_for_returned
from ..identity import drafts, follows
from ..marks import Preview, preview_of
from ..models import (
    ABOUT_TEXT,
    Appeal,
    Contribution,
    ForumSettings,
    Notice,
    Participant,
    Statement,
    last_about_text,
)
from ..outbox.rows import next_release
from ..people import Person
from ..transitions import Action, Display, RevisionState, State, after
from . import arriving, rescue
from .previewing import pressed
from .writing import surroundings, what_holds

PER_PAGE = 20
#: Which messages this browser has shown before; kept on the device, never on the server.
SEEN_COOKIE = following.COOKIE_OF_MESSAGES
SEEN_MOST = 60

#: In this order, under these words, her contributions stand in her list.
GROUPS: tuple[tuple[tuple[State, ...], Promise], ...] = (
    ((State.RETURNED,), _("Vraagt iets van je")),
    ((State.PENDING, State.HELD), _("Wordt nagekeken")),
    ((State.PUBLISHED,), _("Geplaatst")),
    ((State.HIDDEN, State.REJECTED, State.WITHDRAWN), _("Niet te lezen")),
)


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Everything the asker wrote: what waits for her first, then newest first."""
    ranks = [When(state__in=states, then=rank) for rank, (states, _title) in enumerate(GROUPS)]
    contributions = (
        access.own_contributions(request.user)
        .annotate(rank=Case(*ranks, default=len(GROUPS) - 1))
        .order_by("rank", "-pk")
        .prefetch_related("revisions")
    )
    page = Paginator(contributions, PER_PAGE).get_page(request.GET.get("pagina"))
    for contribution in page:
        _describe(contribution)
        contribution.group = GROUPS[contribution.rank][1]
    return render(request, "goedwerk_forum/mine.html", {"items": page})


@login_required
@never_cache
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of the asker's contributions: where it stands, and what she can do."""
    contribution = _own(request, public_id)
    _describe(contribution)
    statements = list(contribution.statements.filter(ABOUT_TEXT).order_by("-pk"))
    context = {
        "contribution": contribution,
        "discussion": contribution.discussion,
        "link": link_ends.tell([contribution.participant])[0],
        "quotes": harvests.quotes_from(contribution),
        "statements": statements,
        "has_hints": contribution.hints.exists(),
        "measures": contribution.statements.exclude(ABOUT_TEXT)
        .select_related("measure")
        .order_by("-pk"),
        "help": help_for_returned(
            ForumSettings.for_request(request),
            contribution,
            contribution.latest,
            next(iter(statements), None),
        ),
        "arrived": arriving.noted(request),
    }
    return arriving.shown(request, render(request, "goedwerk_forum/own.html", context))


def _own(request: HttpRequest, public_id: str) -> Contribution:
    try:
        return access.own_contribution(request.user, public_id)
    except NotFound as error:
        raise Http404 from error


def _describe(contribution: Contribution) -> None:
    """Adds what the author's own view shows: latest text, what she may do, when it is visible."""
    contribution.latest = max(
        contribution.revisions.all(), key=lambda revision: revision.number, default=None
    )
    contribution.has_open_edit = (
        contribution.state == State.PUBLISHED
        and contribution.latest is not None
        and contribution.latest.number > contribution.accepted_revision
    )
    contribution.can_withdraw = after(contribution.state, Action.WITHDRAW) is not None
    discussion = contribution.discussion
    is_open = discussion.is_running if contribution.by_guide else discussion.is_open
    contribution.can_edit = is_open and (
        contribution.state == State.PUBLISHED
        or after(contribution.state, Action.RESEND) is not None
    )
    contribution.visible_from = _visible_from(contribution)


def _visible_from(contribution: Contribution) -> datetime.datetime | None:
    """The earliest moment at which readers see it; None once they do, or where they will not."""
    waits = contribution.state in (State.PENDING, State.HELD) or (
        contribution.state == State.PUBLISHED and contribution.display != Display.TEXT
    )
    if not waits:
        return None
    at_once = contribution.discussion.in_circle
    return timezone.localtime(None if at_once else next_release())


@rescue.signed_in
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes one's own text; a published one stays in sight until the new one is accepted."""
    contribution = access.own_contribution(request.user, public_id)
    _describe(contribution)
    form_class = partial(EditForm, had=_kinds_it_had(contribution), at=step_in_which(contribution))
    error: ForumError | None = None
    preview: Preview | None = None
    if request.method == "POST":
        press = pressed(request, form_class)
        form, preview = press.form, press.preview
        if press.is_to_send:
            try:
                send_again(
                    user=request.user,
                    contribution=contribution,
                    version=form.cleaned_data["version"],
                    words=form.words(marks_seen=press.marks_seen),
                )
            except ForumError as problem:
                error, preview = problem, None
                contribution.refresh_from_db()
                # The same words against it as it is now, so that they can be sent again.
                form = form_class(dict(form.data.items()) | {"version": contribution.version})
            else:
                to_own = redirect("goedwerk_forum:own", public_id=public_id)
                return rescue.forgotten(request, arriving.note(request, to_own))
    else:
        form = form_class(initial=_initial(contribution) | rescue.restored(request))
        preview = _marks_of_returned(contribution, form)
    warning = None
    if error is None:
        error, warning = what_holds(request, contribution.participant)
    context = surroundings(request, contribution.discussion)
    settings_here = context["forum_settings"]
    decided = last_about_text(contribution)
    context |= {
        "form": form,
        "contribution": contribution,
        "participant": contribution.participant,
        "parent": contribution.in_reply_to,
        "may_answer": _may_answer(contribution, decided),
        "statement": decided,
        "error": error,
        "warning": warning,
        "preview": preview,
        "draft": drafts.mark(request.user, request.path),
        "help": help_for(settings_here, preview.signals if preview else [])
        or help_for_returned(settings_here, contribution, contribution.latest, decided),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_forum/edit.html", context, status=status)


def _may_answer(contribution: Contribution, decided: Statement | None) -> bool:
    """Whether a person gave the text back: she reads one answer, with the new text."""
    by_person = decided is not None and not decided.decided_by_software
    return by_person and takes_answer(contribution.latest, decided)


def _initial(contribution: Contribution) -> dict[str, object]:
    latest = contribution.latest
    return {
        "text": latest.text if latest else "",
        "kind": latest.kind if latest else contribution.kind,
        "lens": latest.lens if latest else contribution.lens,
        "answer": latest.answer if latest and latest.state in WAITS else "",
        "version": contribution.version,
    }


def _marks_of_returned(contribution: Contribution, form: EditForm) -> Preview | None:
    """Whoever got a text back finds what is marked in it, and other words, beside it at once."""
    latest = contribution.latest
    if latest is None or latest.state != RevisionState.RETURNED:
        return None
    return preview_of(str(form.initial["text"]), takes_focus=False)


def _kinds_it_had(contribution: Contribution) -> list[str]:
    """Keys that its author may leave as they are, in use or not."""
    latest = contribution.latest
    return [contribution.kind, *([latest.kind] if latest else [])]


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_own(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says what withdrawing does, and does it when asked again."""
    contribution = _own(request, public_id)
    _describe(contribution)
    error: ForumError | None = None
    if request.method == "POST":
        try:
            withdraw(contribution=contribution)
        except ForumError as problem:
            error = problem
        else:
            url = reverse("goedwerk_forum:own", args=[public_id])
            return redirect(f"{url}?klaar=ingetrokken")
    context = {
        "contribution": contribution,
        "discussion": contribution.discussion,
        "error": error,
        "quoted": any(quote.text for quote in harvests.quotes_from(contribution)),
    }
    return render(request, "goedwerk_forum/withdraw.html", context, status=409 if error else 200)


@login_required
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """Decisions, answers and news of other apps, newest first; this browser knows what is new."""
    asking, page = _messages(request)
    seen = request.COOKIES.get(SEEN_COOKIE, "").split(".")
    shown = [*(asking if page.number == 1 else []), *page]
    marks = [follows.device_mark(request.user, ("bericht", one.public_id)) for one in shown]
    for message, mark in zip(shown, marks, strict=True):
        message.is_new = mark not in seen
    context = {
        "asking": asking,
        "items": page,
        "links": _links(request),
        "followed": following.following(request),
    }
    response = render(request, "goedwerk_forum/inbox.html", context)
    response.set_cookie(
        SEEN_COOKIE,
        ".".join(dict.fromkeys(mark for mark in marks + seen if mark))[: SEEN_MOST * 9],
        max_age=365 * 24 * 3600,
        path=request.path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _links(request: HttpRequest) -> list[Participant]:
    """The asker's pseudonyms whose link has a last day, the first to go first."""
    told = link_ends.tell(access.own_participants(request.user))
    return sorted((one for one in told if one.link_ends), key=lambda one: str(one.link_ends))[:3]


@dataclass(frozen=True)
class _Message:
    """What is known of a message before it is fetched: news is whole, a notice its key."""

    day: datetime.date
    what: int | news.News
    waits_about: object

    @property
    def asks(self) -> bool:
        return self.waits_about is not None


def _messages(request: HttpRequest) -> tuple[list[Any], Page[Any]]:
    """(what waits for her, one page of all else), newest first; only notices on it come whole."""
    told = [_Message(one.day, one, one.url if one.asks else None) for one in news.of(request.user)]
    told += _noticed(access.own_notices(request.user))
    told.sort(key=lambda message: message.day, reverse=True)
    asking, others = _apart(told)
    page: Page[Any] = Paginator(others, PER_PAGE).get_page(request.GET.get("pagina"))
    whole = _whole(request.user, [*asking, *page])
    page.object_list = whole[len(asking) :]
    return whole[: len(asking)], page


def _apart(told: list[_Message]) -> tuple[list[_Message], list[_Message]]:
    """(the newest message about each thing that waits for her, all others)."""
    newest: dict[object, _Message] = {}
    for message in told:
        if message.asks:
            newest.setdefault(message.waits_about, message)
    asking = list(newest.values())
    return asking, [message for message in told if message not in asking]


def _whole(user: Person, messages: list[_Message]) -> list[Notice | news.News]:
    keys = [one.what for one in messages if isinstance(one.what, int)]
    notices = access.own_notices(user).in_bulk(keys)
    return [notices[one.what] if isinstance(one.what, int) else one.what for one in messages]


def _noticed(notices: QuerySet[Notice]) -> list[_Message]:
    """All notices; one waits while the text is with its writer, or a question is unanswered."""
    asked = Q(event=Notice.Event.APPEAL_ASKED, statement__appeal__state=Appeal.State.ASKED)
    returned = Q(event=Notice.Event.RETURNED, contribution__state=State.RETURNED)
    rows = notices.annotate(waits=Case(When(asked | returned, then=True), default=False))
    return [
        _Message(day, pk, (event, contribution) if waits else None)
        for pk, day, waits, event, contribution in rows.values_list(
            "pk", "day", "waits", "event", "contribution"
        )
    ]
