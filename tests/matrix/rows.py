"""All rows together, and the address of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from .roles import Row
from .rows_accounts import ACCOUNTS
from .rows_admin import ADMIN
from .rows_circles import CIRCLES
from .rows_complaints import COMPLAINTS
from .rows_finding import FINDING
from .rows_formats import FORMATS
from .rows_forum import FORUM
from .rows_guides import GUIDING
from .rows_harvests import HARVESTS
from .rows_queue import QUEUE
from .rows_series import SERIES
from .rows_stories import STORIES

if TYPE_CHECKING:
    from .world import World

ROWS: dict[str, list[Row]] = (
    ACCOUNTS
    | CIRCLES
    | SERIES
    | ADMIN
    | QUEUE
    | COMPLAINTS
    | FINDING
    | FORUM
    | GUIDING
    | FORMATS
    | HARVESTS
    | STORIES
)
#: Views that nobody links to by a name.
NAMELESS = {"beheer/login/", "healthz", "readyz"}


def address_of(name: str, row: Row, world: World) -> str:
    """Of a name as in ``addresses.ours``: settings and bulk actions say after it which one.

    A view without a name goes by its path.
    """
    if name in NAMELESS:
        return f"/{name}"
    name, _space, which = name.partition(" ")
    arguments = which.split(".") if which else world.objects[row.of]
    query = row.query.format(pk=world.objects[row.of][0]) if "{" in row.query else row.query
    if name == "wagtailsettings:edit":
        arguments = [*arguments, Site.objects.get(is_default_site=True).pk]
    with override("nl"):
        return reverse(name, args=arguments) + query
