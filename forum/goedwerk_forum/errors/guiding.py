"""What can go wrong at the desk of a guide, and in a harvest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .base import ForumError


class Traceable(ForumError):
    """The finder marks somebody in words of a guide that everybody would read."""

    code = "traceable"
    message = _("Hierin is iemand te herkennen. Schrijf het anders.")


class ImpossibleDay(ForumError):
    """A discussion would close on a day that has passed, or before it opens."""

    code = "impossible_day"
    message = _("Kies een dag die nog komt, en niet vóór de dag waarop de dialoog opent.")


class AfterHome(ForumError):
    """A branch would be open longer than the discussion that it came from."""

    code = "after_home"
    message = _("Kies een dag waarop de dialoog waar dit bij hoort nog open is: zij sluiten samen.")


class TooManyPins(ForumError):
    """As many contributions are pinned as a discussion bears."""

    code = "too_many_pins"
    message = _("Er staan al twee bijdragen vast. Maak er eerst een los.")


class TooManyHints(ForumError):
    """The guide wrote as many private messages to an author as may be."""

    code = "too_many_hints"
    message = _(
        "Je kunt over één bijdrage twee berichten sturen, en aan één schuilnaam drie in een week. "
        "Dat zijn ze. Wil je meer zeggen? Reageer als begeleider."
    )


class HomeEnded(ForumError):
    """A branch stays ended while what it is a branch of has ended."""

    code = "home_ended"
    message = _("De hele dialoog is afgesloten. Open hem daar weer, dan gaat dit deel ook open.")


class Answered(ForumError):
    """Somebody wrote in a branch since it was moved, so it stays where it is."""

    code = "answered"
    message = _("Er is intussen in het zijgesprek geschreven. Het blijft waar het is.")


class AlreadyPicked(ForumError):
    """A harvest holds words of a contribution once, and asks its writer once."""

    code = "already_picked"
    message = _(
        "Van deze bijdrage staan al woorden in deze opbrengst, of de schrijver zei nee. "
        "Wij vragen het niet nog eens."
    )


class ConsentMoved(ForumError):
    """A consent is no longer in the state in which its writer saw it."""

    code = "consent_moved"
    message = _("Hier is intussen iets veranderd. Hieronder staat hoe het nu is.")


class NotTheirWords(ForumError):
    """A quote is not exactly what its writer said."""

    code = "not_their_words"
    message = _(
        "Dit staat zo niet in de bijdrage. Neem de woorden precies over; laat je iets weg, zet "
        "dan … op die plek. Of kies ‘samenvatting’."
    )


class NobodyToAsk(ForumError):
    """The link between a contribution and its writer was cut: nobody can say yes."""

    code = "nobody_to_ask"
    message = _(
        "De band met de schrijver is verbroken: niemand kan nog ja zeggen. Schrijf wat je "
        "leerde in je eigen woorden bij de inzichten."
    )
