"""Everything that can be done to a contribution, in any order, with processes that die.

Each example is a stretch of life of two discussions, of at most ``STEPS`` steps; after each step
all invariants of ``tests/machine/invariants.py`` are asserted. The examples are the same at each
run; ``docs/how-to/run-and-test.md`` tells how to look for others.
"""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import guides
import harvesting
from goedwerk_forum.actions import harvests
from goedwerk_forum.identity import keys
from goedwerk_forum.models import Policy
from machine.killing import Clock
from machine.machine import DialogueMachine

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES, STEPS = 16, 50
REPLY = "Daar wachtten wij ook op, en het hielp om dat hardop te zeggen aan tafel."
#: More examples, and others at each run: MACHINE_EXAMPLES=500.
MORE = int(os.environ.get("MACHINE_EXAMPLES", "0"))


@pytest.fixture
def fresh_keys(settings, tmp_path):
    """Keys of this test alone, and what lays them back as they were when people came."""
    here, kept = tmp_path / "keys", tmp_path / "kept"
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": here}
    keys.create_missing()
    shutil.copytree(here, kept)

    def lay_back() -> None:
        shutil.rmtree(here)
        shutil.copytree(kept, here)

    return lay_back


@pytest.fixture
def world(make, settings, fresh_keys):
    settings.GOEDWERK = settings.GOEDWERK | {
        "RELEASE_EVERY": 60,
        "NEWCOMER_UNTIL": 0,
        "TRUSTED_FROM": 0,
        "REPORT_THRESHOLD": 2,
        "WRITES_PER_HOUR": 100_000,
        "REPORTS_PER_HOUR": 100_000,
        "ANONYMOUS_REPORTS_PER_HOUR": 100_000,
    }
    clock = Clock()
    with mock.patch.object(timezone, "now", clock):
        discussions = [
            make.discussion(discussion_policy=Policy.ALL_FIRST),
            make.discussion(discussion_policy=Policy.TRUSTED_FIRST),
        ]
        people = [make.user() for _number in range(3)]
        for who in people:
            for discussion in discussions:
                make.participant(discussion, who)
        begun = make.published(discussions[0], people[0])
        reply = make.published(discussions[0], people[1], in_reply_to=begun, text=REPLY)
        make.published(discussions[1], people[2])
        composer = harvesting.guide_of(discussions[0])
        page = harvesting.live(harvesting.begun(discussions[0], composer))
        agreed = harvesting.consented(page, composer, begun, text=make.CALM)
        harvesting.picked(page, composer, reply, text=REPLY)
        harvests.ask(user=composer, page_id=page.pk)
        yield SimpleNamespace(
            clock=clock,
            nobody=AnonymousUser(),
            discussions=discussions,
            people=people,
            fresh_keys=fresh_keys,
            composer=composer,
            harvest=page,
            agreed=[agreed.public_id],
            guides={one.pk: guides.guide_of(one) for one in discussions},
            teams={one.pk: [make.ambassador(one), make.ambassador(one)] for one in discussions},
        )


def test_whatever_happens_in_whatever_order_what_must_hold_holds(world):
    DialogueMachine.world = world
    run_state_machine_as_test(
        DialogueMachine,
        settings=settings(
            max_examples=MORE or EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=not MORE,
            database=None,
            deadline=None,
            print_blob=False,
            phases=[Phase.generate, Phase.shrink] if MORE else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
