"""A contributor's own submissions; found by token, shown to her only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from goedwerk_forum.errors import ForumError, NotFound
from goedwerk_forum.views import rescue

from .. import access
from ..actions.letters import mark_read, write_letter
from ..actions.letters import read as read_letter
from ..actions.submissions import Answer, answer_consent, asked_story, throw_away, withdraw
from ..conf import conf
from ..describing import Described, described
from ..errors import OtherStory
from ..forms import ConsentForm, LetterForm, posted
from ..four_eyes import was_turned_down
from ..models import Letter, StoryMixin, Submission
from ..shown import digest

PER_PAGE = 20


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything the asker submitted or began, the last touched first."""
    unread = Count("letters", filter=Q(letters__from_editor=True, letters__is_read=False))
    found = access.own_submissions(request.user).annotate(unread=unread)
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = [described(row, unread=row.unread) for row in page.object_list]
    return render(request, "goedwerk_casestudies/submissions/mine.html", {"items": page})


@login_required
@never_cache
@require_safe
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """One submission: where it stands, what she wrote, the letters to and fro."""
    submission = _own(request, public_id)
    told = described(submission)
    context = {
        "told": told,
        "submission": submission,
        "letters": _letters(submission),
        "form": LetterForm(),
        "terms": conf(),
    }
    return render(request, "goedwerk_casestudies/submissions/own.html", context)


def _own(request: HttpRequest, public_id: str) -> Submission:
    try:
        return access.own_submission(request.user, public_id)
    except NotFound as error:
        raise Http404 from error


def _letters(submission: Submission) -> list[tuple[Letter, str]]:
    """(letter, its words), oldest first; those of the editors are read from now on."""
    found = [(letter, read_letter(letter)) for letter in submission.letters.all()]
    if any(letter.from_editor and not letter.is_read for letter, _words in found):
        mark_read(submission, by_editor=False)
    return found


@rescue.signed_in
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Writes to the editors, who do not learn who writes."""
    submission = access.own_submission(request.user, public_id)
    form = LetterForm(posted(request), initial=rescue.restored(request))
    error: ForumError | None = None
    if form.is_bound and form.is_valid():
        try:
            write_letter(
                submission, form.cleaned_data["text"], from_editor=False, writer=request.user
            )
        except ForumError as problem:
            error = problem
        else:
            return rescue.forgotten(request, redirect(_at_letters(public_id)))
    context = {
        "told": described(submission),
        "submission": submission,
        "letters": _letters(submission),
        "form": form,
        "error": error,
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_casestudies/submissions/letter.html", context, status=status)


def _at_letters(public_id: str) -> str:
    return reverse("goedwerk_stories:own", args=[public_id]) + "#brieven"


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_own(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says what withdrawing or throwing away does, and does it when asked again."""
    submission = _own(request, public_id)
    told = described(submission)
    error: ForumError | None = None
    if request.method == "POST":
        try:
            if told.is_draft:
                throw_away(submission)
                return redirect("goedwerk_stories:mine")
            withdraw(submission)
        except ForumError as problem:
            error = problem
        else:
            return redirect("goedwerk_stories:own", public_id=public_id)
    context = {"told": told, "submission": submission, "error": error, "terms": conf()}
    return render(
        request,
        "goedwerk_casestudies/submissions/withdraw.html",
        context,
        status=409 if error else 200,
    )


@rescue.signed_in
def consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """The story as it will be published, and her answer to it."""
    submission = access.own_submission(request.user, public_id)
    told = described(submission)
    if not told.is_asked and request.method != "POST":
        return redirect("goedwerk_stories:own", public_id=public_id)
    typed = rescue.restored(request)
    form = ConsentForm(posted(request), initial=typed)
    error: ForumError | None = None
    if form.is_valid():
        try:
            answer_consent(
                submission,
                Answer(form.cleaned_data["choice"]),
                read=form.cleaned_data["version"],
                words=form.cleaned_data["text"],
                writer=request.user,
            )
        except ForumError as problem:
            error = problem
        else:
            return rescue.forgotten(request, redirect("goedwerk_stories:own", public_id=public_id))
    story = asked_story(submission)  # after her answer was refused: as it is now
    version = digest(story) if story else ""
    if not error and told.is_asked and story and _read(form, typed) not in (None, version):
        error = OtherStory()
    return _consent_page(request, told, form, error, story=story, version=version)


def _read(form: ConsentForm, typed: dict[str, str]) -> str | None:
    """The digest of what she read while she typed; None where she typed nothing yet."""
    return form["version"].value() or "" if form.is_bound or typed else None


def _consent_page(
    request: HttpRequest,
    told: Described,
    form: ConsentForm,
    error: ForumError | None,
    *,
    story: StoryMixin | None,
    version: str,
) -> HttpResponse:
    """The words that she is asked about; her answer to other words is not chosen for her."""
    if isinstance(error, OtherStory):
        form = ConsentForm(initial={"text": form["text"].value()})
    context: dict[str, Any] = {
        "told": told,
        "submission": told.submission,
        "story": story,
        "version": version,
        "said_no": story is not None and was_turned_down(story, version),
        "form": form,
        "error": error,
        "terms": conf(),
    }
    refused = 409 if error else 422 if form.errors else 200
    status = refused if request.method == "POST" else 200
    return render(request, "goedwerk_casestudies/submissions/consent.html", context, status=status)
