"""What a guide does to a discussion, and what a long time does: rules of the machine."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from goedwerk_forum.actions import branching, guiding
from goedwerk_forum.actions.audit import seal_records
from goedwerk_forum.actions.letting_go import cut_due_links
from goedwerk_forum.models import Contribution, Discussion, Pace, Participant
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Display

from .killing import DEATHS

#: Tools of one contribution, by its public id.
TOOLS = st.sampled_from(
    [guiding.pin, guiding.unpin, branching.close_branch, branching.reopen_branch]
)
#: Mostly people may write: where they may not, nothing else happens.
MOSTLY_NOT = st.sampled_from([False, False, False, True])
NUMBERS = st.integers(0, 7)


class GuidingRules:
    """Mixed into the machine; ``_try`` and ``world`` are its."""

    world: Any
    clock: Any
    _try: Any
    _one: Any

    def _guided(self, where: int) -> tuple[Any, Any]:
        discussion = self.world.discussions[where % len(self.world.discussions)]
        return self.world.guides[discussion.pk], discussion

    @rule(which=NUMBERS, tool=TOOLS, dies=DEATHS)
    def use_a_tool(self, which: int, tool: Any, dies: int | None) -> None:
        contribution = self._one(Contribution.objects.all(), which)
        guide = self.world.guides[contribution.discussion.home.pk]
        before = Contribution.objects.filter(pk=contribution.pk).values("state", "version").get()
        self._try(dies, lambda: tool(user=guide, public_id=contribution.public_id))
        now = Contribution.objects.filter(pk=contribution.pk).values("state", "version").get()
        assert now["state"] == before["state"]

    @rule(which=NUMBERS, dies=DEATHS)
    def move_a_branch(self, which: int, dies: int | None) -> None:
        """A contribution and what answers it get a place of their own, as they are."""
        contribution = self._one(Contribution.objects.filter(display=Display.TEXT), which)
        if contribution is None:
            return
        guide = self.world.guides[contribution.discussion.home.pk]
        before = self._stands()
        self._try(
            dies,
            lambda: branching.move_branch(
                user=guide, public_id=contribution.public_id, question="En hoe is dat bij jullie?"
            ),
        )
        assert self._stands() == before

    @rule(which=NUMBERS, dies=DEATHS)
    def move_it_back(self, which: int, dies: int | None) -> None:
        branch = self._one(Discussion.objects.filter(branch_of__isnull=False), which)
        if branch is None:
            return
        guide = self.world.guides[branch.home.pk]
        before = self._stands()
        self._try(dies, lambda: branching.move_back(user=guide, uuid=branch.uuid.hex))
        assert self._stands() == before

    def _stands(self) -> set[tuple[object, ...]]:
        """What may not change by moving: state, sight, author, and what answers what."""
        kept = ("pk", "state", "display", "participant", "in_reply_to", "comment")
        return set(Contribution.objects.values_list(*kept))

    @rule(where=NUMBERS, slow=MOSTLY_NOT, dies=DEATHS)
    def set_pace(self, where: int, slow: bool, dies: int | None) -> None:
        guide, discussion = self._guided(where)
        pace = next(one for one in Pace if bool(one) == slow)
        self._try(dies, lambda: guiding.set_pace(user=guide, uuid=discussion.uuid.hex, pace=pace))

    @rule(where=NUMBERS, still=MOSTLY_NOT, dies=DEATHS)
    def stand_still(self, where: int, still: bool, dies: int | None) -> None:
        guide, discussion = self._guided(where)
        self._try(
            dies,
            lambda: guiding.set_read_only(user=guide, uuid=discussion.uuid.hex, is_read_only=still),
        )

    @rule(where=NUMBERS, days=st.sampled_from([2, 9, 30]), dies=DEATHS)
    def choose_last_day(self, where: int, days: int, dies: int | None) -> None:
        guide, discussion = self._guided(where)
        day = timezone.localdate() + datetime.timedelta(days=days)
        self._try(
            dies, lambda: guiding.set_closing(user=guide, uuid=discussion.uuid.hex, closes_on=day)
        )

    def _seal_the_day(self) -> None:
        """By another sealer, where the one before died and still held its lease."""
        self.clock.move(seconds=31)
        seal_records()

    @rule(dies=DEATHS)
    def a_season_passes(self, dies: int | None) -> None:
        """Links of what closed long ago are cut; who wrote is gone, what was written stays."""
        self._seal_the_day()
        texts = set(Contribution.objects.values_list("pk", "display", "state"))
        linked = Participant.objects.filter(token__isnull=False).count()
        self.clock.move(days=92)
        self._try(dies, cut_due_links)
        assert set(Contribution.objects.values_list("pk", "display", "state")) == texts
        assert Participant.objects.filter(token__isnull=False).count() <= linked
        self.clock.strike()
        self._try(None, lambda: [drive("moderation"), drive("notices")])
        self.at_release = True
