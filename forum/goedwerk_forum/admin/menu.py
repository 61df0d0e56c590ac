from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from .. import access
from ..errors import KeyMissing
from . import queue

#: Beyond this the badge says "99+": counting on would cost and tell nothing.
MOST = 99


def number_waiting(request: HttpRequest) -> str:
    """How many wait for the asker, as a badge shows it; empty where none do."""
    some = queue.at_least(request)
    if some is not None:
        return f"{some}+"
    try:
        number = queue.number_waiting(request, MOST + 1)
    except KeyMissing:
        return ""
    if number > MOST:
        return f"{MOST}+"
    return str(number) if number else ""


class ModerationMenuItem(MenuItem):
    """ "Moderatie" with the number waiting, for ambassadors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return access.is_moderator(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = number_waiting(request)
        attrs = {"data-gw-waiting": number} if number else {}
        return LinkMenuItem(
            self.name,
            self.label,
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs | attrs,
        )
