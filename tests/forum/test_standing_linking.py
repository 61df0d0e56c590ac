"""Forty people, each under two pseudonyms, each warned or paused under both: who is who?

The insider has the dump of every night and no key. She lays what is new among requests beside what
is new among standings, in every order there is, and looks for standings that agree in something.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from itertools import product
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone

import factories as make
from goedwerk_forum.actions import standing
from goedwerk_forum.actions.standing import Order
from goedwerk_forum.identity.standing import token
from goedwerk_forum.models import Account, Contribution
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Measure
from linking import dumps
from linking.chance import most_by_chance

pytestmark = pytest.mark.slow

PEOPLE, NIGHTS = 40, 5
CONTRIBUTIONS = "goedwerk_forum_contribution"
REQUESTS, STANDINGS = "goedwerk_forum_measurerequest", "goedwerk_forum_standing"
COLUMNS = ("token", "sealed", "key_id", "gone_after")
ORDERS = ("place", "id", "rowid", "xmin")


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, identity_keys):
    with django_db_blocker.unblock(), transaction.atomic():
        found = _live(random.Random(20261129))
        transaction.set_rollback(True)
    return found


def _live(chance: random.Random):
    """(the dump of each night, participant -> account, discussion of each participant)."""
    start = timezone.now()
    discussions = [make.discussion(), make.discussion()]
    people = [make.user() for _number in range(PEOPLE)]
    written = [make.contribution(place, who) for place in discussions for who in people]
    ambassadors = {place.pk: make.ambassador(place) for place in discussions}
    owner = {}
    for contribution, who in zip(written, people * 2, strict=True):
        owner[contribution.participant_id] = Account.objects.get(user=who).pk
    chance.shuffle(written)
    nights = []
    with mock.patch.object(timezone, "now") as clock:
        for night in range(NIGHTS):
            clock.return_value = start + datetime.timedelta(days=night)
            for contribution in written[night::NIGHTS]:
                _measure(chance, contribution, ambassadors[contribution.discussion_id])
                if chance.random() < 0.4:
                    drive("notices")
            drive("notices")
            nights.append(dumps.take())
    place_of = {one.participant_id: one.discussion_id for one in written}
    return nights, owner, place_of


def _measure(chance: random.Random, contribution: Contribution, ambassador) -> None:
    kind = chance.choice([Measure.WARN, Measure.PAUSE])
    last = timezone.localdate() + datetime.timedelta(days=chance.randrange(7, 30))
    standing.warn_or_pause(
        user=ambassador,
        public_id=contribution.public_id,
        order=Order(kind, "conduct", "Over het werk, niet over mensen.", last),
    )


# --- the attack --------------------------------------------------------------------------------


def guesses(nights, place_of, seed: int = 1) -> dict[str, dict[int, int]]:
    """Per attempt: participant -> the participant elsewhere that would be the same person."""
    chance = random.Random(seed)
    last = nights[-1]
    writer = {row["xtdcomment_ptr_id"]: row["participant_id"] for row in last.rows(CONTRIBUTIONS)}
    about = {row["id"]: writer[row["contribution_id"]] for row in last.rows(REQUESTS)}
    found = {}
    for column in ("until", "day", "kind", "asked_by"):
        trait = {about[row["id"]]: row[column] for row in last.rows(REQUESTS)}
        found[f"request.{column}"] = _alike(chance, trait, place_of)
    for order, column in product(ORDERS, COLUMNS):
        trait = {p: row[column] for p, row in joined(nights, about, order).items()}
        found[f"standing.{column} by {order}"] = _alike(chance, trait, place_of)
    for order, column in product(ORDERS, ("id", "rowid", "xmin")):
        rows = joined(nights, about, order)
        numbers = {p: row[column] for p, row in rows.items() if column in row}
        found[f"next to it by {column}, {order}"] = _nearest(numbers, place_of)
    return found


def joined(nights, about, order: str) -> dict[int, dict]:
    """participant -> the standing at the same place among what its night added."""
    rows: dict[int, dict] = {}
    known: set[int] = set()
    for dump in nights:
        requests = [row for row in dump.rows(REQUESTS) if row["id"] not in known]
        standings = [row for row in dump.rows(STANDINGS) if row["id"] not in known]
        known |= {row["id"] for row in [*requests, *standings]}
        requests.sort(key=lambda row: row["statement_id"])
        if order != "place":
            standings.sort(key=lambda row: row.get(order, 0))
        for request, row in zip(requests, standings, strict=True):
            rows[about[request["id"]]] = row
    return rows


def _alike(chance, trait: dict[int, object], place_of) -> dict[int, int]:
    same = defaultdict(list)
    for participant, value in trait.items():
        same[value].append(participant)
    found = {}
    for participant, value in trait.items():
        others = [one for one in same[value] if place_of[one] != place_of[participant]]
        if others:
            found[participant] = chance.choice(others)
    return found


def _nearest(numbers: dict[int, int], place_of) -> dict[int, int]:
    found = {}
    for participant, number in numbers.items():
        others = [one for one in numbers if place_of[one] != place_of[participant]]
        found[participant] = min(others, key=lambda one: abs(numbers[one] - number))
    return found


def right(owner, attempt: dict[int, int]) -> int:
    return sum(owner[first] == owner[second] for first, second in attempt.items())


# --- what it finds -----------------------------------------------------------------------------


def test_everybody_has_two_measures_and_each_has_a_row(lived):
    nights, owner, _place_of = lived
    assert len(nights[-1].rows(REQUESTS)) == len(nights[-1].rows(STANDINGS)) == 2 * PEOPLE
    assert len(owner) == 2 * PEOPLE


def test_no_attempt_does_better_than_chance(lived):
    nights, owner, place_of = lived
    better = {
        name: (right(owner, attempt), len(attempt))
        for name, attempt in guesses(nights, place_of).items()
        if right(owner, attempt) > most_by_chance(len(attempt), 1 / PEOPLE)
    }
    assert not better


def _in_order(nights, owner, *, same_token: bool):
    """The nights, had standings the order of their requests; and one token for an account."""
    accounts = set(owner.values())
    last = nights[-1]
    account_of = {
        row["id"]: next(pk for pk in accounts if token(pk, row["id"]) == row["token"])
        for row in last.rows(STANDINGS)
    }
    writer = {row["xtdcomment_ptr_id"]: row["participant_id"] for row in last.rows(CONTRIBUTIONS)}
    changed, known = [], {}
    for night in nights:
        new = [row for row in night.rows(STANDINGS) if row["id"] not in known]
        for request in night.rows(REQUESTS):
            theirs = owner[writer[request["contribution_id"]]]
            mine = [row for row in new if account_of[row["id"]] == theirs]
            if mine and request["statement_id"] not in known.values():
                known[mine[0]["id"]] = request["statement_id"]
                new.remove(mine[0])
        rows = [row | {"id": known[row["id"]], "rowid": 0} for row in night.rows(STANDINGS)]
        if same_token:
            by_number = {number: str(account_of[pk]) for pk, number in known.items()}
            rows = [row | {"token": by_number[row["id"]]} for row in rows]
        copy = night.copy()
        copy.replace(STANDINGS, rows)
        changed.append(copy)
    return changed


def test_who_knows_which_row_is_whose_pseudonym_learns_nothing_of_another(lived):
    """The rows of PostgreSQL keep their order: the join itself is no secret there."""
    nights, owner, place_of = lived
    attempt = guesses(_in_order(nights, owner, same_token=False), place_of)
    for column in COLUMNS:
        found = attempt[f"standing.{column} by id"]
        assert right(owner, found) <= most_by_chance(len(found), 1 / PEOPLE), column


def test_the_same_token_in_all_rows_of_an_account_would_give_everybody_away(lived):
    nights, owner, place_of = lived
    attempt = guesses(_in_order(nights, owner, same_token=True), place_of)
    assert right(owner, attempt["standing.token by id"]) > PEOPLE


def test_one_row_that_is_written_again_would_give_pseudonyms_away(lived):
    """Had an account one row, changed by its second measure: both nights show in its history."""
    nights, owner, place_of = lived
    last = nights[-1]
    writer = {row["xtdcomment_ptr_id"]: row["participant_id"] for row in last.rows(CONTRIBUTIONS)}
    night_of = {}
    for number, night in enumerate(nights):
        for row in night.rows(REQUESTS):
            night_of.setdefault(writer[row["contribution_id"]], number)
    history = {p: tuple(sorted(night_of[o] for o in owner if owner[o] == owner[p])) for p in owner}
    attempt = _alike(random.Random(1), history, place_of)
    assert right(owner, attempt) > most_by_chance(len(attempt), 1 / PEOPLE)
