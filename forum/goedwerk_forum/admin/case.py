"""What an ambassador sees of one contribution: the text, what was found, and what is around it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Case_
from django.db.models import Count, Value, When
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..actions.precision import is_judged
from ..checks import Level, precision
from ..checks.base import FAILED
from ..checks.hand_over import HandOver
from ..checks.traceable import MARKING
from ..checks.verdict import check_by_code
from ..models import AuditRecord, CheckPrecision, Contribution, Revision, Signal, Statement
from ..texts import FROM_AMBASSADOR, spans
from ..transitions import RevisionState, State
from .differences import Places, as_html, changed
from .labels import action_label, actor_label

#: Contributions shown before and after this one.
AROUND = 3

LEVELS: dict[str, str | Promise] = {
    Level.ADVISE: _("ter informatie"),
    Level.HOLD: _("iemand moet kijken"),
    Level.RETURN: _("moet anders"),
}


@dataclass(frozen=True)
class Explained:
    """A finding in words; ``number`` is that of its mark in the text, None where it has none.

    ``index`` is its place in the revision's list.
    """

    index: int
    number: int | None
    name: str
    words: str
    why: str
    level: str | Promise
    suggestions: list[str]
    #: How often ambassadors found its kind right; None where there is no right or wrong.
    measured: CheckPrecision | None
    is_below_bar: bool

    @property
    def is_measured(self) -> bool:
        """Whether enough were judged for the share to say something."""
        return self.measured is not None and precision.says_something(self.measured)


@dataclass(frozen=True)
class Beside:
    """An earlier version of the text: the one that stands, or the one that was given back."""

    text: SafeString
    stands: bool


@dataclass(frozen=True)
class Case:
    """One contribution with all that helps to judge it."""

    contribution: Contribution
    revision: Revision | None
    #: The version before it, with what went out of it marked; None where it is the first.
    beside: Beside | None
    text: SafeString
    findings: list[Explained]
    statements: list[Statement]
    earlier: list[Contribution]
    later: list[Contribution]
    introduction: str
    by_state: list[tuple[str, int]]
    #: The first words here of somebody who is new: her guide may welcome her.
    is_first_here: bool
    #: What the text tells of that needs another place.
    signals: list[str]
    #: Its author saw the marks and left these in.
    was_left_in: bool


def case_of(contribution: Contribution, revision: Revision | None) -> Case:
    """The case of a contribution, of which ``revision`` is to be judged."""
    findings = revision.findings if revision else []
    text = revision.text if revision else ""
    earlier = _earlier_version(contribution, revision)
    gone, come = changed(earlier.text, text) if earlier else ([], [])
    return Case(
        contribution=contribution,
        revision=revision,
        beside=_beside(earlier, gone) if earlier else None,
        text=as_html(text, findings, come, "ins"),
        findings=explained(text, findings),
        statements=list(contribution.statements.order_by("-pk")),
        earlier=_around(contribution, "path__lt", "-path")[::-1],
        later=_around(contribution, "path__gt", "path"),
        # The page of all circles introduces nothing.
        introduction=getattr(contribution.discussion.page.specific, "discussion_introduction", ""),
        by_state=(by_state := _by_state(contribution)),
        is_first_here=_is_first(contribution, sum(number for _label, number in by_state)),
        signals=_signals(findings),
        was_left_in=bool(revision and revision.marks_seen) and _has_marks(findings),
    )


def _signals(findings: list[dict[str, Any]]) -> list[str]:
    told = {item["kind"] for item in findings if item["check"] == HandOver.code}
    return [str(signal.label) for signal in Signal if signal in told]


def _has_marks(findings: list[dict[str, Any]]) -> bool:
    return any(item["check"] in MARKING and item["level"] != Level.ADVISE for item in findings)


def _earlier_version(contribution: Contribution, revision: Revision | None) -> Revision | None:
    """What the judged text is to be compared with: what stands, else what was sent before it."""
    if revision is None or revision.state != RevisionState.HELD or revision.number == 1:
        return None
    stands = Case_(When(state=RevisionState.ACCEPTED, then=Value(0)), default=Value(1))
    return (
        contribution.revisions.filter(number__lt=revision.number)
        .exclude(text="")
        .order_by(stands, "-number")
        .first()
    )


def _beside(earlier: Revision, gone: Places) -> Beside:
    return Beside(
        text=as_html(earlier.text, [], gone, "del"),
        stands=earlier.state == RevisionState.ACCEPTED,
    )


def explained(text: str, findings: list[dict[str, Any]]) -> list[Explained]:
    """Findings as the ambassador reads them: the marked ones in order, then the others.

    Asks the database once, and only where there is something to judge.
    """
    measured = precision.measured() if any(map(is_judged, findings)) else {}
    places = [dict(item, index=index) for index, item in enumerate(findings)]
    shown = spans(places)
    others = [item for item in places if item not in shown]
    numbered = [*enumerate(shown, start=1), *((None, item) for item in others)]
    return [_explained(text, number, item, measured) for number, item in numbered]


def _explained(
    text: str,
    number: int | None,
    item: dict[str, Any],
    measured: dict[precision.OfKind, CheckPrecision],
) -> Explained:
    return Explained(
        index=item["index"],
        number=number,
        name=_name(item["check"]),
        words=text[item["start"] : item["end"]],
        why=_why(item),
        level=LEVELS.get(item["level"], item["level"]),
        suggestions=item["suggestions"],
        measured=_measured(item, measured) if is_judged(item) else None,
        is_below_bar=item.get("is_below_bar", False),
    )


def _name(code: str) -> str:
    if code == FROM_AMBASSADOR:
        return str(_("Aangewezen door een ambassadeur"))
    check = check_by_code(code)
    return str(check.name) if check else code


def _why(item: dict[str, Any]) -> str:
    check = check_by_code(item["check"])
    if item["kind"] == FAILED:
        return str(_("Deze controle is mislukt. Kijk zelf extra goed."))
    return check.explain(item["kind"]) if check else ""


def _measured(
    item: dict[str, Any], measured: dict[precision.OfKind, CheckPrecision]
) -> CheckPrecision:
    of_kind = item["check"], item["kind"]
    return measured.get(of_kind) or CheckPrecision(check_code=of_kind[0], kind=of_kind[1])


def _around(contribution: Contribution, side: str, order: str) -> list[Contribution]:
    """What readers see next to it in the thread."""
    shown = Contribution.objects.filter(
        discussion_id=contribution.discussion_id, **{side: contribution.path}
    ).shown()
    return list(shown.with_voices().order_by(order)[:AROUND])


def _by_state(contribution: Contribution) -> list[tuple[str, int]]:
    """How the author's contributions fared, in this discussion alone."""
    rows = (
        Contribution.objects.filter(participant_id=contribution.participant_id)
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    counted = Counter(dict(rows))
    return [(str(state.label), counted[state]) for state in State if counted[state]]


def _is_first(contribution: Contribution, written: int) -> bool:
    """Whether somebody new says her first words here; asks only where she said more since."""
    if not contribution.by_newcomer or written <= 1:
        return contribution.by_newcomer
    earlier = Contribution.objects.filter(
        participant_id=contribution.participant_id, pk__lt=contribution.pk
    )
    return not earlier.exists()


def what_happened(contribution: Contribution) -> dict[str, Any] | None:
    """The latest thing on record about a contribution: by which role, never by whom."""
    record = (
        AuditRecord.objects.filter(object_kind="contribution", object_id=contribution.public_id)
        .order_by("-pk")
        .first()
    )
    if record is None:
        return None
    return {
        "actor": actor_label(record.actor),
        "action": action_label(record.action),
        "day": record.day,
    }
