"""Where a branch is read, and the pages of a guide: private, never cached, of no use to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import access, guides, ids
from ..actions import branching, calling, ending, guiding, hints
from ..actions.contributions import contribute
from ..actions.participants import GUIDE, join_as_guide
from ..attention import attention_in
from ..called import called_in
from ..errors import ForumError, NotFound, OwnContribution, SentBefore
from ..forms import as_new, new_submission
from ..guide_forms import GuideForm, MoveForm, NamingForm, TurnForm, forms_of
from ..guide_signals import signals_of
from ..marks import Preview
from ..models import Contribution, Discussion, GuideSentence, Naming, Participant
from ..nodes import Node
from ..people import Person
from ..reading import cursor_of, window
from . import rescue
from .hints import letters_about, own_refused
from .previewing import pressed
from .writing import kept_as, refusal, surroundings

Said = dict[str, Any]
Acts = dict[str, Callable[[Person, str, Said], object]]

#: Name of the buttons that put a sentence into the text.
SENTENCE = "sentence"
#: What is said when a tool did its work.
DONE = {
    "banner": _("De tekst boven de dialoog is bijgewerkt."),
    "tempo": _("Het tempo is bijgewerkt."),
    "sluiting": _("De laatste dag is bijgewerkt."),
    "stil": _("De dialoog staat stil: deelnemers lezen alleen."),
    "verder": _("Deelnemers kunnen weer schrijven."),
    "terug": _("Het zijgesprek staat weer op zijn oude plek."),
    "vast": _("De bijdrage staat nu ook bovenaan."),
    "los": _("De bijdrage staat niet meer bovenaan."),
    "dicht": _("Reageren kan hier niet meer."),
    "open": _("Reageren kan hier weer."),
    "benoem": _("Wat je benoemt is bijgewerkt."),
    "verplaats": _("Het zijgesprek heeft een eigen plek."),
    "roep": _("Je vraag staat nu bij de dialoog."),
    "roepaf": _("Je vraag is weg."),
    "afgesloten": _("De dialoog is afgesloten. Je slotwoord staat erbij."),
    "heropen": _("De dialoog is weer open."),
    "bericht": _("Je bericht is verstuurd. Alleen de schrijver leest het, en wie hier begeleidt."),
    "gelezen": _("Het antwoord staat niet meer bij wat aandacht vraagt."),
}

#: What each tool of a whole discussion does, by its name in the address.
OF_DISCUSSION: Acts = {
    "banner": lambda user, uuid, said: guiding.set_banner(user=user, uuid=uuid, text=said["text"]),
    "tempo": lambda user, uuid, said: guiding.set_pace(user=user, uuid=uuid, pace=said["pace"]),
    "sluiting": lambda user, uuid, said: guiding.set_closing(
        user=user, uuid=uuid, closes_on=said["closes_on"]
    ),
    "stil": lambda user, uuid, said: guiding.set_read_only(user=user, uuid=uuid, is_read_only=True),
    "verder": lambda user, uuid, said: guiding.set_read_only(
        user=user, uuid=uuid, is_read_only=False
    ),
    "terug": lambda user, uuid, said: branching.move_back(user=user, uuid=uuid),
    "roep": lambda user, uuid, said: calling.call(
        user=user, uuid=uuid, kind=said["kind"], viewpoint=said["viewpoint"]
    ),
    "roepaf": lambda user, uuid, said: calling.call_off(user=user, uuid=uuid),
    "heropen": lambda user, uuid, said: ending.reopen(user=user, uuid=uuid),
}

#: What each tool of one contribution does.
OF_CONTRIBUTION: Acts = {
    "vast": lambda user, id_, said: guiding.pin(user=user, public_id=id_),
    "los": lambda user, id_, said: guiding.unpin(user=user, public_id=id_),
    "dicht": lambda user, id_, said: branching.close_branch(user=user, public_id=id_),
    "open": lambda user, id_, said: branching.reopen_branch(user=user, public_id=id_),
    "benoem": lambda user, id_, said: guiding.name_what_happens(
        user=user, public_id=id_, naming=said["naming"]
    ),
    "gelezen": lambda user, id_, said: hints.mark_read(user=user, public_id=id_),
    "verplaats": lambda user, id_, said: branching.move_branch(
        user=user, public_id=id_, question=said["text"]
    ),
}


@dataclass(frozen=True)
class Outcome:
    """What became of the press of a tool's button; nothing where none was pressed."""

    tool: str = ""
    is_done: bool = False
    tried: GuideForm | None = None
    error: ForumError | None = None

    @property
    def status(self) -> int:
        if self.error is not None:
            return 409
        return 422 if self.tried is not None and self.tried.errors else 200


