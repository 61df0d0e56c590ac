"""Why a text cannot be sent."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .base import ForumError, NotAllowed

if TYPE_CHECKING:
    from ..identity.standing import Held


class UnknownKind(ForumError):
    """A kind of contribution that is not in use."""

    code = "unknown_kind"
    message = _("Deze soort bijdrage is er niet (meer). Kies een andere.")


class LastKind(ForumError):
    """The last kind in use would be taken out of use: then nobody could write."""

    code = "last_kind"
    message = _(
        "Dit is de enige soort die in gebruik is. Zonder soort kan niemand schrijven. Neem eerst "
        "een andere in gebruik."
    )


class DiscussionClosed(ForumError):
    """The discussion is not open for writing."""

    code = "closed"
    closes_form = True
    message = _("Deze dialoog is gesloten. Je tekst kan hier niet meer geplaatst worden.")


class DiscussionPaused(DiscussionClosed):
    """The guide lets people only read for now."""

    code = "paused"
    message = _("De begeleider heeft deze dialoog stilgezet. Lezen kan, schrijven nu even niet.")


class BranchClosed(ForumError):
    """The guide closed the part of the thread in which the parent stands."""

    code = "branch_closed"
    closes_form = True
    message = _(
        "De begeleider heeft dit deel van de dialoog gesloten. Reageren kan hier niet meer. "
        "Een nieuwe bijdrage schrijven kan wel."
    )


class TooSoon(ForumError):
    """The discussion goes slowly, and the participant wrote a moment ago; ``until`` says when."""

    code = "too_soon"
    message = _("Deze dialoog gaat rustig aan. Je schreef net al iets.")

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__()
        self.until = until


class PseudonymTaken(ForumError):
    """Another participant of the discussion drew the pseudonym first."""

    code = "pseudonym_taken"
    message = _("Deze schuilnaam is net door iemand anders gekozen. Trek een andere.")


class SentBefore(ForumError):
    """Other words arrived from the same form; these are new, and nobody has them yet."""

    code = "sent_before"
    message = _(
        "Je vorige tekst is aangekomen. Dit is een nieuwe tekst: verstuur die nog eens. Wil je de "
        "vorige veranderen? Dat doe je bij je eigen bijdragen."
    )


class TooManyWrites(ForumError):
    """The account wrote more than WRITES_PER_HOUR."""

    code = "too_many"
    message = _("Je hebt dit uur al veel geschreven. Probeer het over een uur opnieuw.")


class HeldBack(NotAllowed):
    """Somebody who was paused or excluded tried to write; ``held`` says until when, and why."""

    code = "held_back"
    message = _("Je kunt nu niet schrijven.")

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held = held
