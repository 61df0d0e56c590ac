from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..transitions import Action, Measure
from .contributions import Contribution, new_public_id
from .participants import Participant


class ReasonCode(models.TextChoices):
    """Why a contribution was returned, not published or hidden."""

    TRACEABLE = "traceable", _("Iemand is te herkennen")
    CONFIDENTIAL = "confidential", _("Dit is vertrouwelijk")
    ABOUT_PERSON = "about_person", _("Het gaat over een mens, niet over het werk")
    CONDUCT = "conduct", _("De toon raakt mensen")
    OFF_TOPIC = "off_topic", _("Het past niet bij deze vraag")
    DUPLICATE = "duplicate", _("Dit staat er al")
    LINKS = "links", _("Te veel of onveilige links")
    UNLAWFUL = "unlawful", _("Dit mag niet van de wet")
    HAND_OVER = "hand_over", _("Hier hoort een andere plek bij")


#: Characters in which a law or a rule can be named.
LONGEST_LAW = 200

#: Statements of reasons about one text; the others are about what somebody may do.
ABOUT_TEXT = ~models.Q(decision__in=Measure.values)


class Statement(models.Model):
    """A statement of reasons: what was decided, why, on what ground, by what means.

    ``words`` are the decider's own; ``law`` is what she names as the ground of what is unlawful;
    ``salt`` lets the audit record hold their hash without
    holding a guessable one.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="statements"
    )
    decision = models.CharField(max_length=20, choices=[*Action.choices, *Measure.choices])
    reason = models.CharField(max_length=20, choices=ReasonCode.choices)
    words = models.TextField(_("eigen woorden"), max_length=1000, blank=True)
    law = models.CharField(max_length=LONGEST_LAW, blank=True, default="", db_default="")
    detected_by_software = models.BooleanField(default=False)
    decided_by_software = models.BooleanField(default=False)
    #: Whether reports were open on which it was decided.
    after_report = models.BooleanField(default=False, db_default=False)
    salt = models.CharField(max_length=32)
    #: Keyed marks of who decided (``identity.deciders``), so that somebody else judges an appeal;
    #: emptied when the time for an appeal is over. Empty also where software decided.
    decider = models.CharField(
        max_length=130, blank=True, default="", db_default="", editable=False
    )
    day = models.DateField()

    objects: ClassVar[models.Manager[Statement]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goedwerk_law_where_unlawful",
                condition=models.Q(law="") | models.Q(reason=ReasonCode.UNLAWFUL),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.get_reason_display()}"

    @property
    def is_measure(self) -> bool:
        """Whether it is about what somebody may do, and not about one text."""
        return self.decision in Measure.values


def last_about_text(contribution: Contribution) -> Statement | None:
    """The last decision about a text; one query."""
    return contribution.statements.filter(ABOUT_TEXT).order_by("-pk").first()


class Notice(models.Model):
    """A message in a participant's inbox; the inbox is found by token, so no row names a person."""

    class Event(models.TextChoices):
        PUBLISHED = "published", _("Je bijdrage is goedgekeurd")
        EDIT_PUBLISHED = "edit_published", _("Je wijziging is goedgekeurd")
        RETURNED = "returned", _("Je krijgt je bijdrage terug")
        REJECTED = "rejected", _("Je bijdrage is niet geplaatst")
        HIDDEN = "hidden", _("Je bijdrage is tijdelijk verborgen")
        REPLY = "reply", _("Iemand reageerde op je bijdrage")
        LAPSED = "lapsed", _("Je bijdrage komt terug")
        APPEAL_ASKED = "appeal_asked", _("Er is een vraag over je bezwaar")
        APPEAL_GRANTED = "appeal_granted", _("Je kreeg gelijk in je bezwaar")
        APPEAL_CONDITION = "appeal_condition", _("Je kreeg gelijk, op één voorwaarde")
        APPEAL_REFUSED = "appeal_refused", _("Je bezwaar is afgewezen")
        APPEAL_OVERTAKEN = "appeal_overtaken", _("Je bezwaar is vervallen")
        WARNED = "warned", _("Je krijgt een waarschuwing")
        PAUSED = "paused", _("Je kunt een tijd niet schrijven")
        EXCLUDED = "excluded", _("Je doet niet meer mee aan de dialogen")
        LIFTED = "lifted", _("Een maatregel is opgeheven")
        UNMASKED = "unmasked", _("Er is bekendgemaakt dat jij dit schreef")
        HINT = "hint", _("De begeleider schreef je een bericht")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notices")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    event = models.CharField(max_length=20, choices=Event.choices)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField()

    #: Set by the inbox: whether this browser shows it for the first time.
    is_new: bool

    objects: ClassVar[models.Manager[Notice]] = models.Manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_event_display()
