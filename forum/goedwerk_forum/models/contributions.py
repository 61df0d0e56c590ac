from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments.managers import CommentManager
from django_comments_xtd.models import XtdComment

from .. import kinds
from ..querysets import ContributionQuerySet
from ..transitions import Display, RevisionState, State
from .discussions import Discussion
from .kinds import DEFAULT_KIND, KEY_LENGTH, HasKind, HasLens
from .participants import Participant

#: Width of one number in a path, in digits; digits only, so that every collation sorts alike.
SEGMENT = 8
#: Contributions that a guide may pin in one discussion, numbered from 1.
PINS = 2
#: Levels that a thread shows; a deeper reply stays on the last one, "in reply to" its parent.
LEVELS = 3
#: Longest answer of an author to an ambassador, in characters.
ANSWER_LENGTH = 500


def new_public_id() -> str:
    """A random id for URLs; 80 bits, tells neither time nor order."""
    return secrets.token_hex(10)


class Naming(models.TextChoices):
    """What a guide names of what happens in a discussion."""

    EMOTION = "emotie", _("emotie")
    RELATION = "relatie", _("relatie")
    PROCESS = "proces", _("proces")


class Viewpoint(models.TextChoices):
    """Through whose eyes somebody looks: with a perspective, or where a guide asked for that."""

    CITIZEN = "burger", _("een burger")
    COLLEAGUE = "collega", _("een collega")
    MANAGER = "leidinggevende", _("een leidinggevende")
    POLITICS = "politiek", _("de politiek")
    PROFESSION = "vak", _("het vak")
    SELF = "jezelf", _("jezelf")


class Waiting(models.TextChoices):
    """Why a contribution waits for a person."""

    NEW = "new", _("nieuwe bijdrage")
    EDIT = "edit", _("wijziging")
    SECOND_LOOK = "second_look", _("tweede blik")
    STUCK = "stuck", _("automatische controle mislukt")
    REPORT = "report", _("melding")
    APPEAL = "appeal", _("bezwaar")


class Urgency(models.IntegerChoices):
    """How soon somebody should look; the queue shows the highest first."""

    ORDINARY = 0, _("gewoon")
    RAISED = 1, _("eerder bekijken")
    URGENT = 2, _("dringend")


