from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..transitions import Action
from .contributions import new_public_id
from .kinds import DEFAULT_KIND, KEY_LENGTH, HasKind
from .moderation import ReasonCode

#: What can be decided in practice: what an ambassador can decide on a contribution that waits.
DECISIONS = [
    (Action.PUBLISH.value, _("Plaats")),
    (Action.RETURN.value, _("Geef terug")),
    (Action.REJECT.value, _("Plaats niet")),
]


def _decision_with_its_reason() -> models.Q:
    """A refusal has a reason, and publishing has none."""
    refused = models.Q(decision__in=[Action.RETURN, Action.REJECT]) & ~models.Q(reason="")
    return models.Q(decision=Action.PUBLISH, reason="") | refused


class Decided(models.Model):
    """A decision with its reason, as somebody took it in a practice case."""

    decision = models.CharField(_("besluit"), max_length=10, choices=DECISIONS)
    reason = models.CharField(
        _("reden"),
        max_length=20,
        choices=ReasonCode.choices,
        blank=True,
        help_text=_("Alleen bij teruggeven en niet plaatsen."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.decision == Action.PUBLISH and self.reason:
            raise ValidationError({"reason": _("Bij plaatsen hoort geen reden.")})
        if self.decision and self.decision != Action.PUBLISH and not self.reason:
            raise ValidationError({"reason": _("Kies een reden.")})


class PracticeCase(HasKind, Decided, ClusterableModel):
    """An invented contribution to practise on, with what most colleagues decided, and why.

    Nothing in it comes from a participant, and nobody's answers are kept with it.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("titel"), max_length=80)
    question = models.CharField(_("vraag van de dialoog"), max_length=200)
    kind = models.CharField(_("soort bijdrage"), max_length=KEY_LENGTH, default=DEFAULT_KIND)
    text = models.TextField(_("bijdrage"), max_length=5000)
    explanation = models.TextField(
        _("waarom de meesten zo beslisten"),
        max_length=2000,
        help_text=_("Leg uit wat je ziet in de tekst, en wat de schrijver eraan heeft."),
    )
    house_rule = models.CharField(
        _("huisregel"),
        max_length=120,
        blank=True,
        help_text=_("De huisregel waar het hier om gaat, of leeg."),
    )
    is_offered = models.BooleanField(_("te oefenen"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    objects: ClassVar[models.Manager[PracticeCase]] = models.Manager()

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("oefengeval")
        verbose_name_plural = _("oefengevallen")
        constraints = [
            models.CheckConstraint(
                name="goedwerk_practice_reasoned", condition=_decision_with_its_reason()
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PracticeVoice(Decided, Orderable):
    """What one (invented) colleague decided in a practice case, in her own words."""

    case = ParentalKey(PracticeCase, on_delete=models.CASCADE, related_name="voices")
    words = models.TextField(_("in eigen woorden"), max_length=1000)

    objects: ClassVar[models.Manager[PracticeVoice]] = models.Manager()

    class Meta(Orderable.Meta):
        verbose_name = _("reden van een collega")
        verbose_name_plural = _("redenen van collega’s")
        constraints = [
            models.CheckConstraint(
                name="goedwerk_voice_reasoned", condition=_decision_with_its_reason()
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_decision_display())


class PracticeArrival(models.Model):
    """That a case of the shipped set was brought in once: who removes it does not get it back."""

    code = models.SlugField(max_length=40, primary_key=True)

    objects: ClassVar[models.Manager[PracticeArrival]] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code
