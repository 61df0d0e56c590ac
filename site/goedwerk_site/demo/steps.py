"""How dialogues of the demonstration go through a format, by the same actions as any guide's."""

from __future__ import annotations

from typing import Any

from goedwerk_forum.actions import formats
from goedwerk_forum.models import Course, Discussion, Format
from goedwerk_site.accounts.models import User

from .pages import days_ago


class Walk:
    """A format that a dialogue goes through, on days that lie behind us."""

    def __init__(self, discussion: Discussion, told: dict[str, Any] | None, guide: User) -> None:
        self.discussion = discussion
        self.told = told or {}
        self.guide = guide
        self.moves: list[dict[str, int]] = list(self.told.get("moves", []))
        self._is_chosen = False

    def until(self, day: int) -> None:
        """Does what was done up to so many days ago; a format chosen ``late`` comes last."""
        if not self.told.get("late"):
            self._do_until(day)

    def _do_until(self, day: int) -> None:
        if not self.told:
            return
        if not self._is_chosen:
            self._choose()
        while self.moves and self.moves[0]["days_ago"] >= day:
            move = self.moves.pop(0)
            formats.move(user=self.guide, uuid=self.discussion.uuid.hex, to=move["to"])
            self._since(move["days_ago"])

    def _choose(self) -> None:
        self._is_chosen = True
        template = Format.objects.get(name=self.told["name"])
        formats.choose_format(user=self.guide, uuid=self.discussion.uuid.hex, template=template)
        self._since(self.told.get("chosen_days_ago", 0))

    def finish(self) -> None:
        """What is left to do, and what comes next."""
        self._do_until(0)
        if plan := self.told.get("announce"):
            formats.announce(
                user=self.guide,
                uuid=self.discussion.uuid.hex,
                to=plan["to"],
                on=days_ago(-plan["in_days"]),
            )

    def _since(self, days: int) -> None:
        Course.objects.filter(discussion=self.discussion).update(started_on=days_ago(days))
