"""From findings and policy to a verdict: publish, hold or return. Never reject."""

from __future__ import annotations

import gc
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..models import Appeal, Contribution, Policy, Revision, Statement
from ..transitions import Action, RevisionState, State
from . import precision, switches
from .base import FAILED, Check, Context, Finding, Level
from .form import forget_texts
from .limits import Limit, TooSlow, alarm
from .registry import all_checks, check_by_code
from .switches import NOTHING_SET, Switch, Switches
from .traceable import MARKING, found_in

logger = logging.getLogger("goedwerk.checks")

#: Other texts of a discussion that a new one is compared with.
COMPARED = 50
#: Policies under which a text in which nothing was found is shown before a person read it.
SHOWN_AT_ONCE = (Policy.TRUSTED_FIRST, Policy.AFTER)


@dataclass
class Examined:
    """A revision, what the checks found in it, and the verdict."""

    revision: Revision
    findings: list[Finding]
    verdict: Action

    @property
    def contribution(self) -> Contribution:
        return self.revision.contribution

    @property
    def is_edit(self) -> bool:
        return self.contribution.state == State.PUBLISHED

    def as_json(self) -> list[dict[str, Any]]:
        return [finding.as_json() for finding in self.findings]

    @property
    def deciding(self) -> Check | None:
        """The check whose finding weighs most."""
        strongest = max(self.findings, key=lambda f: list(Level).index(f.level), default=None)
        return check_by_code(strongest.check) if strongest else None

    @property
    def reason(self) -> str:
        return self.deciding.reason if self.deciding else ""

    @property
    def explanation(self) -> str:
        return str(self.deciding.explanation) if self.deciding else ""


def run_checks(text: str, context: Context, switched: Switches = NOTHING_SET) -> list[Finding]:
    """What every check that is on finds; one that fails or is too slow leaves a finding."""
    found: list[Finding] = []
    try:
        with alarm() as limit:
            for check in all_checks():
                switch = switched.get(check.code, Switch())
                if switch.is_on:
                    here = context
                    if switch.threshold != context.threshold:
                        here = replace(context, threshold=switch.threshold)
                    found += _run(check, text, here, limit)
    finally:
        found_in.cache_clear()  # no text stays with the process
    return found


def _run(check: Check, text: str, context: Context, limit: Limit) -> list[Finding]:
    """What one check finds. One that fails has a person look, unless it only advises."""
    found: list[Finding] = []
    try:
        with limit(check.time_limit):
            found.extend(check.run(text, context))
    except (Exception, TooSlow) as error:
        logger.warning("check failed", extra={"check": check.code, "error": type(error).__name__})
        found.append(Finding(check.code, Level.HOLD, kind=FAILED))
    if check.only_advises:
        return [replace(finding, level=Level.ADVISE) for finding in found]
    return found


def load_checks() -> None:
    """Has each check read its files, so that the first text does not wait for that.

    Called when a process starts: what is there then is there to stay, and the collector of garbage
    need not go through all of it again and again; processes that split off share it. Where an
    owner has words of her own, the lists are put together once more before the first text.
    """
    for check in all_checks():
        try:
            check.load()
        except Exception as error:  # it fails again where it runs, and a person looks
            logger.warning(
                "check not loaded", extra={"check": check.code, "error": type(error).__name__}
            )
    gc.collect()
    gc.freeze()


def prepare_checks() -> None:
    """Lets each check read once what it needs; one that cannot goes on with what it has."""
    for check in all_checks():
        try:
            check.prepare()
        except Exception as error:
            logger.warning(
                "check not prepared", extra={"check": check.code, "error": type(error).__name__}
            )


def verdict(policy: str, findings: Iterable[Finding], context: Context) -> Action:
    """Policy x findings. A policy that nobody knows holds everything.

    A newcomer, and whatever is said about a sensitive story, is read first under every policy.
    Software returns a contribution once; who sends it again with marks left has a person look,
    and so has who saw the marks before she sent it.
    """
    levels = {_weight(finding, context) for finding in findings}
    if Level.RETURN in levels:
        return Action.RETURN
    if Level.HOLD in levels:
        return Action.HOLD
    reads_first = context.by_newcomer or context.is_sensitive or policy not in SHOWN_AT_ONCE
    return Action.HOLD if reads_first else Action.PUBLISH


def _weight(finding: Finding, context: Context) -> Level:
    knows = context.was_returned or (context.marks_seen and finding.check in MARKING)
    return Level.HOLD if finding.level == Level.RETURN and knows else finding.level


def examine(revisions: Sequence[Revision]) -> list[Examined]:
    """Examines revisions (with their contribution and discussion loaded)."""
    prepare_checks()
    low = precision.below_bar()
    discussions = {revision.contribution.discussion_id for revision in revisions}
    others, switched = _others(discussions), switches.in_force(discussions)
    ids = [revision.contribution_id for revision in revisions]
    returned, conditional = _returned_before(ids), _under_condition(ids)
    try:
        return [
            _examined(
                revision,
                others[revision.contribution.discussion_id],
                low,
                switched[revision.contribution.discussion_id],
                was_returned=revision.contribution_id in returned,
                is_conditional=revision.contribution_id in conditional,
            )
            for revision in revisions
        ]
    finally:
        forget_texts()


def _returned_before(contribution_ids: Iterable[int]) -> set[int]:
    """Which of the contributions software gave back before; one query."""
    returned = Statement.objects.filter(
        contribution__in=contribution_ids, decision=Action.RETURN, decided_by_software=True
    )
    return set(returned.values_list("contribution_id", flat=True))


def _under_condition(contribution_ids: Iterable[int]) -> set[int]:
    """Which may come back on a condition only, which a person reads; one query."""
    appeals = Appeal.objects.filter(
        statement__contribution__in=contribution_ids, state=Appeal.State.CONDITION
    )
    return set(appeals.values_list("statement__contribution_id", flat=True))


def _examined(
    revision: Revision,
    others: list[tuple[int, str]],
    low: frozenset[precision.OfKind],
    switched: Switches,
    *,
    was_returned: bool,
    is_conditional: bool,
) -> Examined:
    contribution = revision.contribution
    context = Context(
        by_newcomer=contribution.by_newcomer,
        is_sensitive=contribution.discussion.is_sensitive,
        is_edit=contribution.state == State.PUBLISHED,
        was_returned=was_returned,
        marks_seen=revision.marks_seen,
        others=tuple(text for pk, text in others if pk != contribution.pk),
    )
    findings = precision.weighed(run_checks(revision.text, context, switched), low)
    given = verdict(contribution.discussion.policy, findings, context)
    # What a table said, its guide wrote down alone: a colleague reads it under every policy.
    needs_a_person = is_conditional or contribution.said_on is not None
    if needs_a_person and given == Action.PUBLISH:
        given = Action.HOLD
    return Examined(revision, findings, given)


def _others(discussion_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Recent texts per discussion, with the contribution each belongs to; one query."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    recent = (
        Revision.objects.filter(contribution__discussion__in=set(discussion_ids))
        .exclude(state__in=[RevisionState.DROPPED, RevisionState.ERASED])
        .order_by("-pk")
        .values_list("contribution__discussion_id", "contribution_id", "text")
    )
    for discussion_id, contribution_id, text in recent[: COMPARED * 4]:
        if len(found[discussion_id]) < COMPARED:
            found[discussion_id].append((contribution_id, text))
    return found
