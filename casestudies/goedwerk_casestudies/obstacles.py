"""What still stands between the work on a submission and a page: in words, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goedwerk_privacy import Severity, find

from .findings import Examined, may_stay
from .models import StoryPage
from .work import CHECKS, Work

#: Parts that a page cannot do without.
NEEDED = ("title", "lead", "what_happened", "tension")


class Obstacle(NamedTuple):
    """``step`` is the screen where it is mended: the text, or the questions."""

    step: str
    sentence: str


def obstacles(work: Work, examined: Examined) -> list[Obstacle]:
    """What must be done before a page can be made; none where it can."""
    return [*_undecided(examined), *_of_texts(work), *_of_checks(work)]


def _undecided(examined: Examined) -> Iterator[Obstacle]:
    number = examined.left()[Severity.MUST]
    if number:
        yield Obstacle(
            "text",
            ngettext(
                "Over %(number)d plek die moet worden vervangen, is nog niets beslist.",
                "Over %(number)d plekken die moeten worden vervangen, is nog niets beslist.",
                number,
            )
            % {"number": number},
        )


def _of_texts(work: Work) -> Iterator[Obstacle]:
    for part, text in work.texts.items():
        most = _field(part).max_length
        if part in NEEDED and not text.strip():
            yield Obstacle("text", _("‘%(part)s’ is nog leeg.") % {"part": label_of(part)})
        elif most and len(text.strip()) > most:
            yield Obstacle(
                "text",
                _("‘%(part)s’ is te lang: hoogstens %(most)d tekens.")
                % {"part": label_of(part), "most": most},
            )


def _of_checks(work: Work) -> Iterator[Obstacle]:
    kept = [words for words, _reason in work.kept()]
    for check in CHECKS:
        answer = work.checks.get(check, "")
        if not answer.strip():
            yield Obstacle("check", _("‘%(part)s’ is nog niet beantwoord.") % _named(check))
        elif any(_names(answer, kept)):
            yield Obstacle(
                "check",
                _("In het antwoord bij ‘%(part)s’ staat een naam of nummer.") % _named(check),
            )


def _names(answer: str, kept: list[str]) -> Iterator[str]:
    """Direct identifiers in an answer; the page keeps it, so it may hold none."""
    for finding in find(answer):
        words = answer[finding.start : finding.end]
        if finding.severity == Severity.MUST and not may_stay(words, kept):
            yield words


def _named(name: str) -> dict[str, str]:
    return {"part": label_of(name)}


def label_of(name: str) -> str:
    """What a part or question is called on the page."""
    return str(capfirst(_field(name).verbose_name))


def _field(name: str) -> Field:
    return cast(Field, StoryPage._meta.get_field(name))
