"""Circles (kring): closed groups of members under a pseudonym, two guides, a series of sessions.

Nobody stands here by name. A member is a ``Participant`` of the circle's home discussion, found
by token as in every discussion; the discussions of its sessions are branches of that home, so
that she has one pseudonym in the whole circle. All circles hang under one page, which says
nothing about any of them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester

from ..ids import random_id
from ..people import Person
from .contributions import new_public_id
from .discussions import Discussion
from .moderation import ReasonCode
from .participants import Participant
from .series import Series

#: How many members a circle starts with at least, and has at most.
SMALLEST, LARGEST = 6, 11
#: Members of a circle see its sessions in a row; so many are planned unless the guide wants other.
SESSIONS = 4
RULES_LENGTH, SHEET_LENGTH = 1500, 5000


class NobodyMay(PagePermissionTester):
    """No button for anybody: the page is a place in the tree and nothing else."""

    def __init__(self, user: Person, page: Page) -> None:
        super().__init__(user, page)
        self.permissions: set[str] = set()

    def can_add_subpage(self) -> bool:
        return False

    can_edit = can_delete = can_unpublish = can_publish = can_add_subpage
    can_submit_for_moderation = can_set_view_restrictions = can_unschedule = can_add_subpage
    can_lock = can_unlock = can_move = can_publish_subpage = can_reorder_children = can_add_subpage
    can_view_revisions = can_add_subpage

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False


class CirclesPage(Page):
    """Where the discussions of all circles hang in the page tree: outside every site.

    It has no address, no text and nothing below it; nobody opens it, here or in the admin.
    """

    is_creatable = False
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = []
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("kringen")
        verbose_name_plural = _("kringen")

    def permissions_for_user(self, user: Person) -> PagePermissionTester:
        return NobodyMay(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise Http404

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return []


class Circle(models.Model):
    """A circle; its home discussion holds the members, and what is said between sessions."""

    class State(models.TextChoices):
        GATHERING = "gathering", _("zoekt leden")
        RUNNING = "running", _("loopt")
        CLOSED = "closed", _("gesloten")

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    discussion = models.OneToOneField(Discussion, on_delete=models.CASCADE, related_name="circle")
    name = models.CharField(_("naam van de kring"), max_length=60)
    about = models.CharField(_("waar gaat de kring over?"), max_length=400)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.GATHERING, db_default=State.GATHERING
    )
    rules = models.TextField(max_length=RULES_LENGTH, blank=True, default="", db_default="")
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="circles"
    )
    #: Its number in the series, by which other circles know it; it stays when another goes.
    series_place = models.PositiveSmallIntegerField(null=True, blank=True)

    #: Told by ``series.circles_of``: how many sessions were held, and are planned.
    over: int
    planned: int

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[Circle]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goedwerk_circle_state_known",
                condition=models.Q(state__in=["gathering", "running", "closed"]),
            ),
            models.CheckConstraint(
                name="goedwerk_circle_place_in_series",
                condition=models.Q(series__isnull=True, series_place__isnull=True)
                | models.Q(series__isnull=False, series_place__isnull=False, series_place__gte=1),
            ),
            models.UniqueConstraint(
                fields=["series", "series_place"], name="goedwerk_circle_own_place_in_series"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def uuid(self) -> str:
        """What it is called in addresses: as its home discussion."""
        return self.discussion.uuid.hex

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def rule_lines(self) -> list[str]:
        """The house rules, one by one."""
        return [line.strip() for line in self.rules.splitlines() if line.strip()]


class CircleSession(models.Model):
    """One session: a day, a story, assignments, a discussion, and the guides' own preparation."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="sessions")
    discussion = models.OneToOneField(
        Discussion, on_delete=models.CASCADE, related_name="circle_session"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("titel"), max_length=80)
    day = models.DateField(_("datum"))
    story = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("verhaal"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    assignments: models.ManyToManyField = models.ManyToManyField(
        "wagtailcore.Page", verbose_name=_("opgaven"), blank=True, related_name="+"
    )
    #: Sealed for the discussion's uuid: what the guides wrote down, for themselves alone.
    sealed_sheet = models.TextField(blank=True, default="", db_default="", editable=False)

    #: Told by ``views``: how much was said, whether it is the one to come, how many come.
    said: int
    is_next: bool
    attending: Any

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[CircleSession]] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "number"], name="goedwerk_session_in_a_row")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def uuid(self) -> str:
        """What it is called in addresses: as its discussion."""
        return self.discussion.uuid.hex

    @property
    def is_over(self) -> bool:
        """Whether its day is over; people may still talk about it."""
        return self.day < timezone.localdate()


class CircleInvitation(models.Model):
    """A link that lets so many people into one circle, until a day; kept as a hash only."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="invitations")
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("geldig tot en met"))
    uses_left = models.PositiveSmallIntegerField(_("aantal plaatsen"))

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[CircleInvitation]] = models.Manager()

    class Meta:
        ordering = ["expires_on", "public_id"]
        constraints = [
            models.CheckConstraint(
                name="goedwerk_invitation_has_places",
                condition=models.Q(uses_left__gte=1, uses_left__lte=LARGEST),
            )
        ]

    def __str__(self) -> str:
        return str(self.expires_on)


class CircleMark(models.Model):
    """Somebody's "yes" to the house rules (home) or "I will be there" (a session), once.

    ``token`` is made for this one thing (``identity.once``): it leads to no pseudonym and no
    person, and it is counted only.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    discussion = models.ForeignKey(
        Discussion, on_delete=models.CASCADE, related_name="circle_marks"
    )
    token = models.CharField(max_length=64, unique=True, editable=False)

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[CircleMark]] = models.Manager()

    def __str__(self) -> str:
        return str(self.discussion_id)


class CircleRemoval(models.Model):
    """That a guide took somebody out of a circle, why, and in which words: for her to read."""

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="removal"
    )
    reason = models.CharField(max_length=20, choices=ReasonCode.choices)
    words = models.TextField(max_length=1000)
    day = models.DateField()

    wagtail_reference_index_ignore = True
    objects: ClassVar[models.Manager[CircleRemoval]] = models.Manager()

    def __str__(self) -> str:
        return self.get_reason_display()
