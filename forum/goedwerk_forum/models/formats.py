"""Formats: the steps in which a dialogue goes, and how far one is in its own copy of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..ids import random_id
from .discussions import Discussion
from .participants import Participant

#: Steps that a format may have, and days that one may last.
MOST_STEPS, MOST_DAYS = 12, 365
NAME_LENGTH, QUESTION_LENGTH, TASK_LENGTH = 60, 200, 40


class KindKeys(models.JSONField):
    """Keys of kinds of contribution, as a list; chosen by ticking. Empty: all of them."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        from .. import kinds

        return forms.MultipleChoiceField(
            choices=kinds.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            error_messages={"invalid_choice": _("Kies uit de soorten die er zijn.")},
        )


def task_choices() -> list[tuple[str, Any]]:
    """What one can do in a step beside writing: "" for nothing, or what other apps offer."""
    from ..courses import TASKS

    return [("", _("schrijven")), *((key, task.name) for key, task in TASKS.items())]


class Format(ClusterableModel):
    """A way to hold a dialogue: a name, and steps that a discussion takes a copy of."""

    name = models.CharField(_("naam"), max_length=NAME_LENGTH, unique=True)
    introduction = models.TextField(
        _("waar is deze werkvorm voor?"),
        max_length=400,
        blank=True,
        help_text=_("Voor de redactie en de begeleider: wanneer kies je deze werkvorm?"),
    )
    objects: ClassVar[models.Manager[Format]] = models.Manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("werkvorm")
        verbose_name_plural = _("werkvormen")
        constraints: ClassVar[list] = [
            models.CheckConstraint(name="goedwerk_format_named", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class FormatStep(Orderable):
    """One step of a format: what is asked, which kinds it opens, how long it lasts."""

    format = ParentalKey(Format, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(
        _("naam van de stap"),
        max_length=NAME_LENGTH,
        help_text=_("Eén of twee woorden, bijvoorbeeld ‘Delen’."),
    )
    question = models.CharField(
        _("vraag van deze stap"),
        max_length=QUESTION_LENGTH,
        help_text=_("Eén open vraag. Zij staat boven de dialoog en bij het formulier."),
    )
    kinds = KindKeys(
        _("soorten bijdragen in deze stap"),
        default=list,
        blank=True,
        help_text=_("Kies niets om alle soorten toe te laten."),
    )
    days = models.PositiveSmallIntegerField(
        _("duur in dagen"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("Daarna gaat de dialoog vanzelf verder. Leeg: de begeleider bepaalt het."),
    )
    is_round = models.BooleanField(
        _("rondje"),
        default=False,
        db_default=False,
        help_text=_("Iedereen spreekt één keer of past, voordat iemand twee keer spreekt."),
    )
    task = models.CharField(
        _("wat doen mensen hier?"),
        max_length=TASK_LENGTH,
        blank=True,
        default="",
        db_default="",
        choices=task_choices,
    )

    objects: ClassVar[models.Manager[FormatStep]] = models.Manager()

    class Meta(Orderable.Meta):
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                name="goedwerk_step_has_words",
                condition=~models.Q(name="") & ~models.Q(question=""),
            ),
            models.CheckConstraint(
                name="goedwerk_step_lasts",
                condition=models.Q(days__isnull=True) | models.Q(days__gte=1, days__lte=MOST_DAYS),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Step:
    """One step of a running dialogue; ``number`` counts from 1, ``days`` is None without an end."""

    number: int
    name: str
    question: str
    kinds: tuple[str, ...] = ()
    days: int | None = None
    is_round: bool = False
    task: str = ""

    @classmethod
    def read(cls, number: int, kept: dict[str, Any]) -> Step:
        """From what ``Course.steps`` keeps."""
        return cls(number, **{**kept, "kinds": tuple(kept["kinds"])})

    @property
    def kept(self) -> dict[str, Any]:
        """As ``Course.steps`` keeps it."""
        fields = asdict(self)
        del fields["number"]
        return fields | {"kinds": list(self.kinds)}


class Course(models.Model):
    """How a discussion goes through a format: its own copy of the steps, and the one in hand.

    ``position`` counts from 1. ``moves_to`` and ``moves_on`` say what comes next on which day;
    on that day it happens. ``version`` rises with each change, so that nothing planned before it
    is done after it.
    """

    discussion = models.OneToOneField(Discussion, on_delete=models.CASCADE, related_name="course")
    name = models.CharField(max_length=NAME_LENGTH)
    steps = models.JSONField()
    position = models.PositiveSmallIntegerField(default=1, db_default=1)
    started_on = models.DateField()
    moves_to = models.PositiveSmallIntegerField(null=True)
    moves_on = models.DateField(null=True)
    #: Once it left its first step no other format can take its place.
    has_moved = models.BooleanField(default=False, db_default=False)
    #: Everybody had her turn in this round, or the guide opened it: one may speak again.
    is_floor_open = models.BooleanField(default=False, db_default=False)
    #: What the page said last; the guide may choose another format.
    page_format = models.ForeignKey(
        Format, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects: ClassVar[models.Manager[Course]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                name="goedwerk_course_is_in_a_step",
                condition=models.Q(position__gte=1, position__lte=MOST_STEPS),
            ),
            models.CheckConstraint(
                name="goedwerk_course_moves_on_a_day",
                condition=models.Q(moves_to__isnull=True, moves_on__isnull=True)
                | models.Q(moves_to__gte=1, moves_to__lte=MOST_STEPS, moves_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.position}"

    @property
    def all_steps(self) -> list[Step]:
        """In their order."""
        return [Step.read(number, kept) for number, kept in enumerate(self.steps, start=1)]

    @property
    def step(self) -> Step:
        """The one in hand."""
        return self.all_steps[self.position - 1]

    @property
    def next_step(self) -> Step | None:
        """The one after it; None in the last one."""
        return self.numbered(self.position + 1)

    @property
    def announced(self) -> Step | None:
        """The step to which it goes on ``moves_on``; None where nothing is planned."""
        return self.numbered(self.moves_to)

    def numbered(self, number: int | None) -> Step | None:
        """One step by its number; None where there is no such step."""
        return next((one for one in self.all_steps if one.number == number), None)


class RoundPass(models.Model):
    """That a participant listens in a round: in which step, on a day, and nothing more.

    ``is_counted`` from the next release moment, as a text would be read. Gone when the step ends.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="passes")
    step = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="passes")
    day = models.DateField()
    is_counted = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[models.Manager[RoundPass]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["participant", "course", "step"], name="goedwerk_passes_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.step)
