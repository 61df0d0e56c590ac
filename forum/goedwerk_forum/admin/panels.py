"""What stands on the admin's home page: work for an ambassador, and work that nobody does."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from .. import access
from ..conf import conf
from ..errors import KeyMissing
from ..lateness import overdue
from ..outbox import health
from . import home_dialogues, home_owner, home_privacy, queue
from .home import NAMED
from .measures import asked_panel
from .menu import number_waiting

#: Seconds without a driver after which work that waits is worth a banner.
PATIENCE = 60
#: What stands there for a role; None for who has no such right.
FOR_ROLES = (home_dialogues.panel_of, home_privacy.panel_of, home_owner.panel_of)


class OutboxPanel(Component):
    """Says that contributions wait and no process works on them, or that work was given up."""

    name = "goedwerk_outbox"
    order = 20
    template_name = "goedwerk_forum/admin/home_outbox.html"

    def __init__(self, *, is_idle: bool, dead: int) -> None:
        self.is_idle = is_idle
        self.dead = dead

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"is_idle": self.is_idle, "dead": self.dead}


class LatePanel(Component):
    """Says how many wait longer than was promised; not which."""

    name = "goedwerk_late"
    order = 25
    template_name = "goedwerk_forum/admin/home_late.html"

    def __init__(self, *, number: int, is_moderator: bool) -> None:
        self.number = number
        self.is_moderator = is_moderator

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "number": self.number,
            "promised": conf().PROMISED_HOURS,
            "is_moderator": self.is_moderator,
        }


class WaitingPanel(Component):
    """The oldest contributions that wait for the ambassador who looks."""

    name = "goedwerk_waiting"
    order = 35
    template_name = "goedwerk_forum/admin/home_waiting.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = queue.with_texts(queue.waiting(self.request))
        return {"items": list(waiting[:NAMED]), "number": number_waiting(self.request)}


def is_idle() -> bool:
    """Whether work is due and nobody drove the outbox for a while."""
    now = timezone.now()
    if not health.oldest_waiting(now):
        return False
    driven = health.seconds_since_driven(now)
    return driven is None or driven > PATIENCE


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    idle, dead = is_idle(), health.dead_rows()
    if idle or dead:
        panels.append(OutboxPanel(is_idle=idle, dead=dead))
    if number := _number_late(request):
        panels.append(LatePanel(number=number, is_moderator=access.is_moderator(request.user)))
    if access.is_moderator(request.user) and _has_work(request):
        panels.append(WaitingPanel(request))
    if access.is_moderator(request.user) and (asked := asked_panel(request)):
        panels.append(asked)
    panels.extend(panel for panel_of in FOR_ROLES if (panel := panel_of(request)))


def _number_late(request: HttpRequest) -> int:
    """How many wait too long in the discussions whose figures she may see."""
    overseen = access.overseen_discussions(request.user)
    return overdue().filter(contribution__discussion__in=overseen).count()


def _has_work(request: HttpRequest) -> bool:
    try:
        return queue.waiting(request).exists()
    except KeyMissing:
        return False
