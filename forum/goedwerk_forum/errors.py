"""What can go wrong in the plugin; the docstring of an error is its message for developers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class ForumError(Exception):
    """Base of all errors of the plugin: a code for machines, a message for people."""

    code = "error"
    message = _("Er ging iets mis.")

    def __str__(self) -> str:
        return str(self.message)


class NotFound(ForumError):
    """The object does not exist, or the asker may not know that it does."""

    code = "not_found"
    message = _("Deze bijdrage is er niet of hoort niet bij jou.")


class NotAllowed(ForumError):
    """The asker lacks the right."""

    code = "not_allowed"
    message = _("Dit mag je niet doen.")


class OwnContribution(NotAllowed):
    """An ambassador tried to judge a contribution of her own."""

    code = "own_contribution"
    message = _("Dit is een bijdrage van jezelf. Een collega beslist erover.")


class GuideOfThis(NotAllowed):
    """An ambassador would let go of the link that keeps her from judging herself."""

    code = "guide_of_this"
    message = _(
        "Je bent ambassadeur van deze dialoog. Zonder band zou je over je eigen bijdrage kunnen "
        "beslissen. Vraag je collega’s om je eerst uit het team te halen."
    )


class LastOwner(NotAllowed):
    """The last account that can let people into the admin would go."""

    code = "last_owner"
    message = _("Jij bent de enige beheerder. Geef eerst een collega de sleutel van het beheer.")


class DiscussionClosed(ForumError):
    """The discussion is not open for writing."""

    code = "closed"
    message = _(
        "Deze dialoog is gesloten. Je tekst is bewaard, maar kan hier niet meer geplaatst worden."
    )


class StaleDecision(ForumError):
    """Somebody else changed the contribution since it was read."""

    code = "stale"
    message = _("Iemand anders heeft intussen over deze bijdrage beslist. Je ziet nu de stand.")


class IllegalTransition(ForumError):
    """The table of transitions has no such step."""

    code = "illegal_transition"
    message = _("Dat kan niet in de toestand waarin deze bijdrage nu is.")


class PseudonymTaken(ForumError):
    """Another participant of the discussion drew the pseudonym first."""

    code = "pseudonym_taken"
    message = _("Deze schuilnaam is net door iemand anders gekozen. Trek een andere.")


class TooManyWrites(ForumError):
    """The account wrote more than WRITES_PER_HOUR."""

    code = "too_many"
    message = _("Je hebt dit uur al veel geschreven. Probeer het over een uur opnieuw.")


class KeyMissing(ForumError):
    """An identity key that this process needs is not there."""

    code = "key_missing"
    message = _("Schrijven kan nu even niet: een sleutel die je naam beschermt, ontbreekt.")
