"""A statement of reasons in words: all that article 17 of the Digital Services Act asks."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .actions.threshold import STAYS_AWAY
from .complaints import APPEALABLE, appeal_until
from .models import ReasonCode, Statement
from .transitions import Action, Measure

#: What was decided about somebody's own contribution.
DECISION_WORDS: dict[str, Any] = {
    Action.RETURN: _("Je kreeg je tekst terug."),
    Action.REJECT: _("Je bijdrage is niet geplaatst."),
    Action.HIDE: _("Je bijdrage is tijdelijk verborgen."),
    Measure.WARN: _("Je kreeg een waarschuwing."),
    Measure.PAUSE: _("Je kreeg een pauze."),
    Measure.EXCLUDE: _("Je bent uitgesloten."),
}

#: By what means it was decided: found by software, decided by software.
DECIDERS_WORDS = {
    (True, True): _("Een programma vond dit en stuurde je tekst terug. Het kan zich vergissen."),
    (True, False): _("Een programma wees iets aan, een ambassadeur besloot."),
    (False, False): _("Een ambassadeur las dit en besloot, zonder programma."),
    (False, True): _(
        "Genoeg deelnemers meldden je tekst. Daarom verborg een programma hem; een ambassadeur "
        "kijkt ernaar."
    ),
}

AFTER_A_REPORT = _("Iemand meldde je tekst. Een ambassadeur las hem en besloot.")

#: What a decision of a person means, how far and how long.
SCOPE_WORDS: dict[str, str | Promise] = {
    Action.RETURN: _("Lezers zien deze tekst niet, tot jij hem opnieuw stuurt en hij is gelezen."),
    Action.REJECT: _("Lezers zien deze tekst nergens op deze site, en dat blijft zo."),
    Action.HIDE: _(
        "Lezers zien een lege plek op deze site, tot iemand opnieuw heeft gekeken. Antwoorden "
        "blijven staan."
    ),
}
FOR_A_DAY = _(
    "Lezers zien een lege plek op deze site. Kijkt er binnen een dag niemand, dan komt je tekst "
    "vanzelf terug. Antwoorden blijven staan."
)
UNTIL_LOOKED_AT = _(
    "Lezers zien een lege plek op deze site, tot een ambassadeur heeft gekeken. "
    "Het gaat om iemands veiligheid of om iets vertrouwelijks. Antwoorden blijven staan."
)
HOUSE_RULES, THE_LAW = _("onze huisregels"), _("de wet")
NAMED_LAW = _("de wet of een regel: %(law)s")


def decision_words(decision: str) -> str:
    """What was decided, said to the author."""
    return str(DECISION_WORDS[decision])


def action_words(action: str) -> str:
    """What was decided, said to everybody."""
    return str(Action(action).label)


#: What a measure is called among figures.
MEASURE_WORDS: dict[str, str | Promise] = {
    Measure.WARN: _("waarschuwingen"),
    Measure.PAUSE: _("pauzes"),
    Measure.EXCLUDE: _("uitsluitingen"),
}


def measure_words(measure: str) -> str:
    """What happened to somebody under a pseudonym, said to everybody."""
    return str(MEASURE_WORDS[measure])


def reason_words(reason: str) -> str:
    """Why it was decided, said to everybody."""
    return str(ReasonCode(reason).label)


def deciders_words(statement: Statement) -> str:
    """Who and what had a part in a decision, said to the author."""
    if statement.after_report and not statement.decided_by_software:
        return str(AFTER_A_REPORT)
    means = statement.detected_by_software, statement.decided_by_software
    return str(DECIDERS_WORDS[means])


def scope_words(statement: Statement) -> str:
    """What a decision means, and for how long, said to the author."""
    if statement.decision == Action.HIDE and statement.decided_by_software:
        stays = statement.reason in STAYS_AWAY
        return str(UNTIL_LOOKED_AT if stays else FOR_A_DAY)
    return str(SCOPE_WORDS.get(statement.decision, ""))


def ground_words(statement: Statement) -> str:
    """On what ground it was decided; the law by its name where the decider gave one."""
    if statement.law:
        return str(NAMED_LAW) % {"law": statement.law}
    return str(THE_LAW if statement.reason == ReasonCode.UNLAWFUL else HOUSE_RULES)


def may_be_appealed(statement: Statement) -> bool:
    """Whether there can be an appeal against it, by its kind and its day; asks no database."""
    return statement.decision in APPEALABLE and timezone.localdate() <= appeal_until(statement)


def last_day_of_appeal(statement: Statement) -> datetime.date:
    """The last day on which its author may appeal."""
    return appeal_until(statement)
