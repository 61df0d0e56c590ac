"""The workbench: the raw text, the abstracted text, and the findings one by one.

One form holds the texts and all buttons, so that no step loses what was typed, with script or
without: each press keeps the texts first, and then does what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from goedwerk_forum.errors import IllegalTransition
from goedwerk_forum.views import rescue
from goedwerk_privacy import find

from .. import access
from ..actions.workbench import (
    MOST_KEPT,
    Desk,
    NotInHand,
    NotThere,
    StaleWork,
    decide_finding,
    desk_of,
    save_work,
    undo,
)
from ..findings import Seen
from ..work import PARTS, Work
from .base import SubmissionView
from .bench_page import bench_context

#: Most characters that one part can hold.
MOST_TYPED = 100_000


class TypedWrong(Exception):
    """What was typed beside a finding cannot be used; ``field`` says where it stands."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """What a press on a button of the form brings along."""

    texts: dict[str, str]
    version: int
    action: str
    about: list[str]
    own: str
    reason: str
    everywhere: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Typed:
        posted = request.POST
        action, *about = posted.get("do", "save").split(":")
        version = posted.get("version", "")
        return cls(
            texts={
                part: _plain(posted[f"text-{part}"])[:MOST_TYPED]
                for part in PARTS
                if f"text-{part}" in posted
            },
            version=int(version) if version.isdecimal() else -1,
            action=action,
            about=about,
            own=_plain(posted.get("own", "")).strip(),
            reason=_plain(posted.get("reason", "")).strip(),
            everywhere="only-here" not in posted,
        )


def _plain(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


class BenchView(SubmissionView):
    template_name = "goedwerk_casestudies/admin/bench.html"
    step = "text"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        key = request.GET.get("bij", "")
        found = rescue.restored(request)
        return self._restored(key, found) if found else self._bench(key)

    def _restored(self, key: str, found: dict[str, str]) -> HttpResponse:
        """The page with what was typed before the editor had to sign in again; not kept yet."""
        is_stale = found.get("version", "") not in ("", str(self.desk.work.version))
        return self._bench(
            key,
            typed={part: found[f"text-{part}"] for part in PARTS if f"text-{part}" in found},
            half_typed={name: found[name] for name in ("own", "reason") if name in found},
            is_restored=not is_stale,
            is_stale=is_stale,
        )

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self._look_again()
        typed = self.typed
        try:
            work = save_work(
                self.submission, by=self._editor, version=typed.version, texts=typed.texts
            )
            return rescue.forgotten(request, self._done(work))
        except TypedWrong as error:
            key = typed.about[0] if typed.about else ""
            # The texts were kept: only what is wrong beside a finding is still to be mended.
            page = self._bench(key, status=422, wrong=error, half_typed=typed)
            return rescue.forgotten(request, page)
        except StaleWork:
            return self._bench(status=409, is_stale=True, typed=typed.texts)
        except (NotInHand, IllegalTransition):
            self._look_again()
            return self._bench(status=409, is_gone=True, typed=typed.texts)

    @cached_property
    def typed(self) -> Typed:
        return Typed.of(self.request)

    @property
    def _editor(self) -> Any:
        return self.request.user

    def _look_again(self) -> None:
        """The submission as it is now."""
        self.submission = access.workable_submission(self.request.user, self.public_id)

    # --- what the buttons do -----------------------------------------------------------------

    def _done(self, work: Work) -> HttpResponse:
        steps: dict[str, Callable[[Work], HttpResponse]] = {
            "go": self._go,
            "accept": self._accept,
            "own": self._own,
            "keep": self._keep,
            "undo": self._undo,
            "check": self._on,
        }
        return steps.get(self.typed.action, self._saved)(work)

    def _saved(self, work: Work) -> HttpResponse:
        """Kept; words typed beside a finding stay in sight."""
        typed = self.typed
        key = self.request.GET.get("bij", "")
        if typed.own or typed.reason:
            return self._bench(key, half_typed=typed, is_saved=True)
        return self._to(key)

    def _go(self, work: Work) -> HttpResponse:
        return self._to(*self.typed.about[:1])

    def _on(self, work: Work) -> HttpResponse:
        return HttpResponseRedirect(self.url_of("check"))

    def _accept(self, work: Work) -> HttpResponse:
        seen = self._seen()
        chosen = self.typed.about[1] if len(self.typed.about) > 1 else "0"
        index = int(chosen) if chosen.isdecimal() else 0
        if seen is None or index >= len(seen.suggestions):
            return self._nothing_there()
        return self._decide(work, seen, put=seen.suggestions[index])

    def _own(self, work: Work) -> HttpResponse:
        seen = self._seen()
        if seen is None:
            return self._nothing_there()
        if not self.typed.own:
            raise TypedWrong("own", _("Schrijf de woorden die ervoor in de plaats komen."))
        return self._decide(work, seen, put=self.typed.own)

    def _keep(self, work: Work) -> HttpResponse:
        seen = self._seen()
        if seen is None:
            return self._nothing_there()
        _check_reason(self.typed.reason, seen)
        return self._decide(work, seen, reason=self.typed.reason)

    def _undo(self, work: Work) -> HttpResponse:
        number = self.typed.about[0] if self.typed.about else ""
        if number.isdecimal():
            undo(self.submission, by=self._editor, version=work.version, number=int(number))
        return self._to(self.request.GET.get("bij", ""))

    def _seen(self) -> Seen | None:
        """The finding that a button is about, in the texts as they were just kept."""
        key = self.typed.about[0] if self.typed.about else ""
        self.before = desk_of(self.submission).examined
        return self.before.find_key(key)

    def _nothing_there(self) -> HttpResponse:
        return self._bench(status=409, is_moved=True)

    def _decide(self, work: Work, seen: Seen, **decision: str) -> HttpResponse:
        try:
            decide_finding(
                self.submission,
                by=self._editor,
                version=work.version,
                key=seen.key,
                everywhere=self.typed.everywhere,
                **decision,
            )
        except NotThere:
            return self._nothing_there()
        after = desk_of(self.submission).examined.open
        return self._to(_next_key(self.before.open, seen, after))

    def _to(self, key: str = "") -> HttpResponse:
        query = f"?bij={key}" if key.isalnum() else ""
        return HttpResponseRedirect(f"{self.url_of('bench')}{query}#gw-panel")

    # --- the page ----------------------------------------------------------------------------

    def _bench(self, key: str = "", status: int = 200, **extra: Any) -> HttpResponse:
        return self.page(status, **bench_context(self.desk, key, **extra))

    @property
    def desk(self) -> Desk:
        return desk_of(self.submission)


def _check_reason(reason: str, seen: Seen) -> None:
    """A reason is staff's own words about the words; it goes to the page and names nobody else."""
    if not reason:
        raise TypedWrong("reason", _("Schrijf waarom deze woorden mogen blijven."))
    if len(reason) > MOST_KEPT or len(seen.words) > MOST_KEPT:
        raise TypedWrong(
            "reason", _("Houd het bij hoogstens %(most)d tekens.") % {"most": MOST_KEPT}
        )
    named = {reason[one.start : one.end] for one in find(reason) if one.severity == "must"}
    if named - {seen.words}:
        raise TypedWrong("reason", _("Noem in de reden geen namen of nummers."))


def _next_key(before: list[Seen], decided: Seen, after: list[Seen]) -> str:
    """The first that waits behind the one decided on; after the last, the first of all."""
    earlier = {seen.key for seen in before if seen.number < decided.number}
    still = sum(1 for seen in after if seen.key in earlier)
    if not after:
        return ""
    return after[still if still < len(after) else 0].key
