"""Why an ambassador cannot decide, and why nobody can report or appeal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .base import ForumError, NotAllowed


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


class ReasonNeeded(ForumError):
    """A refusal lacks its reason, its words, or the law that it rests on."""

    code = "reason_needed"
    message = _("Er is niets beslist. Kies een reden en schrijf erbij wat je zag.")


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


class AnsweredMeanwhile(ForumError):
    """Somebody would add to a report that was answered at that moment."""

    code = "answered_meanwhile"
    message = _(
        "Over je eerdere melding is intussen beslist. Wat je nu schreef is nog niet verstuurd: "
        "verstuur het nog eens, dan is het een nieuwe melding."
    )
