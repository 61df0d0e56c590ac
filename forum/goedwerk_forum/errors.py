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


class FollowsTooMuch(ForumError):
    """Somebody follows as much as her browser can keep track of."""

    code = "follows_too_much"
    message = _("Je volgt al 100 dingen. Laat er eerst een los.")


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


class Traceable(ForumError):
    """The finder marks somebody in words of a guide that everybody would read."""

    code = "traceable"
    message = _("Hierin is iemand te herkennen. Schrijf het anders.")


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


class CourseBegun(ForumError):
    """A discussion left the first step of its format, so that no other can take its place."""

    code = "course_begun"
    message = _(
        "De dialoog is al voorbij de eerste stap. Een andere werkvorm kiezen kan niet meer. "
        "Naar een andere stap gaan kan wel."
    )


class NoSuchStep(ForumError):
    """The discussion has no such step to go to: none at all, or it is there already."""

    code = "no_such_step"
    message = _("Naar die stap kan de dialoog nu niet. Je ziet hieronder de stand.")


class StepsChanged(ForumError):
    """The other guide changed the steps, or what is announced, since the page was shown."""

    code = "steps_changed"
    message = _(
        "De stappen zijn intussen veranderd, door een collega of door de klok. Je ziet hieronder "
        "hoe het nu is. Past je keuze nog? Druk dan nog eens op de knop."
    )


class StepMoved(ForumError):
    """The discussion went to another step while somebody wrote for the one before."""

    code = "step_moved"
    message = _(
        "De dialoog ging intussen naar een andere stap. Lees de vraag van deze stap. Past je tekst "
        "erbij? Verstuur hem dan opnieuw."
    )


class KindNotOpen(ForumError):
    """The step in hand does not open this kind of contribution."""

    code = "kind_not_open"
    message = _("Deze soort bijdrage hoort niet bij deze stap. Kies een andere soort.")


class NotYourTurn(ForumError):
    """She spoke in this round, and not everybody was heard; ``until`` is its last day, if known."""

    code = "not_your_turn"
    closes_form = True
    message = _(
        "Dit is een rondje, en jij sprak al. Je bent weer aan de beurt als iedereen gehoord is of "
        "luistert, of als de begeleider de dialoog vrijgeeft."
    )

    def __init__(self, until: datetime.date | None = None) -> None:
        super().__init__()
        self.until = until


class TooManyInARow(ForumError):
    """She wrote as often after each other as one may before somebody else speaks."""

    code = "in_a_row"
    closes_form = True
    message = _(
        "Je schreef hier al twee keer achter elkaar. Laat eerst iemand anders aan het woord. Zodra "
        "er iets nieuws te lezen is, kun je weer schrijven."
    )


class NoRound(ForumError):
    """There is no round in which one could listen: none in hand, or one may speak freely."""

    code = "no_round"
    message = _("Er is nu geen rondje waarin je kunt passen.")


class SpokenAlready(ForumError):
    """Who spoke in a round does not pass any more."""

    code = "spoken_already"
    message = _("Je sprak al in dit rondje. Passen hoeft niet meer.")


class PlanChanged(ForumError):
    """The other guide changed the plan of a circle since its form was shown."""

    code = "plan_changed"
    message = _(
        "Het plan van de kring is intussen veranderd, waarschijnlijk door je collega. Er is nog "
        "niets van jou bewaard. Wat je invulde, staat hieronder. Wil je dat het zo wordt? Bewaar "
        "het dan nog eens."
    )


class SheetChanged(ForumError):
    """The other guide wrote on the sheet of a session since its form was shown."""

    code = "sheet_changed"
    message = _(
        "Je collega schreef intussen ook aan deze voorbereiding. Er is nog niets van jou bewaard. "
        "Je ziet hieronder hoe het blad nu is, en jouw tekst staat nog in het veld. Zet bij elkaar "
        "wat je wilt houden, en bewaar het dan."
    )


class CircleTooSmall(ForumError):
    """Fewer people joined a circle than it needs to start."""

    code = "circle_too_small"
    message = _("Een kring begint met ten minste zes leden. Nodig eerst meer mensen uit.")


class CircleFull(ForumError):
    """A circle, or what is left of its invitations, has no such number of places."""

    code = "circle_full"
    message = _("Er is geen plaats meer vrij in deze kring. Een kring heeft hooguit elf leden.")


class InvitationGone(ForumError):
    """An invitation is used up, revoked, too old, not for the asker, or never was."""

    code = "invitation_gone"
    message = _("Deze uitnodiging werkt niet meer.")


class GuideOfCircle(NotAllowed):
    """A guide would be a member of her own circle, among people who think she is not."""

    code = "guide_of_circle"
    message = _("Je begeleidt deze kring. Daarom kun je er geen lid van zijn.")


class NotMember(NotAllowed):
    """Who writes does not sit in the circle (any more)."""

    code = "not_member"
    message = _("In een kring schrijven alleen de leden. Je komt erin met een uitnodiging.")
