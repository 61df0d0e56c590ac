"""What can go wrong in the plugin; the docstring of an error is its message for developers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .identity.standing import Held


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


class OwnContribution(NotAllowed):
    """An ambassador tried to judge a contribution of her own."""

    code = "own_contribution"
    message = _("Dit is een bijdrage van jezelf. Een collega beslist erover.")


class ClaimedByColleague(NotAllowed):
    """A colleague has the case in hand."""

    code = "claimed"
    message = _(
        "Een collega bekijkt deze bijdrage nu. Er is niets beslist. Neem haar over als jij beslist."
    )


class SecondLookAsked(NotAllowed):
    """The ambassador asked that somebody else decides."""

    code = "second_look_asked"
    message = _("Je vroeg om een tweede blik. Een collega beslist.")


class HiddenByHer(SecondLookAsked):
    """Who hid a text would alone keep it away for good; putting it back is free."""

    code = "hidden_by_her"
    message = _("Jij verborg deze tekst. Een collega beslist of hij wegblijft.")


class NotWaiting(ForumError):
    """Nothing is to be decided about the contribution."""

    code = "not_waiting"
    message = _("Over deze bijdrage valt nu niets te beslissen.")


class TooLate(ForumError):
    """A decision can no longer be undone: its minute is over, or something followed from it."""

    code = "too_late"
    message = _(
        "Ongedaan maken kan niet meer: de minuut is voorbij, of er gebeurde intussen iets anders."
    )


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
        "De begeleider heeft dit deel van het gesprek gesloten. Reageren kan hier niet meer. "
        "Een nieuwe bijdrage schrijven kan wel."
    )


class TooSoon(ForumError):
    """The discussion goes slowly, and the participant wrote a moment ago; ``until`` says when."""

    code = "too_soon"
    message = _("Deze dialoog gaat rustig aan. Je schreef net al iets.")

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__()
        self.until = until


class Traceable(ForumError):
    """The finder marks somebody in words of a guide that everybody would read."""

    code = "traceable"
    message = _("Hierin is iemand te herkennen. Schrijf het anders.")


class ImpossibleDay(ForumError):
    """A discussion would close on a day that has passed, or before it opens."""

    code = "impossible_day"
    message = _("Kies een dag die nog komt, en niet vóór de dag waarop de dialoog opent.")


class TooManyPins(ForumError):
    """As many contributions are pinned as a discussion bears."""

    code = "too_many_pins"
    message = _("Er staan al twee bijdragen vast. Maak er eerst een los.")


class Answered(ForumError):
    """Somebody wrote in a branch since it was moved, so it stays where it is."""

    code = "answered"
    message = _("Er is intussen in het zijgesprek geschreven. Het blijft waar het is.")


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


class PseudonymTaken(ForumError):
    """Another participant of the discussion drew the pseudonym first."""

    code = "pseudonym_taken"
    message = _("Deze schuilnaam is net door iemand anders gekozen. Trek een andere.")


class TooManyWrites(ForumError):
    """The account wrote more than WRITES_PER_HOUR."""

    code = "too_many"
    message = _("Je hebt dit uur al veel geschreven. Probeer het over een uur opnieuw.")


class OwnReport(OwnContribution):
    """An editor tried to answer a report that she made herself."""

    code = "own_report"
    message = _("Dit is een melding van jezelf. Een collega beantwoordt haar.")


class OwnDecision(OwnContribution):
    """An ambassador tried to judge an appeal against a decision of her own."""

    code = "own_decision"
    message = _("Je besloot hier zelf over. Een collega beoordeelt het bezwaar.")


class NoAppeal(ForumError):
    """The decision cannot be appealed (any more): too late, done before, or it holds no longer."""

    code = "no_appeal"
    message = _("Tegen dit besluit kun je geen bezwaar (meer) maken.")


class TooManyReports(ForumError):
    """An account or a network reported more than it may in an hour."""

    code = "too_many_reports"
    message = _("Er zijn dit uur al veel meldingen gedaan. Probeer het over een uur opnieuw.")


class KeyMissing(ForumError):
    """An identity key that this process needs is not there."""

    code = "key_missing"
    message = _("Schrijven kan nu even niet: een sleutel die je naam beschermt, ontbreekt.")


class HeldBack(NotAllowed):
    """Somebody who was paused or excluded tried to write; ``held`` says until when, and why."""

    code = "held_back"
    message = _("Je kunt nu niet schrijven.")

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held = held


class SecondPersonNeeded(NotAllowed):
    """Excluding takes two ambassadors, and this is one."""

    code = "second_person"
    message = _("Uitsluiten doe je met zijn tweeën. Een andere ambassadeur moet dit bevestigen.")


class AskedBefore(ForumError):
    """There is a request to exclude on this contribution already."""

    code = "asked_before"
    message = _("Een collega vroeg dit al voor deze bijdrage. Bevestig dat verzoek of wijs het af.")


class StandsAlready(AskedBefore):
    """A measure of this kind holds for this participant already."""

    code = "stands_already"
    message = _(
        "Deze maatregel geldt al. Wil je een andere einddatum, hef de maatregel dan eerst op."
    )


class ImpossibleTerm(ForumError):
    """A measure would hold shorter or longer than it may."""

    code = "impossible_term"
    message = _("Deze einddatum kan niet. Kies een dag na vandaag die binnen de termijn valt.")


class LinkIsCut(ForumError):
    """Nothing leads from a pseudonym to anybody any more, so that no measure can reach her."""

    code = "link_is_cut"
    message = _(
        "De band met deze schuilnaam is verbroken. Niemand weet meer wie dit is, dus een "
        "maatregel kan niet meer."
    )


class NobodyKnows(ForumError):
    """Nothing leads from a contribution to an account any more."""

    code = "nobody_knows"
    message = _("De band is verbroken: niemand kan nog weten wie dit schreef.")


class KeysHalfPlaced(ForumError):
    """Some of the keys before are in KEYS_DIR and some are not: a rotation could lose one."""

    code = "keys_half_placed"
    message = _("Van sommige sleutels staat de vorige erbij, van andere niet. Zet ze eerst goed.")
