"""What a discussion's course says: the step in hand, who may speak in it, what it opens.

Other apps offer what one can do in a step beside writing (a vote, say), in ``ready``::

    courses.TASKS["vote"] = Task(_("stemmen"), _("Stem op deze stelling"), url_of_ballot)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page


@dataclass(frozen=True)
class Task:
    """What one can do in a step on another page: its ``name`` in the admin, the words of the link.

    ``url_of`` gives its address for the page of the discussion; None where there is none now. It
    asks the database nothing that the page has not read already.
    """

    name: Any
    link: Any
    url_of: Callable[[Page], str | None]


#: By the key that a step keeps.
TASKS: dict[str, Task] = {}
