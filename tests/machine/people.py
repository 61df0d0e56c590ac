"""What somebody does with all that is hers, and new keys under everybody: rules of the machine."""

from __future__ import annotations

from typing import Any
from unittest import mock

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from goedwerk_forum import access
from goedwerk_forum.actions import own, rotating
from goedwerk_forum.actions.participants import join
from goedwerk_forum.identity import links, new_keys, pseudonyms, rotation
from goedwerk_forum.models import Contribution, Discussion, Participant
from goedwerk_forum.transitions import State

from .killing import DEATHS

NUMBERS = st.integers(0, 7)


class PeopleRules:
    """Mixed into the machine; ``people``, ``world``, ``_try`` and ``_one`` are its."""

    world: Any
    clock: Any
    #: Those who have an account still.
    people: list[Any]
    _try: Any
    _one: Any

    def _person(self, number: int) -> Any:
        return self.people[number % len(self.people)]

    def _author_of(self, contribution: Contribution) -> Any:
        return next((one for one in self.people if access.is_own(one, contribution)), None)

    def _participant(self, person: Any, discussion: Discussion) -> Participant:
        """Who she is there; one who let go of her pseudonym comes in under a new one."""
        return links.participant_of(person, discussion) or join(
            user=person, discussion=discussion, pseudonym=pseudonyms.draw(discussion)
        )

    def _found_by(self, person: Any) -> tuple[set[int], set[int]]:
        """Her participants and contributions, as her tokens find them."""
        return (
            set(access.own_participants(person).values_list("pk", flat=True)),
            set(access.own_contributions(person).values_list("pk", flat=True)),
        )

    # --- letting go ---------------------------------------------------------------------------

    @rule(who=NUMBERS, where=NUMBERS, dies=DEATHS)
    def cut_link(self, who: int, where: int, dies: int | None) -> None:
        discussion = self._place(where)
        self._try(dies, lambda: own.cut_link(user=self._person(who), discussion=discussion))

    @rule(who=NUMBERS, dies=DEATHS)
    def cut_all_links(self, who: int, dies: int | None) -> None:
        """She is somebody else from then on; nothing that was written changes."""
        person = self._person(who)
        before = self._written()
        done = self._try(dies, lambda: own.cut_all_links(user=person) or True)
        person.goedwerk_account.refresh_from_db()  # whoever died took what she knew along
        if done:
            assert self._found_by(person) == (set(), set())
        assert self._written() == before

    @rule(who=NUMBERS, where=st.one_of(st.none(), NUMBERS), dies=DEATHS)
    def erase(self, who: int, where: int | None, dies: int | None) -> None:
        """All that she wrote, here or anywhere; a process that dies leaves the rest for later."""
        person = self._person(who)
        here = None if where is None else self._place(where)
        others = Contribution.objects.exclude(pk__in=access.own_contributions(person).values("pk"))
        untouched = set(others.values_list("pk", "state", "version"))
        left = self._try(dies, lambda: own.withdraw_all(user=person, discussion=here))
        assert set(others.values_list("pk", "state", "version")) == untouched
        if left == 0:
            hers = access.own_contributions(person).exclude(state=State.WITHDRAWN)
            assert not (hers if here is None else hers.filter(participant__discussion=here))

    @precondition(lambda self: len(self.people) > 1)
    @rule(who=NUMBERS, dies=DEATHS)
    def leave(self, who: int, dies: int | None) -> None:
        """Her account goes; what she wrote stays, and leads to nobody."""
        person = self._person(who)
        before = self._written()
        if self._try(dies, lambda: own.leave(user=person) or True):
            self.people.remove(person)
        assert self._written() == before

    def _written(self) -> set[tuple[object, ...]]:
        return set(Contribution.objects.values_list("pk", "state", "display", "participant"))

    # --- keys ---------------------------------------------------------------------------------

    @rule(dies=DEATHS)
    def rotate_keys(self, dies: int | None) -> None:
        """Everybody finds what is hers with both keys in place, half way, and with the new one."""
        found = [self._found_by(person) for person in self.people]
        seals = self._opened()

        def rotate() -> bool:
            rotating.new_keys_in_place()
            return rotating.rewrite()[0].is_whole

        with mock.patch.object(rotation, "PAUSE", 0):
            try:
                whole = self._try(dies, rotate)
            except rotating.TheSame:  # who died a moment ago may be at it still
                whole = None
        assert [self._found_by(person) for person in self.people] == found
        assert self._opened() == seals
        if whole:
            assert new_keys.phase() == new_keys.Phase.NONE

    def _opened(self) -> dict[int, object]:
        seals = Participant.objects.filter(sealed_account__isnull=False)
        return {
            pk: links.unseal(seal) for pk, seal in seals.values_list("pk", "sealed_account") if seal
        }
