"""What can go wrong in a dialogue that goes in steps, and in its rounds."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from .base import ForumError


class CourseBegun(ForumError):
    """A discussion left the first step of its format, so that no other can take its place."""

    code = "course_begun"
    message = _(
        "De dialoog is al voorbij de eerste stap. Een andere werkvorm kiezen kan niet meer. "
        "Naar een andere stap gaan kan wel."
    )


class NothingToDo(ForumError):
    """A step of the format asks for something that cannot be done on the page."""

    code = "nothing_to_do"
    message = _(
        "Deze werkvorm heeft een stap met iets wat op deze pagina niet kan, zoals stemmen. Kies "
        "een andere werkvorm."
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
