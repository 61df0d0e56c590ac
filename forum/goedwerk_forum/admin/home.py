"""One family of panels on the admin's home page: for each role, what waits for her.

A panel is there for who has the right behind it, and says so where nothing waits; somebody
without the right gets nothing of it, not even a number. Other apps add panels of the family.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component

#: Beyond this a panel says "99+": counting on would cost and tell nothing.
MOST = 99
#: Things that a panel names one by one.
NAMED = 5


@dataclass(frozen=True)
class Task:
    """One thing that waits: a sentence, and the address where it is done, if there is one."""

    words: str
    url: str = ""
    is_urgent: bool = False


class TasksPanel(Component):
    """What waits for one role; ``calm`` is the sentence where nothing does."""

    template_name = "goedwerk_forum/admin/home_tasks.html"

    def __init__(
        self, name: str, heading: str, tasks: Iterable[Task], *, icon: str, order: int, calm: str
    ) -> None:
        self.name = name
        self.heading = heading
        self.tasks = sorted(tasks, key=lambda task: not task.is_urgent)
        self.icon = icon
        self.order = order
        self.calm = calm

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"panel": self}


def counted(number: int) -> str:
    """A number as a panel says it."""
    return f"{MOST}+" if number > MOST else str(number)
