"""What would happen to a text, shown to whoever tries one: nothing is kept, nothing leaves.

The same marks, checks and words as in a real dialogue, for somebody who writes for the first time.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .checks import Level
from .checks.base import FAILED, Context, Finding
from .checks.registry import check_by_code
from .checks.remote import Remote
from .checks.switches import Switch, of_site
from .checks.traceable import MARKING
from .checks.verdict import prepare_checks, run_checks
from .models import ReasonCode

#: What an ambassador would write beside a text, per reason; the first that fits is shown.
AN_AMBASSADOR_WOULD_SAY: dict[str, str | Promise] = {
    ReasonCode.TRACEABLE: _(
        "Mooi dat je dit vertelt. Aan een paar woorden is iemand te herkennen. Kun je ze ruimer "
        "maken? ‘Een collega’ in plaats van een naam, ‘een gemeente’ in plaats van welke."
    ),
    ReasonCode.CONFIDENTIAL: _(
        "Dit lijkt uit een vertrouwelijk stuk te komen. Vertel wat het met je deed, en laat weg "
        "wat er precies in stond."
    ),
    ReasonCode.CONDUCT: _(
        "Ik hoor dat je boos bent, en dat mag. Kun je schrijven wat er gebeurde, zonder een "
        "oordeel over de mens? Dan luistert een ander beter."
    ),
    ReasonCode.LINKS: _(
        "Je verhaal is sterker dan de links. Kun je zeggen wat er staat, en hooguit twee laten "
        "staan?"
    ),
    ReasonCode.DUPLICATE: _("Dit staat er al bijna zo. Wat maakte jij anders mee?"),
}
NOTHING_TO_SAY = _(
    "Dank je, ik plaats dit. Fijn dat je vertelt wat je zelf meemaakte. Ben je benieuwd wat een "
    "ander zou doen? Stel er dan nog een vraag bij."
)
#: It stands with the marks, or is no finding about the text.
TOLD_ELSEWHERE = (*MARKING, "newcomer", "hand_over")


@dataclass(frozen=True)
class Told:
    """What one check says, in words."""

    name: str
    why: str
    words: str


@dataclass(frozen=True)
class Answer:
    """What would become of a text."""

    told: list[Told]
    is_given_back: bool
    an_ambassador_would_say: str


def answer_to(text: str, site: Site | None) -> Answer:
    """What the checks of a site make of a text by a newcomer; asks no classifier elsewhere."""
    prepare_checks()
    switched = (of_site(site) if site else {}) | {Remote.code: Switch(is_on=False)}
    findings = run_checks(text, Context(by_newcomer=True), switched)
    return Answer(
        told=_told(text, findings),
        is_given_back=any(finding.level == Level.RETURN for finding in findings),
        an_ambassador_would_say=str(_words_for(findings)),
    )


def _told(text: str, findings: list[Finding]) -> list[Told]:
    """What is not marked in the text already; twice the same is said once."""
    told: dict[tuple[str, str], Told] = {}
    for finding in findings:
        check = check_by_code(finding.check)
        if check is None or finding.check in TOLD_ELSEWHERE or finding.kind == FAILED:
            continue
        why = check.explain(finding.kind)
        told.setdefault(
            (finding.check, why), Told(str(check.name), why, text[finding.start : finding.end])
        )
    return list(told.values())


def _words_for(findings: list[Finding]) -> str | Promise:
    """The words for what weighs most; a friendly word where nothing does."""
    order = list(Level)
    weighty = [finding for finding in findings if finding.level != Level.ADVISE]
    for finding in sorted(weighty, key=lambda one: order.index(one.level), reverse=True):
        check = check_by_code(finding.check)
        words = AN_AMBASSADOR_WOULD_SAY.get(check.reason) if check else None
        if words:
            return words
    return NOTHING_TO_SAY