# --- reading -------------------------------------------------------------------------------------


@require_safe
def branch(request: HttpRequest, uuid: str) -> HttpResponse:
    """A branch on a page of its own: the same bytes for every reader."""
    try:
        discussion = access.readable_discussion(uuid, request)
    except NotFound as absent:
        home = access.home_of_moved_back(uuid, request)
        if home is None:
            raise Http404(str(absent)) from absent
        return kept_as(home, HttpResponseRedirect(home.get_absolute_url()))
    if not discussion.branch_of_id:
        return kept_as(discussion, HttpResponseRedirect(discussion.get_absolute_url()))
    context = {"discussion_here": discussion, "page": discussion.page}
    return kept_as(discussion, render(request, "goedwerk_forum/branch.html", context))


# --- guiding -------------------------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, uuid: str) -> HttpResponse:
    """What asks for the guide, her tools for the whole discussion, and the way to the others."""
    discussion = guides.guided_discussion(request.user, uuid)
    forms = forms_of(discussion)
    if kept := rescue.restored(request).get("text"):
        forms["banner"].initial["text"] = kept
    outcome = _used(request, OF_DISCUSSION, forms, uuid)
    if outcome.is_done:
        where = discussion.home if outcome.tool == "terug" else discussion
        return _done(request, reverse("goedwerk_forum:guide", args=[where.uuid.hex]), outcome)
    branches = guides.branches_of(discussion)
    shown = window(discussion, cursor_of(request), branches)
    seen = attention_in(discussion, request.user)
    context = {
        "discussion": discussion,
        "forms": forms,
        "signals": signals_of(discussion, seen),
        "answers": seen.answers,
        "called": called_in(discussion),
        "branches": branches,
        "window": shown,
        "nodes": list(_flat(shown.nodes)),
        "can_move_back": bool(discussion.branch_of_id) and not guides.seems_answered(discussion),
    }
    return _page(request, "guide", outcome, context)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tools(request: HttpRequest, public_id: str) -> HttpResponse:
    """The tools for one contribution; each stands beside its inverse."""
    try:
        contribution = guides.guided_contribution(request.user, public_id)
    except OwnContribution as refused:
        return own_refused(request, public_id, refused)
    forms: dict[str, GuideForm] = {
        "benoem": NamingForm(initial={"naming": contribution.naming}),
        "verplaats": MoveForm(initial=rescue.restored(request)),
    }
    outcome = _used(request, OF_CONTRIBUTION, forms, public_id)
    if outcome.is_done:
        return _done(request, reverse("goedwerk_forum:guide_tools", args=[public_id]), outcome)
    context = {
        "contribution": contribution,
        "discussion": contribution.discussion,
        "forms": forms,
        "closed_by": contribution.closed_with,
        "letters": (letters := letters_about(contribution)),
        "waits_to_be_read": any(one.hint.is_answered and not one.hint.is_read for one in letters),
    }
    return _page(request, "guide_tools", outcome, context)


