from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goedwerk_forum.ids import random_id
from goedwerk_forum.models.contributions import new_public_id


class Submission(models.Model):
    """A raw experience on its way to a story: the only place where raw text exists, sealed.

    ``sealed_raw`` holds what was written or imported, ``sealed_work`` what the editors made of it
    so far; both open with LINK_KEY only (``identity.sealed``), and both are null once the text is
    let go. ``token`` and ``sealed_account`` lead to the contributor as those of a participant do;
    an imported report has neither.
    """

    class Source(models.TextChoices):
        CONTRIBUTOR = "contributor", _("Van een inzender")
        REPORT = "report", _("Uit een verslag")

    class State(models.TextChoices):
        DRAFT = "draft", _("Concept")
        SENT = "sent", _("Ingezonden")
        IN_HAND = "in_hand", _("In bewerking")
        ABSTRACTED = "abstracted", _("Wacht op een tweede redacteur")
        ASKED = "asked", _("Wacht op akkoord van de inzender")
        PUBLISHED = "published", _("Gepubliceerd")
        REFUSED = "refused", _("Niet geplaatst")
        WITHDRAWN = "withdrawn", _("Ingetrokken")

    class Consent(models.TextChoices):
        NOT_ASKED = "not_asked", _("Nog niet gevraagd")
        ASKED = "asked", _("Gevraagd")
        GIVEN = "given", _("Akkoord")
        SILENT = "silent", _("Geen antwoord: zoals afgesproken")
        REFUSED = "refused", _("Niet akkoord")
        NOT_NEEDED = "not_needed", _("Niet nodig")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    source = models.CharField(max_length=12, choices=Source.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    sealed_raw = models.TextField(null=True, editable=False)
    sealed_work = models.TextField(null=True, editable=False)
    token = models.CharField(max_length=64, null=True, unique=True, editable=False)
    sealed_account = models.CharField(max_length=160, null=True, editable=False)
    key_id = models.CharField(max_length=16, blank=True, editable=False)
    wants_result = models.BooleanField(_("de inzender wil het resultaat zien"), default=True)
    goes_on_if_silent = models.BooleanField(
        _("zonder antwoord gaat het door"),
        default=False,
        help_text=_("Wat de inzender bij het insturen koos."),
    )
    consent = models.CharField(max_length=12, choices=Consent.choices, default=Consent.NOT_ASKED)
    asked_on = models.DateField(null=True, editable=False)
    #: The day on which its text was last saved; a draft that nobody touches goes.
    touched_on = models.DateField(default=timezone.localdate, editable=False)
    sent_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("redacteur"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    page = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("verhaal"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="goedwerk_submission",
    )

    objects: ClassVar[models.Manager[Submission]] = models.Manager()

    class Meta:
        verbose_name = _("inzending")
        verbose_name_plural = _("inzendingen")
        permissions = [
            ("abstract_submission", _("Mag ruwe inzendingen lezen en bewerken")),
            ("sign_story", _("Mag als tweede redacteur een verhaal vrijgeven")),
        ]
        constraints = [
            models.CheckConstraint(
                name="goedwerk_submission_link_whole_or_cut",
                condition=models.Q(token__isnull=True, sealed_account__isnull=True)
                | models.Q(token__isnull=False, sealed_account__isnull=False),
            ),
            models.CheckConstraint(
                name="goedwerk_withdrawn_holds_no_text",
                condition=~models.Q(state="withdrawn")
                | models.Q(sealed_raw__isnull=True, sealed_work__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} · {self.get_state_display()}"


class Letter(models.Model):
    """One message in the letterbox between editors and the contributor of a submission."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveIntegerField()
    from_editor = models.BooleanField()
    sealed_text = models.TextField(editable=False)
    is_read = models.BooleanField(default=False)
    day = models.DateField()

    objects: ClassVar[models.Manager[Letter]] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="goedwerk_letter_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class News(models.Model):
    """A message in a contributor's inbox; found by the token of its submission."""

    class Event(models.TextChoices):
        TAKEN = "taken", _("Een redacteur werkt aan je verhaal")
        LETTER = "letter", _("De redactie schreef je een brief")
        ASKED = "asked", _("Je verhaal is klaar: ben je het ermee eens?")
        PUBLISHED = "published", _("Je verhaal staat op de site")
        REFUSED = "refused", _("Je verhaal wordt niet geplaatst")
        LAPSED = "lapsed", _("Je antwoordde niet: je verhaal wordt niet geplaatst")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="news")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    event = models.CharField(max_length=12, choices=Event.choices)
    day = models.DateField()

    objects: ClassVar[models.Manager[News]] = models.Manager()

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return self.get_event_display()
