from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..ids import random_id
from .contributions import Contribution, Naming, new_public_id

#: Private messages of a guide about one contribution, numbered from 1.
HINTS = 2
#: Longest message of a guide to an author, and longest answer to it, in characters.
HINT_LENGTH = 500


class Hint(models.Model):
    """One short message of the guide to the author of a contribution, and her one answer.

    Nothing here names either: the contribution leads to its author by her token, and a guide is a
    role. ``sealed`` holds both texts, for the web process: ``text`` and, once given, ``answer``.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="hints")
    number = models.PositiveSmallIntegerField()
    sealed = models.TextField(editable=False)
    is_answered = models.BooleanField(default=False, db_default=False)
    #: A guide read the answer, so that it waits for nobody any more.
    is_read = models.BooleanField(default=False, db_default=False)
    day = models.DateField()

    objects: ClassVar[models.Manager[Hint]] = models.Manager()

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="goedwerk_hint_number_once"
            ),
            models.CheckConstraint(
                name="goedwerk_hints_are_few",
                condition=models.Q(number__gte=1, number__lte=HINTS),
            ),
            models.CheckConstraint(
                name="goedwerk_hint_read_once_answered",
                condition=models.Q(is_read=False) | models.Q(is_answered=True),
            ),
        ]

    def __str__(self) -> str:
        return f"hint {self.public_id}"


class GuideSentence(models.Model):
    """A sentence that a guide can start from to name what happens; the site's owner writes it."""

    naming = models.CharField(_("wat je ermee benoemt"), max_length=10, choices=Naming.choices)
    text = models.CharField(
        _("zin"),
        max_length=300,
        help_text=_("De begeleider kan de zin vóór het versturen aanpassen."),
    )
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)

    objects: ClassVar[models.Manager[GuideSentence]] = models.Manager()

    class Meta:
        ordering = ["naming", "pk"]
        verbose_name = _("zin voor begeleiders")
        verbose_name_plural = _("zinnen voor begeleiders")
        constraints = [
            models.CheckConstraint(
                name="goedwerk_sentence_names_something",
                condition=models.Q(naming__in=Naming.values),
            ),
        ]

    def __str__(self) -> str:
        return self.text
