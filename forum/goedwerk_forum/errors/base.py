"""What every room can raise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class ForumError(Exception):
    """Base of all errors of the plugin: a code for machines, a message for people.

    Where ``closes_form``, a form without a text is of no use any more.
    """

    code = "error"
    closes_form = False
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


class Busy(ForumError):
    """Somebody else changes the same contributions at this moment."""

    code = "busy"
    message = _("Iemand anders is hier net mee bezig. Probeer het zo opnieuw.")


class StaleDecision(ForumError):
    """Somebody else changed the contribution since it was read."""

    code = "stale"
    message = _("Iemand anders heeft intussen over deze bijdrage beslist. Je ziet nu de stand.")


class IllegalTransition(ForumError):
    """The table of transitions has no such step."""

    code = "illegal_transition"
    message = _("Dat kan niet in de toestand waarin deze bijdrage nu is.")
