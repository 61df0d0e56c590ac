from __future__ import annotations

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Policy(models.TextChoices):
    """When a contribution becomes visible; of a newcomer never before a person read it."""

    ALL_FIRST = "all_first", _("Alles eerst langs een ambassadeur")
    TRUSTED_FIRST = "trusted_first", _("Vertrouwde schrijvers direct, anderen eerst")
    AFTER = "after_publication", _("Direct plaatsen, daarna meelezen; nieuwkomers eerst")


class Pace(models.IntegerChoices):
    """How often one participant may write, in minutes between two contributions."""

    FREE = 0, _("zo vaak als je wilt")
    TEN_MINUTES = 10, _("één bijdrage per tien minuten")
    HOUR = 60, _("één bijdrage per uur")
    FOUR_HOURS = 240, _("één bijdrage per vier uur")
    DAY = 1440, _("één bijdrage per dag")


#: Longest thanks, summary and outlook of a guide who ends a dialogue, in characters.
THANKS, HEARD, ONWARD = 300, 1500, 600


def guide_uuid(discussion: uuid.UUID) -> uuid.UUID:
    """What the tokens of a discussion's guides are made of, beside their accounts.

    Not the discussion's own: as guide, somebody is another than under her pseudonym.
    """
    return uuid.uuid5(discussion, "begeleider")


