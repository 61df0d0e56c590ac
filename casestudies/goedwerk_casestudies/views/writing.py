"""Telling a story in steps: each press saves, in every direction; pages of one's own, uncached."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from goedwerk_forum.errors import ForumError
from goedwerk_forum.helping import help_for
from goedwerk_forum.marks import Preview, preview_of
from goedwerk_forum.models import ForumSettings
from goedwerk_forum.texts import as_kept
from goedwerk_forum.views import rescue
from goedwerk_forum.views.previewing import LOOK, PUT_BACK, PUT_IN, pressed

from .. import access
from ..actions.submissions import begin, save_draft, send
from ..conf import conf
from ..describing import Described, described
from ..errors import OtherDraft
from ..forms import SendForm, StepForm, draw_mark, posted, read_mark
from ..models import Submission
from ..raw import Raw, version_of
from ..steps import STEPS, Step, number_of

#: What a press may ask besides going on: an earlier or later step, reading through, stopping.
READ, STOP = "nalezen", "stop"
#: Of two texts that differ, to go on with the one that was saved.
STORED = "bewaard"
PROMISE = "goedwerk_casestudies/submissions/promise_lines.html"


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """How it goes, and what is promised; for everybody, signed in or not."""
    return render(request, "goedwerk_casestudies/submissions/start.html", _around(request))


def _around(request: HttpRequest) -> dict[str, Any]:
    settings = ForumSettings.for_request(request)
    return {
        "steps": STEPS,
        "terms": conf(),
        "hand_over": settings.hand_over,
        "forum_settings": settings,
        "lines": PROMISE,
        "story": True,
    }


@rescue.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """The first step of a story that is not there yet: a draft is made when it is saved."""
    if request.method != "POST":
        initial = {"submission": draw_mark()} | rescue.restored(request)
        return _step_page(request, StepForm(STEPS[0], initial=initial), 0)

    def save(form: StepForm) -> Submission:
        return begin(
            user=request.user,
            text=Raw(what_happened=form.cleaned_data["text"]),
            mark=read_mark(form.cleaned_data["submission"]) or uuid.uuid4(),
            version=form.cleaned_data["version"],
        )

    return _pressed(request, 0, None, save)


def _begun(request: HttpRequest) -> Submission | None:
    """The draft that her form made before, by its mark."""
    mark = read_mark(request.POST.get("submission", ""))
    found = Submission.objects.filter(uuid=mark).first() if mark else None
    return found if found and access.is_own(request.user, found) else None


def step(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """One step of a draft: saved at each press, wherever the press leads."""
    number = number_of(slug)
    if number is None:
        raise Http404
    return _step(request, public_id, number)


@rescue.signed_in
def _step(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    submission = access.own_submission(request.user, public_id)
    name = STEPS[number].name
    if request.method != "POST":
        stored = described(submission).text.parts()[name]
        typed = rescue.restored(request)
        text = {"text": stored} | typed
        preview = preview_of(text["text"]) if LOOK in request.GET else None
        form = StepForm(STEPS[number], initial=text | {"version": version_of(stored)})
        other = stored if _is_over_another(typed, stored) else None
        return _step_page(request, form, number, submission, preview=preview, stored=other)

    def save(form: StepForm) -> Submission:
        version = form.cleaned_data["version"]
        return save_draft(submission, version=version, **{name: form.cleaned_data["text"]})

    return _pressed(request, number, submission, save)


def _is_over_another(typed: dict[str, str], stored: str) -> bool:
    """Whether what she typed before a sign-in would lie over a text that was saved since."""
    is_other = "text" in typed and as_kept(typed["text"]) != stored
    return is_other and typed.get("version", "") != version_of(stored)


def _pressed(
    request: HttpRequest,
    number: int,
    submission: Submission | None,
    save: Callable[[StepForm], Submission],
) -> HttpResponse:
    """Saves, and goes where the press leads: looking and putting in stay on the page."""
    if request.POST.get("to") == STORED and (kept := submission or _begun(request)):
        return rescue.forgotten(request, _to_step(kept, number))
    press = pressed(request, partial(StepForm, STEPS[number]))
    form, preview = press.form, press.preview
    version = form["version"].value() or ""
    error: ForumError | None = None
    stored: str | None = None
    if form.is_valid():
        try:
            saved = save(form)
        except OtherDraft as problem:
            error, preview, stored = problem, None, problem.stored
            version = version_of(stored)
        except ForumError as problem:
            error, preview = problem, None
        else:
            if not {LOOK, PUT_IN, PUT_BACK} & request.POST.keys():
                return rescue.forgotten(request, _onward(request, saved, number))
            version = version_of(form.cleaned_data["text"])
    return _step_page(
        request,
        form,
        number,
        submission,
        error=error,
        preview=preview,
        stored=stored,
        version=version,
    )


def _onward(request: HttpRequest, submission: Submission, number: int) -> HttpResponse:
    """Where the press leads: the step it names, or the next; after the last, reading through."""
    wanted = request.POST.get("to", "")
    if wanted == STOP:
        return redirect("goedwerk_stories:own", public_id=submission.public_id)
    if wanted == READ or (not wanted and number + 1 == len(STEPS)):
        return redirect("goedwerk_stories:read", public_id=submission.public_id)
    to = number_of(wanted)
    return _to_step(submission, number + 1 if to is None else to)


def _to_step(submission: Submission, number: int) -> HttpResponse:
    slug = STEPS[number].slug
    return redirect("goedwerk_stories:step", public_id=submission.public_id, slug=slug)


def _step_page(
    request: HttpRequest,
    form: StepForm,
    number: int,
    submission: Submission | None = None,
    *,
    error: ForumError | None = None,
    preview: Preview | None = None,
    stored: str | None = None,
    version: str | None = None,
) -> HttpResponse:
    """``stored`` is what was saved, where she has another text before her and must choose."""
    context = _around(request)
    signals = preview.signals if preview else []
    context |= {
        "form": form,
        "error": error,
        "stored": stored,
        "version": form["version"].value() if version is None else version,
        "step": STEPS[number],
        "number": number + 1,
        "before": STEPS[number - 1] if number else None,
        "submission": submission,
        "preview": preview,
        "help": help_for(context["forum_settings"], signals),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_casestudies/submissions/step.html", context, status=status)


@rescue.signed_in
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reading it through with the marks, choosing what is to happen, sending it."""
    submission = access.own_submission(request.user, public_id)
    if submission.state != Submission.State.DRAFT:
        return redirect("goedwerk_stories:own", public_id=public_id)
    form = SendForm(posted(request))
    told = described(submission)
    error: ForumError | None = None
    if form.is_bound and form.is_valid() and told.text.what_happened:
        try:
            send(submission, user=request.user, **form.choices())
        except ForumError as problem:
            error = problem
        else:
            return redirect("goedwerk_stories:own", public_id=public_id)
    parts = _marked_parts(told)
    signals = dict.fromkeys(signal for _step, _text, seen in parts for signal in seen.signals)
    context = _around(request)
    context |= {
        "form": form,
        "error": error,
        "told": told,
        "parts": parts,
        "submission": submission,
        "help": help_for(context["forum_settings"], signals),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_casestudies/submissions/read.html", context, status=status)


def _marked_parts(told: Described) -> list[tuple[Step, str, Preview]]:
    """(step, her text, the marks in it) of every step, the empty ones too."""
    texts = told.text.parts()
    return [(asked, texts[asked.name], preview_of(texts[asked.name])) for asked in STEPS]
