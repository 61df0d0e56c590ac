"""What a contribution can be in the dialogue, and the lenses to look through: the owner's words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Longest key of a kind, in characters; a contribution keeps it.
KEY_LENGTH = 20
#: The shipped kind that stands for one that nobody chose.
DEFAULT_KIND = "ervaring"
#: The shipped kind of what a guide says in her role.
KIND_OF_GUIDE = "afweging"


class Shape(models.TextChoices):
    """The drawn shapes that a kind can have (``sprite.html``)."""

    CORE = "kern", _("Kern in een kring")
    ARC = "boog", _("Open boog met een punt")
    SCALES = "weegschaal", _("Weegschaal")
    VIEW = "blik", _("Kwart met een lijn")
    PAIR = "paar", _("Twee tegenover elkaar")
    FLOWER = "bloem", _("Bloem")
    BRIDGE = "brug", _("Brug")
    STAIRS = "trap", _("Trap")
    SEED = "kiem", _("Kiem")
    CROSSROADS = "kruispunt", _("Kruispunt")


class Lens(models.TextChoices):
    """The three Bs of good work."""

    CAPABLE = "bekwaam", _("bekwaam")
    ENGAGED = "betrokken", _("betrokken")
    TRUSTWORTHY = "betrouwbaar", _("betrouwbaar")


class ContributionKind(models.Model):
    """What a contribution wants to do in the dialogue, in the words of the site's owner.

    Contributions, steps of a format and practice cases keep its ``key``: it never changes, and a
    kind is never deleted. Read through ``goedwerk_forum.kinds``, which keeps them in memory;
    written through ``actions.kinds``.
    """

    key = models.CharField(
        max_length=KEY_LENGTH,
        unique=True,
        editable=False,
        validators=[RegexValidator(r"^[a-z0-9-]+$")],
    )
    name = models.CharField(
        _("naam"),
        max_length=40,
        unique=True,
        help_text=_("Staat boven de bijdrage, bijvoorbeeld ‘Ervaring’."),
    )
    prompt = models.CharField(
        _("vraag aan de schrijver"),
        max_length=120,
        help_text=_("Eén zin. Zij staat bij het formulier, naast de naam."),
    )
    reply_words = models.CharField(
        _("woorden om te antwoorden"),
        max_length=60,
        help_text=_("Staan op de link onder de bijdrage, bijvoorbeeld ‘Reageer op deze ervaring’."),
    )
    shape = models.CharField(_("vorm"), max_length=20, choices=Shape.choices, default=Shape.CORE)
    asks_answer = models.BooleanField(
        _("vraagt om een antwoord"),
        default=False,
        db_default=False,
        help_text=_("Lezers zien ‘wacht op een antwoord’ tot iemand reageert."),
    )
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0, db_default=0)
    is_in_use = models.BooleanField(
        _("in gebruik"),
        default=True,
        db_default=True,
        help_text=_(
            "Wie schrijft, kan een soort kiezen die in gebruik is. Bijdragen die er al zijn, "
            "houden hun soort."
        ),
    )

    objects: ClassVar[models.Manager[ContributionKind]] = models.Manager()

    class Meta:
        # Never deleted: what is said keeps its kind.
        default_permissions = ("add", "change", "view")
        ordering = ["sort_order", "pk"]
        verbose_name = _("soort bijdrage")
        verbose_name_plural = _("soorten bijdragen")
        constraints = [
            models.CheckConstraint(
                name="goedwerk_kind_shape_known", condition=models.Q(shape__in=Shape.values)
            ),
            models.CheckConstraint(
                name="goedwerk_kind_has_words",
                condition=~models.Q(key="") & ~models.Q(name="") & ~models.Q(prompt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """A kind is taken out of use, never away.

        Raises:
            TypeError: always.
        """
        raise TypeError("A kind of contribution is taken out of use, never deleted.")


class LensWords(models.Model):
    """The name and the question of one of the three lenses, in the words of the site's owner."""

    key = models.CharField(max_length=20, unique=True, choices=Lens.choices, editable=False)
    name = models.CharField(
        _("naam"),
        max_length=30,
        help_text=_("Met een kleine letter, zoals het in een zin staat."),
    )
    question = models.CharField(
        _("vraag"),
        max_length=160,
        help_text=_("Helpt lezers door deze lens te kijken, als het verhaal zelf niets vraagt."),
    )

    objects: ClassVar[models.Manager[LensWords]] = models.Manager()

    class Meta:
        # There are three of them, always.
        default_permissions = ("change", "view")
        ordering = ["pk"]
        verbose_name = _("lens")
        verbose_name_plural = _("lenzen")
        constraints = [
            models.CheckConstraint(
                name="goedwerk_lens_known", condition=models.Q(key__in=Lens.values)
            ),
            models.CheckConstraint(
                name="goedwerk_lens_has_words",
                condition=~models.Q(name="") & ~models.Q(question=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HasKind(models.Model):
    """What keeps the key of a kind says its name in the owner's words."""

    kind: Any

    class Meta:
        abstract = True

    def get_kind_display(self) -> str:
        from .. import kinds

        return kinds.words_of(self.kind).name


class HasLens(models.Model):
    """What keeps the key of a lens, or none, says its name in the owner's words."""

    lens: Any

    class Meta:
        abstract = True

    def get_lens_display(self) -> str:
        from .. import kinds

        return kinds.lens_of(self.lens).name if self.lens else ""
