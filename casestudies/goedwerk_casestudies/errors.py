"""Why a story may not go where somebody wants it to go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.errors import ForumError

if TYPE_CHECKING:
    from .shown import Left


class NotCleared(ForumError, PermissionDenied):
    """No second editor signed these words, or the contributor did not agree.

    A ``PermissionDenied``, so that Wagtail answers with a message instead of an error page.
    """

    code = "not_cleared"
    message = _("Dit verhaal is nog niet vrijgegeven. Op het tabblad ‘Vrijgave’ staat waarom.")


class MayNotSign(NotCleared):
    """The asker lacks the right to sign stories."""

    code = "may_not_sign"
    message = _("Je mag geen verhalen vrijgeven.")


class OwnWords(NotCleared):
    """Who wrote, abstracted or submitted a text does not sign it."""

    code = "own_words"
    message = _("Je schreef zelf aan deze tekst. Een ander leest haar na en tekent.")


class ChecksMissing(NotCleared):
    """Not all questions on being recognised have an answer."""

    code = "checks_missing"
    message = _("Nog niet alle drie de vragen over herkenbaarheid zijn beantwoord.")


class OtherWords(NotCleared):
    """The text is no longer the one that was read."""

    code = "other_words"
    message = _("De tekst is intussen veranderd. Lees haar opnieuw voordat je tekent.")


class TurnedDown(NotCleared):
    """The contributor said no to these words, and to others yes; she is not asked any more."""

    code = "turned_down"
    message = _("De inzender wilde deze woorden niet op de site. Verander de tekst.")


class OtherStory(ForumError):
    """The story is no longer the one that its contributor read."""

    code = "other_story"
    message = _(
        "Het verhaal is veranderd sinds je het las. Lees de tekst hieronder en geef je antwoord "
        "opnieuw."
    )


class OtherDraft(ForumError):
    """Something else was saved in this step since it was shown, in another window perhaps."""

    code = "other_draft"
    message = _("Je bewaarde hier intussen iets anders. Kies welke tekst je houdt.")

    def __init__(self, stored: str) -> None:
        super().__init__()
        self.stored = stored


class Unresolved(NotCleared):
    """Names or numbers are left that nobody decided on; the message never holds them."""

    code = "unresolved"
    message = _("Er staat nog een naam of nummer in de tekst waarmee iemand te vinden is.")

    def __init__(self, found: Sequence[Left]) -> None:
        super().__init__()
        self.found = list(found)


class RoundClosed(ForumError):
    """The round closed, or is not open yet."""

    code = "round_closed"
    message = _("Deze ronde is gesloten. Je antwoord is niet meer meegeteld.")


class AlreadyAnswered(ForumError):
    """One answer per round, and for good."""

    code = "already_answered"
    message = _("Je deed in deze ronde al mee. Je antwoord van toen telt.")


class LastRound(ForumError):
    """A page has a round before the dialogue and one after it."""

    code = "last_round"
    message = _("Er zijn al twee rondes geweest. Maak een nieuwe pagina voor een nieuwe vraag.")
