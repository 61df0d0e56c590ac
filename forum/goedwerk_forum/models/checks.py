from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .discussions import Discussion


class CheckSetting(models.Model):
    """Whether a check looks on a site or in a discussion, and from when it finds something.

    No row means: on, with the check's own threshold. A discussion's row goes before its site's.
    """

    check_code = models.CharField(max_length=40)
    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.CASCADE, null=True, related_name="+"
    )
    discussion = models.ForeignKey(
        Discussion, on_delete=models.CASCADE, null=True, related_name="check_settings"
    )
    is_on = models.BooleanField(default=True)
    threshold = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[models.Manager[CheckSetting]] = models.Manager()

    class Meta:
        verbose_name = _("instelling van een controle")
        verbose_name_plural = _("instellingen van de controles")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(
                name="goedwerk_check_of_site_or_discussion",
                condition=models.Q(site__isnull=True, discussion__isnull=False)
                | models.Q(site__isnull=False, discussion__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["site", "check_code"], name="goedwerk_check_once_per_site"
            ),
            models.UniqueConstraint(
                fields=["discussion", "check_code"], name="goedwerk_check_once_per_discussion"
            ),
            models.CheckConstraint(
                name="goedwerk_setting_of_a_check", condition=~models.Q(check_code="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_code}: {'on' if self.is_on else 'off'} {self.threshold or ''}".strip()


class HurtKind(models.TextChoices):
    """What kind of hurt a word does; the last does none."""

    INSULT = "insult", _("belediging")
    THREAT = "threat", _("bedreiging")
    SEXUAL = "sexual", _("seksuele intimidatie")
    DISCRIMINATION = "discrimination", _("discriminatie")
    ATTACK = "attack", _("aanval op een persoon")
    CONTEMPT = "contempt", _("minachting van collega’s")
    COARSE = "coarse", _("grove taal")
    HARMLESS = "harmless", _("onschuldig")


class HurtWeight(models.IntegerChoices):
    """How heavy a word is; the threshold of the check says from which weight it is held."""

    NONE = 0, _("geen: een onschuldig woord")
    LIGHT = 1, _("licht")
    MIDDLE = 2, _("gemiddeld")
    HEAVY = 3, _("zwaar")


class ConductTerm(models.Model):
    """A word or phrase of the site's owner, beside the shipped lists."""

    term = models.CharField(
        _("woord of woorden"),
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(
                r"^[^\W\d_](?:[\w' -]*\w\*?)?$",
                _("Begin met een letter. Verder mogen cijfers, spaties en streepjes."),
            )
        ],
        help_text=_(
            "In de gewone spelling; andere schrijfwijzen en meervouden vindt de controle zelf."
        ),
    )
    kind = models.CharField(
        _("soort"), max_length=20, choices=HurtKind.choices, default=HurtKind.INSULT
    )
    weight = models.PositiveSmallIntegerField(
        _("gewicht"),
        choices=HurtWeight.choices,
        default=HurtWeight.MIDDLE,
        validators=[MinValueValidator(0), MaxValueValidator(3)],
    )

    objects: ClassVar[models.Manager[ConductTerm]] = models.Manager()

    class Meta:
        ordering = ["term"]
        verbose_name = _("woord dat raakt")
        verbose_name_plural = _("woorden die raken")
        constraints = [
            models.CheckConstraint(
                name="goedwerk_term_kind_known", condition=models.Q(kind__in=HurtKind.values)
            ),
            models.CheckConstraint(
                name="goedwerk_harmless_weighs_nothing",
                condition=models.Q(kind=HurtKind.HARMLESS, weight=0)
                | (~models.Q(kind=HurtKind.HARMLESS) & models.Q(weight__gte=1, weight__lte=3)),
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """A harmless word has no weight, whatever was chosen; another has one."""
        self.term = " ".join(self.term.casefold().split())
        if self.kind == HurtKind.HARMLESS:
            self.weight = HurtWeight.NONE
        elif self.weight == HurtWeight.NONE:
            self.weight = HurtWeight.MIDDLE

    def as_row(self) -> tuple[str, str, int]:
        return self.term, self.kind, self.weight


class ConductVersion(models.Model):
    """One row, new at every change of the terms: by it a process knows that its lists are old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.CharField(max_length=32)

    objects: ClassVar[models.Manager[ConductVersion]] = models.Manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="goedwerk_one_version", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.version

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.id = 1
        super().save(*args, **kwargs)
