"""A submission in the words of who wrote it: where it stands, what she can do, until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import raw
from .actions import letters
from .actions.submissions import can_withdraw
from .conf import conf
from .models import Submission
from .raw import Raw
from .steps import STEPS

State, Consent = Submission.State, Submission.Consent
Words = str | Promise

#: (sign, what it is called, what it means) per state.
STANDING: dict[str, tuple[str, Words, Words]] = {
    State.DRAFT: ("s-open", _("Concept"), _("Alleen jij ziet dit. Er is nog niets verstuurd.")),
    State.SENT: ("s-half", _("Verstuurd"), _("Een redacteur pakt het op.")),
    State.IN_HAND: (
        "s-half",
        _("In bewerking"),
        _("Een redacteur maakt er een verhaal van dat naar niemand wijst."),
    ),
    State.ABSTRACTED: (
        "s-half",
        _("Wordt nagelezen"),
        _("Een tweede redacteur leest of niemand te herkennen is."),
    ),
    State.ASKED: ("s-nu", _("Wacht op jou"), _("Het verhaal is klaar. Ben je het ermee eens?")),
    State.PUBLISHED: ("s-klaar", _("Op de site"), _("Iedereen kan het verhaal lezen.")),
    State.REFUSED: ("s-weg", _("Niet geplaatst"), _("Dit verhaal komt niet op de site.")),
    State.WITHDRAWN: ("s-weg", _("Ingetrokken"), _("Je tekst en de brieven zijn weg.")),
}
AGREED: tuple[str, Words, Words] = (
    "s-nu",
    _("Akkoord"),
    _("De redactie zet het verhaal op de site."),
)
STOPPED: tuple[str, Words, Words] = (
    "s-weg",
    _("Niet geplaatst"),
    _("Zo is het afgesproken: zonder jouw akkoord komt het niet op de site."),
)
#: The road as she sees it: (what it is called, the states in which it is the step of now).
ROAD: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_("Verstuurd"), (State.SENT,)),
    (_("Bewerkt"), (State.IN_HAND,)),
    (_("Nagelezen"), (State.ABSTRACTED,)),
    (_("Jouw akkoord"), (State.ASKED,)),
    (_("Op de site"), (State.PUBLISHED,)),
)
EXCERPT = 220


def waits_for_her(submission: Submission) -> bool:
    """Whether who sent it was asked for her yes, and gave no answer yet."""
    return submission.state == State.ASKED and submission.consent == Consent.ASKED


@dataclass(frozen=True)
class Described:
    """One submission for its contributor's own pages."""

    submission: Submission
    text: Raw
    sign: str
    standing: Words
    meaning: Words
    #: Letters of the editors that she has not seen.
    unread: int = 0

    @property
    def excerpt(self) -> str:
        """The first words: how she knows one of hers from another."""
        words = " ".join(self.text.what_happened.split())
        return words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + "…"

    @property
    def parts(self) -> list[tuple[Words, str]]:
        """(what was asked, what she wrote) of each step that holds text."""
        texts = self.text.parts()
        return [(step.question, texts[step.name]) for step in STEPS if texts[step.name]]

    @property
    def needs_her(self) -> bool:
        return self.is_asked or bool(self.unread)

    @property
    def is_draft(self) -> bool:
        return self.submission.state == State.DRAFT

    @property
    def is_asked(self) -> bool:
        return waits_for_her(self.submission)

    @property
    def answer_before(self) -> datetime.date | None:
        """The last day on which she can answer."""
        asked_on = self.submission.asked_on
        term = datetime.timedelta(days=conf().CONSENT_DAYS)
        return asked_on + term if self.is_asked and asked_on else None

    @property
    def kept_until(self) -> datetime.date | None:
        """The day after which her text goes by itself; None while somebody works on it."""
        if self.is_draft:
            return self.submission.touched_on + datetime.timedelta(days=conf().DRAFT_DAYS)
        closed_on = self.submission.closed_on
        return closed_on + datetime.timedelta(days=conf().RETENTION_DAYS) if closed_on else None

    @property
    def can_withdraw(self) -> bool:
        return can_withdraw(self.submission)

    @property
    def can_write(self) -> bool:
        return letters.is_open(self.submission)

    @property
    def road(self) -> list[tuple[Words, str]]:
        """(step, "done" / "now" / "later"); empty where it goes no further."""
        here = next(
            (place for place, (_w, states) in enumerate(ROAD) if self.submission.state in states),
            None,
        )
        if here is None:
            return []
        asks = self.submission.wants_result
        return [
            (words, "done" if place < here else "now" if place == here else "later")
            for place, (words, states) in enumerate(ROAD)
            if asks or State.ASKED not in states
        ]


def described(submission: Submission, *, unread: int = 0) -> Described:
    """The submission in her words.

    Raises:
        KeyMissing: this process has no LINK_KEY.
    """
    sign, standing, meaning = _standing(submission)
    text = raw.unseal(submission.sealed_raw, submission.uuid)
    return Described(submission, text, sign, standing, meaning, unread)


def _standing(submission: Submission) -> tuple[str, Words, Words]:
    if submission.state == State.ASKED and submission.consent != Consent.ASKED:
        return AGREED
    if submission.state == State.REFUSED and submission.consent == Consent.REFUSED:
        return STOPPED
    return STANDING[submission.state]