class Discussion(models.Model):
    """The dialogue on one page, or a branch of it that the guide gave a place of its own.

    ``version`` rises with everything that changes what readers see. ``last_position`` numbers the
    contributions; taking a number locks the home's row, so that closing, moving and posting
    cannot cross. Participants belong to the home: who speaks in a branch keeps her pseudonym.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="goedwerk_discussions"
    )
    branch_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="branches",
        editable=False,
    )
    #: Where in the home's thread a signpost leads to this branch; empty once it was moved back.
    branched_path = models.CharField(
        max_length=24, blank=True, default="", db_default="", editable=False
    )
    #: ``last_position`` when it was moved: whatever lies beyond it was written in the branch.
    branched_position = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    question = models.CharField(_("vraag aan de lezer"), max_length=200)
    policy = models.CharField(
        _("manier van modereren"), max_length=20, choices=Policy.choices, default=Policy.ALL_FIRST
    )
    is_sensitive = models.BooleanField(_("gevoelig verhaal"), default=False, db_default=False)
    group = models.ForeignKey(
        Group,
        verbose_name=_("ambassadeurs"),
        on_delete=models.PROTECT,
        related_name="goedwerk_discussions",
    )
    guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begeleider"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    #: Only a circle has one; both may do the same.
    second_guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    #: Of a circle: read by its members and guides, by nobody else in whatever role.
    in_circle = models.BooleanField(default=False, db_default=False, editable=False)
    opens_on = models.DateField(_("opent op"), null=True, blank=True)
    closes_on = models.DateField(_("sluit na"), null=True, blank=True)
    #: What the page said last; the guide may choose another day.
    page_closes_on = models.DateField(null=True, blank=True, editable=False)
    is_enabled = models.BooleanField(default=True)
    is_read_only = models.BooleanField(default=False, db_default=False, editable=False)
    pace = models.PositiveSmallIntegerField(
        choices=Pace.choices, default=Pace.FREE, db_default=Pace.FREE, editable=False
    )
    banner = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    #: What its guide asks for because it is missing: a kind of contribution, perhaps through
    #: somebody's eyes. Empty again once readers see such a contribution.
    called_kind = models.CharField(
        max_length=20, blank=True, default="", db_default="", editable=False
    )
    called_viewpoint = models.CharField(
        max_length=20, blank=True, default="", db_default="", editable=False
    )
    #: The day on which its guide ended it, or what it is a branch of.
    ended_on = models.DateField(null=True, blank=True, editable=False)
    #: Her closing words; kept when it is opened again, to start from the next time.
    closing_thanks = models.CharField(
        max_length=THANKS, blank=True, default="", db_default="", editable=False
    )
    closing_heard = models.TextField(
        max_length=HEARD, blank=True, default="", db_default="", editable=False
    )
    closing_onward = models.TextField(
        max_length=ONWARD, blank=True, default="", db_default="", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    last_position = models.PositiveIntegerField(default=0, editable=False)
    shown_count = models.PositiveIntegerField(default=0, editable=False)

    #: Set by ``access``, and of a page's own: whether some may read the page and others not.
    is_restricted: bool = False
    closed_off: bool

    #: Pages do not list what is said about them among where they are used.
    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[Discussion]] = models.Manager()

    class Meta:
        verbose_name = _("dialoog")
        verbose_name_plural = _("dialogen")
        permissions = [
            ("moderate_discussion", _("Mag bijdragen beoordelen in toegewezen dialogen")),
            ("guide_discussion", _("Mag dialogen begeleiden")),
            ("export_research", _("Mag cijfers over de dialogen voor onderzoek exporteren")),
        ]
        constraints = [
            models.CheckConstraint(
                name="goedwerk_policy_known",
                condition=models.Q(policy__in=Policy.values),
            ),
            models.CheckConstraint(
                name="goedwerk_closes_after_opening",
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(branch_of__isnull=True, in_circle=False),
                name="goedwerk_one_home_per_page",
            ),
            models.UniqueConstraint(
                fields=["branch_of", "branched_path"],
                condition=~models.Q(branched_path=""),
                name="goedwerk_one_branch_per_place",
            ),
            models.CheckConstraint(
                name="goedwerk_only_a_branch_was_moved",
                condition=models.Q(branch_of__isnull=False) | models.Q(branched_path=""),
            ),
            models.CheckConstraint(
                name="goedwerk_pace_known", condition=models.Q(pace__in=Pace.values)
            ),
            models.CheckConstraint(
                name="goedwerk_called_viewpoint_of_a_kind",
                condition=models.Q(called_viewpoint="") | ~models.Q(called_kind=""),
            ),
            models.CheckConstraint(
                name="goedwerk_ended_with_thanks",
                condition=models.Q(ended_on__isnull=True)
                | models.Q(branch_of__isnull=False)
                | ~models.Q(closing_thanks=""),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Where it is read; the base package asks each commented object for it."""
        return f"{self.url}#dialoog"

    @property
    def url(self) -> str:
        """The page that shows it: a branch has one of its own, and so has all in a circle."""
        if self.has_own_page:
            return reverse(f"goedwerk_forum:{self._own_page}", args=[self.uuid.hex])
        return self.page.url or "/"

    @property
    def has_own_page(self) -> bool:
        """Whether it is read elsewhere than on ``page``."""
        return bool(self.branch_of_id) or self.in_circle

    @property
    def _own_page(self) -> str:
        if not self.in_circle:
            return "branch"
        return "circle_session" if self.branch_of_id else "circle"

    @property
    def home(self) -> Discussion:
        """The discussion to which the participants belong: itself, or what it is a branch of."""
        return self.branch_of or self

    @property
    def policy_in_force(self) -> str:
        """What is said about a sensitive story is read first, whatever was chosen."""
        return Policy.ALL_FIRST if self.is_sensitive else self.policy

    @property
    def has_started(self) -> bool:
        return self.opens_on is None or self.opens_on <= timezone.localdate()

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over, or its guide ended it."""
        last_day_is_over = self.closes_on is not None and self.closes_on < timezone.localdate()
        return last_day_is_over or self.ended_on is not None

    @property
    def day_of_closing(self) -> datetime.date | None:
        """The last day on which people write, as far as anybody knows yet."""
        days = [day for day in (self.closes_on, self.ended_on) if day is not None]
        return min(days, default=None)

    @property
    def is_open(self) -> bool:
        """Whether somebody may write here today."""
        return self.is_running and not self.is_read_only

    @property
    def is_running(self) -> bool:
        """Whether the guide may write here today: also while others only read."""
        return self.is_enabled and self.page.live and self.has_started and not self.has_ended