def _used(request: HttpRequest, acts: Acts, forms: dict[str, GuideForm], key: str) -> Outcome:
    """Does what the pressed tool does, where what was filled in for it is right."""
    tool = request.GET.get("doe", "")
    if request.method != "POST" or tool not in acts:
        return Outcome()
    form = forms.get(tool)
    if form is not None:
        form = forms[tool] = type(form)(request.POST)
        if not form.is_valid():
            return Outcome(tool, tried=form)
    try:
        acts[tool](request.user, key, form.cleaned_data if form else {})
    except ForumError as problem:
        return Outcome(tool, tried=form, error=problem)
    return Outcome(tool, is_done=True)


def _done(request: HttpRequest, url: str, outcome: Outcome) -> HttpResponse:
    return rescue.forgotten(request, redirect(f"{url}?klaar={outcome.tool}"))


def _page(request: HttpRequest, name: str, outcome: Outcome, context: Said) -> HttpResponse:
    context |= {
        "form": outcome.tried,
        "error": outcome.error,
        "done": DONE.get(request.GET.get("klaar", "")),
        "page_url": request.path,
    }
    return render(request, f"goedwerk_forum/{name}.html", context, status=outcome.status)


def _flat(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


# --- speaking as the guide -----------------------------------------------------------------------


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: str) -> HttpResponse:
    """A turn of the guide, on its own."""
    discussion = guides.guided_discussion(request.user, uuid)
    return _speak(request, discussion, None)


@rescue.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, public_id: str) -> HttpResponse:
    """A turn of the guide below a contribution."""
    parent = guides.answered_contribution(request.user, public_id)
    return _speak(request, parent.discussion, parent)


def _speak(
    request: HttpRequest, discussion: Discussion, parent: Contribution | None
) -> HttpResponse:
    if request.method != "POST":
        naming = Naming(asked) if (asked := request.GET.get("benoem", "")) in Naming else ""
        begun = {"submission": new_submission(), "naming": naming}
        form = TurnForm(initial=begun | rescue.restored(request))
        return _turn_page(request, discussion, parent, form)
    if SENTENCE in request.POST:
        return _turn_page(request, discussion, parent, _with_sentence(request))
    press = pressed(request, TurnForm)
    if not press.is_to_send:
        return _turn_page(request, discussion, parent, press.form, preview=press.preview)
    try:
        contribution = contribute(
            user=request.user,
            participant=join_as_guide(user=request.user, discussion=discussion),
            discussion=discussion,
            words=press.form.words(marks_seen=press.marks_seen),
            submission=press.form.cleaned_data["submission"] or new_submission(),
            in_reply_to=parent,
        )
    except ForumError as problem:
        turn = as_new(press.form) if isinstance(problem, SentBefore) else press.form
        return _turn_page(request, discussion, parent, turn, error=problem)
    url = redirect("goedwerk_forum:own", public_id=contribution.public_id)
    return rescue.forgotten(request, url)


def _with_sentence(request: HttpRequest) -> TurnForm:
    """The form as it was, with the sentence that she chose below what she typed."""
    typed = request.POST.dict()
    chosen = GuideSentence.objects.filter(public_id=ids.asked(typed, SENTENCE)).first()
    if chosen is not None:
        typed["text"] = "\n\n".join(part for part in (typed.get("text", ""), chosen.text) if part)
        typed["naming"] = typed.get("naming") or chosen.naming
    return TurnForm(initial=typed)


def _turn_page(
    request: HttpRequest,
    discussion: Discussion,
    parent: Contribution | None,
    form: TurnForm,
    *,
    error: ForumError | None = None,
    preview: Preview | None = None,
) -> HttpResponse:
    error = error or refusal(discussion, parent, to_guide=True)
    context = surroundings(request, discussion) | {
        "form": form,
        "parent": parent,
        "error": error,
        "preview": preview,
        "sentences": GuideSentence.objects.all(),
        "participant": Participant(pseudonym=GUIDE, is_guide=True),
    }
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    return render(request, "goedwerk_forum/guide_write.html", context, status=status)