class Contribution(HasKind, HasLens, XtdComment):
    """What a participant says in a discussion.

    The base's ``comment`` holds the text *only while readers may see it*: whatever reads the base
    tables finds nothing that is pending, held, hidden or withdrawn. All versions of the text are
    ``Revision`` rows. The base's ``is_public`` stays False and its personal columns stay empty;
    order and nesting come from ``path``.
    """

    discussion = models.ForeignKey(
        Discussion, on_delete=models.CASCADE, related_name="contributions"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="contributions"
    )
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    path = models.CharField(max_length=SEGMENT * LEVELS, editable=False)
    #: Key of a ``ContributionKind``.
    kind = models.CharField(max_length=KEY_LENGTH, default=DEFAULT_KIND)
    lens = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    version = models.PositiveIntegerField(default=1)
    display = models.CharField(max_length=10, choices=Display.choices, default=Display.NOTHING)
    waiting = models.CharField(max_length=12, choices=Waiting.choices, null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(
        choices=Urgency.choices, default=Urgency.ORDINARY, db_default=Urgency.ORDINARY
    )
    accepted_revision = models.PositiveIntegerField(default=0)
    shown_revision = models.PositiveIntegerField(default=0)
    #: Readers saw an earlier text of it.
    is_edited = models.BooleanField(default=False, db_default=False, editable=False)
    #: The last version that a person let stand; software hides it no more.
    vetted_revision = models.PositiveIntegerField(default=0, db_default=0)
    #: The discussion's ``version`` with which readers first saw it; 0 before, and once it moved.
    shown_since = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    by_newcomer = models.BooleanField(default=True)
    submission = models.CharField(max_length=43, editable=False)
    #: Said by a guide in her role.
    by_guide = models.BooleanField(default=False, db_default=False, editable=False)
    #: Number of the step of its discussion's course in which it was said; 0 outside any.
    step = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    naming = models.CharField(
        max_length=10, choices=Naming.choices, blank=True, default="", db_default=""
    )
    #: Through whose eyes its author looked, because the guide asked for that.
    viewpoint = models.CharField(
        max_length=20, choices=Viewpoint.choices, blank=True, default="", db_default=""
    )
    #: The day of the meeting at which a table said it, where the guide wrote that down.
    said_on = models.DateField(null=True, blank=True, editable=False)
    #: Its place among the pinned ones.
    pin = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    #: The head of the closed branch in which it stands; a reply to it is refused.
    closed_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    day = models.DateField()

    objects: ClassVar[CommentManager] = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijdrage")
        verbose_name_plural = _("bijdragen")
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["discussion", "waiting"], name="goedwerk_waiting"),
            models.Index(fields=["discussion", "display", "path"], name="goedwerk_window"),
            # Which kinds and lenses were heard, and the thread of one of them, in its order.
            models.Index(fields=["discussion", "display", "kind", "path"], name="goedwerk_voices"),
            models.Index(fields=["discussion", "display", "lens", "path"], name="goedwerk_lenses"),
            # What is new since somebody looked, and the newest first, over what can be read only.
            models.Index(
                fields=["discussion", "shown_since", "path"],
                name="goedwerk_shown_since",
                condition=models.Q(display=Display.TEXT),
            ),
            # The order of the queue, over what waits and nothing else.
            models.Index(
                models.F("urgency").desc(),
                "xtdcomment_ptr",
                name="goedwerk_queue",
                condition=models.Q(waiting__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "path"], name="goedwerk_path_unique"),
            models.UniqueConstraint(
                fields=["participant", "submission"], name="goedwerk_submitted_once"
            ),
            models.UniqueConstraint(fields=["discussion", "pin"], name="goedwerk_pin_unique"),
            models.CheckConstraint(
                name="goedwerk_pins_are_few",
                condition=models.Q(pin__isnull=True) | models.Q(pin__gte=1, pin__lte=PINS),
            ),
            models.CheckConstraint(
                name="goedwerk_only_a_guide_names",
                condition=models.Q(naming="") | models.Q(by_guide=True, naming__in=Naming.values),
            ),
            models.CheckConstraint(
                name="goedwerk_viewpoint_known",
                condition=models.Q(viewpoint__in=["", *Viewpoint.values]),
            ),
            models.CheckConstraint(
                name="goedwerk_a_guide_wrote_it_down",
                condition=models.Q(said_on__isnull=True) | models.Q(by_guide=True, naming=""),
            ),
            models.CheckConstraint(
                name="goedwerk_state_known", condition=models.Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="goedwerk_readable_only_if_released",
                condition=models.Q(display=Display.NOTHING)
                | models.Q(display=Display.TOMBSTONE)
                | models.Q(display=Display.TEXT, state=State.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts this row only: the base would renumber its neighbours and touch its ancestors.

        Raises:
            TypeError: the row is there. What was read earlier must not overwrite what was decided
                since; ``actions`` changes a contribution by one conditional update.
        """
        if not self._state.adding:
            raise TypeError("A contribution is changed by goedwerk_forum.actions, never saved.")
        models.Model.save(self, *args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("goedwerk_forum:permalink", args=[self.public_id])

    @property
    def awaits_answer(self) -> bool:
        """Whether its kind asks for an answer, and none was given; of those ``with_voices``."""
        asks = kinds.words_of(self.kind).asks_answer
        return asks and not self.is_answered and not self.closed_with_id

    @property
    def speaker(self) -> str:
        """Who speaks, as readers see it: a pseudonym, the guide, or a table at a meeting."""
        if self.said_on:
            return gettext("Gezegd aan een tafel, opgeschreven door de begeleider")
        return self.participant.pseudonym

    @property
    def depth(self) -> int:
        """0 for a root, at most LEVELS - 1."""
        return len(self.path) // SEGMENT - 1

    @property
    def is_flattened(self) -> bool:
        """Whether the tree shows it beside, not below, what it replies to."""
        return self.in_reply_to_id is not None and self.level > self.depth


class Revision(HasKind, HasLens, models.Model):
    """One version of a contribution's text, with its own road."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=KEY_LENGTH)
    lens = models.CharField(max_length=20, blank=True)
    state = models.CharField(
        max_length=10, choices=RevisionState.choices, default=RevisionState.PENDING
    )
    findings = models.JSONField(default=list, blank=True)
    #: Its author saw what the finder marks in it, and sent it: what is left, she left.
    marks_seen = models.BooleanField(default=False, db_default=False)
    #: What its author answers to the ambassador who gave the version before it back.
    answer = models.CharField(max_length=ANSWER_LENGTH, blank=True, default="", db_default="")
    day = models.DateField()

    objects: ClassVar[models.Manager[Revision]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="goedwerk_revision_number"
            ),
            models.CheckConstraint(
                name="goedwerk_revision_state_known",
                condition=models.Q(state__in=RevisionState.values),
            ),
            models.CheckConstraint(
                name="goedwerk_erased_is_empty",
                condition=~models.Q(state=RevisionState.ERASED) | models.Q(text="", answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}:{self.number}"
